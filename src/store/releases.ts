import type { Db } from './database.ts';
import { type Ledger, READY_NOW } from './ledger.ts';
import { readPolicy, writePolicy } from './policy-record.ts';
import type { Release, ReleaseOutcome } from './records/message.ts';
import type { Tx } from './work.ts';

const BAD_MOMENTS = ['unanswered', 'visitNear', 'repairUnderWay', 'lowRating'] as const;

/** What a person may let go: a matter of manners, not of time, the clock, or what the client has said. */
const MANNERS: ReadonlySet<string | null> = new Set(['quietHours', 'movedEarlier', 'allPerDay', 'promotionalPer7Days', ...BAD_MOMENTS]);

/** Lets go what policy holds, because a person says so. */
export class Releases {
  readonly #ledger: Ledger;
  readonly #sql;

  constructor(writer: Db, ledger: Ledger) {
    this.#ledger = ledger;
    this.#sql = {
      policy: writer.prepare<[number], string>('SELECT policy FROM message_texts WHERE message_seq = ?').pluck(),
      setPolicy: writer.prepare<[string, number]>('UPDATE message_texts SET policy = ? WHERE message_seq = ?'),
      exempt: writer.prepare<[number]>("UPDATE messages SET exempt = 'released' WHERE seq = ?"),
    };
  }

  release(tx: Tx, id: string, released: Release): ReleaseOutcome {
    const row = this.#ledger.find(id);
    if (!row) return { kind: 'unknown' };
    if (row.status !== 'held' || !MANNERS.has(row.reason)) return { kind: 'notHeld', status: row.status, reason: row.reason };
    this.#sql.exempt.run(row.seq);
    this.#sql.setPolicy.run(writePolicy({ ...readPolicy(this.#sql.policy.get(row.seq) ?? ''), released }), row.seq);
    this.#ledger.replace(tx, row, { decision: { rest: 'queued', reason: 'released' }, place: READY_NOW, at: released.at });
    return { kind: 'released' };
  }
}
