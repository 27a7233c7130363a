import type { Money } from '../base/money.ts';
import type { Db } from './database.ts';
import { attemptId } from './message-row.ts';
import type { SimChoice } from './records/choice.ts';
import type { AttemptOutcome } from './records/message.ts';

/** An SMSC may hold what it could not deliver for so long, milliseconds: few keep more than a week. */
const LONGEST_HELD = 7 * 86_400_000;

export interface AttemptRow {
  readonly id: number;
  readonly iccid: string;
  readonly at: number;
  readonly outcome: AttemptOutcome;
  readonly mr: number | null;
  readonly mrKnown: number;
  readonly report: 'delivered' | 'undelivered' | null;
  /** 1 where it came out of the SIM's package. */
  readonly packaged: number;
}

const ATTEMPT_COLUMNS = 'id, iccid, at, outcome, mr, mr_known AS mrKnown, report, packaged';

export interface NewAttempt {
  readonly id: number;
  readonly iccid: string;
  readonly imei: string;
  readonly at: number;
  readonly predictedMr: number | null;
  readonly choice: SimChoice;
  /** What it costs if the network takes it; null where that is not known. */
  readonly price: Money | null;
  readonly packaged: boolean;
}

/** The ledger of attempts: the intent before the segment goes out, its outcome after, its report at last. */
export class Attempts {
  readonly #sql;

  constructor(writer: Db) {
    this.#sql = {
      load: writer.prepare<[number], AttemptRow>(`SELECT ${ATTEMPT_COLUMNS} FROM attempts WHERE id = ?`),
      pending: writer.prepare<[], AttemptRow>(
        // A message is `sending` while it has a pending attempt, so that pending ones need no index of their own.
        `SELECT a.id, a.iccid, a.at, a.outcome, a.mr, a.mr_known AS mrKnown, a.report, a.packaged FROM messages m
         JOIN attempts a ON a.id > m.seq * 1048576 AND a.id < (m.seq + 1) * 1048576
         WHERE m.status = 'sending' AND a.outcome = 'pending'`,
      ),
      uncertain: writer
        .prepare<[number, number], number>("SELECT id FROM attempts WHERE id > ? AND id < ? AND outcome = 'uncertain' ORDER BY id")
        .pluck(),
      tries: writer.prepare<[number, number], number | null>('SELECT max(id) FROM attempts WHERE id > ? AND id < ?').pluck(),
      copyOf: writer
        .prepare<[number, number, string, number], number>(
          "SELECT mr FROM attempts WHERE id > ? AND id < ? AND iccid = ? AND at > ? AND outcome = 'resent' AND mr IS NOT NULL ORDER BY id DESC LIMIT 1",
        )
        .pluck(),
      others: writer
        .prepare<[string, number, number, string, number, number], number>(
          `SELECT 1 FROM attempts a INDEXED BY attempts_mr JOIN messages m ON m.seq = a.id / 1048576
           WHERE a.iccid = ? AND a.mr = ? AND a.at > ? AND m.recipient = ? AND NOT (a.id > ? AND a.id < ?)
             AND a.outcome NOT IN ('refused', 'notSent') LIMIT 1`,
        )
        .pluck(),
      earlier: writer.prepare<[number, number, string, number], AttemptRow>(
        `SELECT ${ATTEMPT_COLUMNS} FROM attempts WHERE id > ? AND id < ? AND iccid = ? AND mr = ? AND outcome IN ('resent', 'uncertain', 'sent') ORDER BY id DESC LIMIT 1`,
      ),
      triedBy: writer.prepare<[number, number], string>('SELECT DISTINCT iccid FROM attempts WHERE id > ? AND id < ?').pluck(),
      add: writer.prepare<[number, string, string, number, number | null, SimChoice, number | null, string | null, number]>(
        "INSERT INTO attempts (id, iccid, imei, at, mr, choice, price, currency, packaged, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending')",
      ),
      end: writer.prepare<[AttemptOutcome, string | null, number | null, number, number]>(
        'UPDATE attempts SET outcome = ?, cause = coalesce(?, cause), decide_at = ?, settled_at = ? WHERE id = ?',
      ),
      confirm: writer.prepare<[number, number]>(
        // The cause of an earlier doubt is kept: it says how the attempt came to be uncertain.
        "UPDATE attempts SET outcome = 'sent', decide_at = NULL, settled_at = ? WHERE id = ?",
      ),
      setMr: writer.prepare<[number, number]>('UPDATE attempts SET mr = ?, mr_known = 1 WHERE id = ?'),
      keepMr: writer.prepare<[number]>('UPDATE attempts SET mr_known = 1 WHERE id = ?'),
      setReport: writer.prepare<['delivered' | 'undelivered', number, number]>(
        'UPDATE attempts SET report = ?, tp_status = ? WHERE id = ?',
      ),
    };
  }

  load(id: number): AttemptRow | undefined {
    return this.#sql.load.get(id);
  }

  /** Attempts without an outcome. */
  pending(): AttemptRow[] {
    return this.#sql.pending.all();
  }

  /** The attempts of a message that are in doubt. */
  uncertain(messageSeq: number): number[] {
    return this.#sql.uncertain.all(attemptId(messageSeq, 0, 0), attemptId(messageSeq + 1, 0, 0));
  }

  /** How often this segment was tried. */
  tries(messageSeq: number, n: number): number {
    const first = attemptId(messageSeq, n, 0);
    return Math.max((this.#sql.tries.get(first, attemptId(messageSeq, n + 1, 0)) ?? first) - first, 0);
  }

  /** The SIMs that tried this segment. */
  triedBy(messageSeq: number, n: number): string[] {
    return this.#sql.triedBy.all(attemptId(messageSeq, n, 0), attemptId(messageSeq, n + 1, 0));
  }

  /**
   * The TP-MR of a copy of this segment that went through the SIM and that its SMSC may still hold; null where there is none, or where
   * something else to the same number went with that TP-MR, which the SMSC could not tell from it.
   */
  copyOf(row: { readonly seq: number; readonly recipient: string }, n: number, iccid: string, now: number): number | null {
    const [first, last] = [attemptId(row.seq, n, 0), attemptId(row.seq, n + 1, 0)];
    const since = now - LONGEST_HELD;
    const mr = this.#sql.copyOf.get(first, last, iccid, since);
    if (mr === undefined || this.#sql.others.get(iccid, mr, since, row.recipient, first, last) !== undefined) return null;
    return mr;
  }

  /** The attempt at the same segment that had this TP-MR. */
  earlier(messageSeq: number, n: number, iccid: string, mr: number): AttemptRow | undefined {
    return this.#sql.earlier.get(attemptId(messageSeq, n, 0), attemptId(messageSeq, n + 1, 0), iccid, mr);
  }

  add({ id, iccid, imei, at, predictedMr, choice, price, packaged }: NewAttempt): void {
    this.#sql.add.run(id, iccid, imei, at, predictedMr, choice, price?.micros ?? null, price?.currency ?? null, packaged ? 1 : 0);
  }

  end(id: number, outcome: AttemptOutcome, cause: string | null, decideAt: number | null, at: number): void {
    this.#sql.end.run(outcome, cause, decideAt, at, id);
  }

  /** The network has it, as an answer, a report or a decision says. */
  confirm(id: number, at: number): void {
    this.#sql.confirm.run(at, id);
  }

  /** The TP-MR that it really had. */
  knowMr(attempt: AttemptRow, mr: number): void {
    // As predicted, as a rule: then the index of TP-MRs need not be written again.
    if (attempt.mr === mr) this.#sql.keepMr.run(attempt.id);
    else this.#sql.setMr.run(mr, attempt.id);
  }

  setReport(id: number, report: 'delivered' | 'undelivered', tpStatus: number): void {
    this.#sql.setReport.run(report, tpStatus, id);
  }
}
