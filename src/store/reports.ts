import type { Db } from './database.ts';
import { ERASED } from './erasure.ts';
import type { Piece } from './portion.ts';
import type { AttemptOutcome } from './records/message.ts';
import type { FinalReport, NewReport, ReportCandidate, StoredReport } from './records/report.ts';
import type { Settlements } from './settlements.ts';
import type { Tx } from './work.ts';

const DAY_MS = 86_400_000;

/** A report that is read twice (its SIM was not emptied, the network repeated it) comes within this time. */
const REPEATED_WITHIN_MS = 7 * DAY_MS;

/** Raw reports are kept this long (D19). */
const KEPT_MS = 30 * DAY_MS;

interface CandidateRow {
  readonly attemptId: number;
  readonly to: string;
  readonly at: number;
  readonly state: AttemptOutcome;
  readonly mr: ReportCandidate['mr'];
  readonly report: string | null;
}

type ReportColumns = [
  iccid: string,
  mr: number,
  recipient: string,
  tpStatus: number,
  meaning: NewReport['meaning'],
  smscAt: number | null,
  dischargedAt: number | null,
  receivedAt: number,
  pdu: string,
  attemptId: number | null,
];

/** Status reports: kept raw, whether they match an attempt or not, and applied once. */
export class Reports {
  readonly #settlements: Settlements;
  readonly #sql;

  constructor(writer: Db, reader: Db, settlements: Settlements) {
    this.#settlements = settlements;
    this.#sql = {
      candidates: reader.prepare<[number, string, number], CandidateRow>(
        `SELECT a.id AS attemptId, m.recipient AS "to", a.at, a.outcome AS state, a.report,
           CASE WHEN a.mr IS NULL THEN 'unknown' WHEN a.mr_known = 1 THEN 'known' ELSE 'predicted' END AS mr
         FROM (SELECT ? AS mr UNION ALL SELECT NULL) r CROSS JOIN attempts a INDEXED BY attempts_mr
           ON a.iccid = ? AND a.mr IS r.mr AND a.at >= ? JOIN messages m ON m.seq = a.id / 1048576
         WHERE a.outcome NOT IN ('refused', 'notSent') ORDER BY a.at DESC, a.id DESC`,
      ),
      finals: reader.prepare<[string, number, number], FinalReport>(
        `SELECT attempt_id AS attemptId, smsc_at AS smscAt FROM reports INDEXED BY reports_mr
         WHERE iccid = ? AND mr = ? AND received_at >= ? AND attempt_id IS NOT NULL AND meaning IN ('delivered', 'undelivered')`,
      ),
      inDoubt: reader.prepare<[string, number, number], CandidateRow>(
        `WITH RECURSIVE mrs (mr) AS (VALUES (0) UNION ALL SELECT mr + 1 FROM mrs WHERE mr < 255)
         SELECT a.id AS attemptId, m.recipient AS "to", a.at, a.outcome AS state, a.report, 'unknown' AS mr
         FROM mrs CROSS JOIN attempts a INDEXED BY attempts_mr ON a.iccid = ? AND a.mr = mrs.mr AND a.at BETWEEN ? AND ?
         JOIN messages m ON m.seq = a.id / 1048576
         WHERE a.mr_known = 0 AND a.outcome IN ('uncertain', 'pending') ORDER BY a.at DESC, a.id DESC`,
      ),
      unmatched: reader.prepare<[number, number, string, number], StoredReport>(
        // A range of the index for each TP-MR asked for.
        `WITH RECURSIVE mrs (mr) AS (VALUES (?) UNION ALL SELECT mr + 1 FROM mrs WHERE mr < ?)
         SELECT id, iccid, r.mr, recipient, tp_status AS tpStatus, meaning, smsc_at AS smscAt, discharged_at AS dischargedAt,
         received_at AS receivedAt, pdu, attempt_id AS attemptId
         FROM mrs CROSS JOIN reports r INDEXED BY reports_mr ON iccid = ? AND r.mr = mrs.mr AND received_at >= ?
         WHERE attempt_id IS NULL ORDER BY received_at, id`,
      ),
      earlier: writer.prepare<[string, number, number, string], { id: number; attemptId: number | null; receivedAt: number }>(
        `SELECT id, attempt_id AS attemptId, received_at AS receivedAt FROM reports
         WHERE iccid = ? AND mr = ? AND received_at >= ? AND pdu = ? ORDER BY attempt_id IS NULL DESC, id DESC LIMIT 1`,
      ),
      add: writer.prepare<ReportColumns>(
        `INSERT INTO reports (iccid, mr, recipient, tp_status, meaning, smsc_at, discharged_at, received_at, pdu, attempt_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      // Of somebody who was erased while reports were still to come.
      ofErased: writer
        .prepare<[string, number, number], number>(
          `SELECT 1 FROM attempts a INDEXED BY attempts_mr JOIN messages m ON m.seq = a.id / 1048576
           WHERE a.iccid = ? AND a.mr = ? AND a.at >= ? AND m.recipient >= '${ERASED}' AND m.recipient < '${ERASED}~' LIMIT 1`,
        )
        .pluck(),
      again: writer.prepare<[number]>('UPDATE reports SET copies = copies + 1 WHERE id = ?'),
      match: writer.prepare<[number, number]>('UPDATE reports SET attempt_id = ? WHERE id = ? AND attempt_id IS NULL'),
      purge: writer.prepare<[number, number], { id: number; receivedAt: number }>(
        'SELECT id, received_at AS receivedAt FROM reports WHERE id > ? ORDER BY id LIMIT ?',
      ),
      remove: writer.prepare<[number]>('DELETE FROM reports WHERE id = ?'),
    };
  }

  candidates(iccid: string, mr: number, since: number): ReportCandidate[] {
    return this.#sql.candidates.all(mr, iccid, since).map(({ report, ...row }) => ({ ...row, reported: report !== null }));
  }

  finals(iccid: string, mr: number, since: number): FinalReport[] {
    return this.#sql.finals.all(iccid, mr, since);
  }

  inDoubt(iccid: string, from: number, to: number): ReportCandidate[] {
    return this.#sql.inDoubt.all(iccid, from, to).map(({ report, ...row }) => ({ ...row, reported: report !== null }));
  }

  unmatched(iccid: string, mr: number | null, since: number): StoredReport[] {
    return this.#sql.unmatched.all(mr ?? 0, mr ?? 255, iccid, since);
  }

  report(tx: Tx, report: NewReport): boolean {
    this.#keep(report);
    return report.attemptId !== null && this.#apply(tx, report, report.attemptId);
  }

  /** One that was kept unmatched is about this attempt; whoever finds that out first applies it. */
  match(tx: Tx, report: StoredReport, attemptId: number): boolean {
    return this.#sql.match.run(attemptId, report.id).changes === 1 && this.#apply(tx, report, attemptId);
  }

  #apply(tx: Tx, { mr, tpStatus, meaning, receivedAt: at }: NewReport, attemptId: number): boolean {
    if (meaning !== 'delivered' && meaning !== 'undelivered') return false;
    return this.#settlements.report(tx, attemptId, { meaning, mr, tpStatus, at });
  }

  /** One row for each report, however often it is read; one that was kept unmatched is matched now. */
  #keep(report: NewReport): void {
    const { iccid, mr, tpStatus, meaning, smscAt, dischargedAt, receivedAt, attemptId } = report;
    const erased = attemptId === null && this.#sql.ofErased.get(iccid, mr, receivedAt - REPEATED_WITHIN_MS) !== undefined;
    const { recipient, pdu } = erased ? { recipient: ERASED, pdu: '' } : report;
    const earlier = this.#sql.earlier.get(iccid, mr, receivedAt - REPEATED_WITHIN_MS, pdu);
    if (earlier && earlier.attemptId === null && attemptId !== null) this.#sql.match.run(attemptId, earlier.id);
    else if (earlier && (earlier.attemptId === attemptId || attemptId === null)) this.#sql.again.run(earlier.id);
    else this.#sql.add.run(iccid, mr, recipient, tpStatus, meaning, smscAt, dischargedAt, receivedAt, pdu, attemptId);
  }

  purge(now: number): Piece {
    let after = 0;
    return (most) => {
      const rows = this.#sql.purge.all(after, most);
      for (const { id, receivedAt } of rows) {
        if (receivedAt > now - KEPT_MS) return true;
        this.#sql.remove.run(id);
        after = id;
      }
      return rows.length < most;
    };
  }
}
