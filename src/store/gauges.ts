import { statSync } from 'node:fs';
import { PURPOSES, purposeRank } from '../base/purpose.ts';
import type { Db } from './database.ts';
import type { Outbox } from './outbox.ts';
import type { Queue } from './queue.ts';
import type { StoreGauges } from './records/gauges.ts';

/** How full the store is. Asked often, also with a million in the queue: nothing here reads a whole table or a whole index of the queue. */
export class Gauges {
  readonly #file: string;
  readonly #queue: Queue;
  readonly #outbox: Outbox;
  readonly #sql;

  constructor(reader: Db, parts: { queue: Queue; outbox: Outbox }) {
    this.#file = reader.name;
    this.#queue = parts.queue;
    this.#outbox = parts.outbox;
    const READY = 'FROM messages INDEXED BY messages_ready WHERE ready = 1';
    this.#sql = {
      nextLane: reader.prepare<[string], string>(`SELECT lane ${READY} AND lane > ? ORDER BY lane LIMIT 1`).pluck(),
      // The first of each key is its oldest.
      nextKey: reader.prepare<[string, number, number, string], { keyId: string; seq: number }>(
        `SELECT key_id AS keyId, seq ${READY} AND lane = ? AND rank = ? AND begun = ? AND key_id > ? ORDER BY key_id, seq LIMIT 1`,
      ),
      acceptedAt: reader.prepare<[number], number>('SELECT accepted_at FROM messages WHERE seq = ?').pluck(),
      uncertain: reader.prepare<[], number>("SELECT count(*) FROM messages INDEXED BY messages_status WHERE status = 'uncertain'").pluck(),
    };
  }

  read(): StoreGauges {
    const lanes = this.#lanes();
    return {
      queue: PURPOSES.map((purpose) => ({
        purpose,
        segments: this.#queue.ready(purpose),
        oldestAt: this.#oldest(lanes, purposeRank(purpose)),
      })),
      waiting: this.#queue.depth().waiting,
      uncertain: this.#sql.uncertain.get() ?? 0,
      webhooks: this.#outbox.pending(),
      octets: octetsOf(this.#file),
      walOctets: octetsOf(`${this.#file}-wal`),
    };
  }

  #lanes(): string[] {
    // The empty one is the first, whether something is in it or not.
    const lanes = [''];
    for (let lane = this.#sql.nextLane.get(''); lane !== undefined; lane = this.#sql.nextLane.get(lane)) lanes.push(lane);
    return lanes;
  }

  #oldest(lanes: readonly string[], rank: number): number | null {
    let oldest: number | null = null;
    for (const lane of lanes) {
      for (const begun of [0, 1]) {
        for (let key = this.#sql.nextKey.get(lane, rank, begun, ''); key; key = this.#sql.nextKey.get(lane, rank, begun, key.keyId)) {
          const at = this.#sql.acceptedAt.get(key.seq) ?? null;
          if (at !== null && (oldest === null || at < oldest)) oldest = at;
        }
      }
    }
    return oldest;
  }
}

const octetsOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
