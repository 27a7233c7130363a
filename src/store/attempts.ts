import type { Money } from '../base/money.ts';
import type { Db } from './database.ts';
import { attemptId } from './message-row.ts';
import type { SimChoice } from './records/choice.ts';
import type { AttemptOutcome } from './records/message.ts';

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
