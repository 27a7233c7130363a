import { purposeOf } from '../base/purpose.ts';
import type { Db } from './database.ts';
import type { SentBefore } from './records/queue.ts';

/** What lately passed between the box and one number, as policy needs it. */
export class Encounters {
  readonly #sql;

  /** @param db what it sees: the connection of a claim, or what is committed */
  constructor(db: Db) {
    this.#sql = {
      // What ended without a segment that may be out does not count; answers never do.
      sent: db.prepare<[string, number, number], { at: number; rank: number }>(
        `SELECT claimed_at AS at, rank FROM messages INDEXED BY messages_claimed WHERE recipient = ? AND claimed_at > ? AND seq <> ?
         AND rank > 0 AND exempt IS NOT 'answer' AND (begun = 1 OR status IN ('held', 'queued', 'sending', 'sent', 'delivered', 'undelivered', 'uncertain'))`,
      ),
      wrote: db
        .prepare<[string], number>('SELECT received_at FROM inbound INDEXED BY inbound_sender WHERE sender = ? ORDER BY seq DESC LIMIT 1')
        .pluck(),
      called: db
        .prepare<[string], number>('SELECT started_at FROM calls INDEXED BY calls_caller WHERE caller = ? ORDER BY seq DESC LIMIT 1')
        .pluck(),
    };
  }

  /** When a message to this number began to be sent since then, codes and answers apart. @param but the message that asks */
  sentBefore(number: string, since: number, but = 0): SentBefore[] {
    return this.#sql.sent.all(number, since, but).map(({ at, rank }) => ({ at, purpose: purposeOf(rank) }));
  }

  /** Whether somebody wrote or called from this number since then. */
  heardSince(number: string, since: number): boolean {
    return [this.#sql.wrote.get(number), this.#sql.called.get(number)].some((at) => at !== undefined && at >= since);
  }
}
