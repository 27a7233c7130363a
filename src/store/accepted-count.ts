import { type Purpose, purposeOf } from '../base/purpose.ts';
import type { Audit } from './audit.ts';
import type { Db } from './database.ts';

/** Messages that are counted in one transaction. */
const STEP = 5000;

/** Its place among the marks of what was swept up to where. */
const LIST = 'audit';

/**
 * Tells the audit log what was handed over to be sent, by whom and of which purpose (X32): not each message, which has a row of its own,
 * but how many. Each is counted once, by its sequence number; the mark is in the store, so that it goes back with it when a backup is restored.
 */
export class AcceptedCount {
  readonly #audit: Audit;
  readonly #sql;

  constructor(writer: Db, audit: Audit) {
    this.#audit = audit;
    this.#sql = {
      mark: writer.prepare<[string], number>('SELECT upto FROM retention_marks WHERE list = ?').pluck(),
      setMark: writer.prepare<[string, number]>('INSERT OR REPLACE INTO retention_marks (list, upto) VALUES (?, ?)'),
      last: writer.prepare<[], number | null>('SELECT max(seq) FROM messages').pluck(),
      counts: writer.prepare<[number, number], { keyId: string; rank: number; count: number }>(
        'SELECT key_id AS keyId, rank, count(*) AS count FROM messages WHERE seq > ? AND seq <= ? GROUP BY key_id, rank ORDER BY key_id, rank',
      ),
    };
  }

  /** Counts what came since the last time, in a transaction of the caller. @returns whether that was all */
  step(now: number): boolean {
    const [mark, last] = [this.#sql.mark.get(LIST) ?? 0, this.#sql.last.get() ?? 0];
    const upto = Math.min(last, mark + STEP);
    if (upto <= mark) return true;
    const byWhom = new Map<string, Partial<Record<Purpose, number>>>();
    for (const { keyId, rank, count } of this.#sql.counts.all(mark, upto)) {
      byWhom.set(keyId, { ...byWhom.get(keyId), [purposeOf(rank)]: count });
    }
    for (const [actor, counts] of byWhom) this.#audit.add({ at: now, actor, action: 'message.accept', target: null, detail: counts });
    this.#sql.setMark.run(LIST, upto);
    return upto === last;
  }
}
