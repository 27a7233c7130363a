import type { Db } from './database.ts';
import type { Piece } from './portion.ts';
import type { Idempotency, NewIdempotency } from './records/acceptance.ts';

const KEPT_MS = 72 * 3_600_000;

const COLUMNS = 'body_hash AS bodyHash, status, response, location, at';

/** What was answered under each Idempotency-Key, for 72 hours. */
export class IdempotencyRecords {
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    const find = (db: Db) =>
      db.prepare<[string, string, number], Idempotency>(
        `SELECT ${COLUMNS} FROM idempotency WHERE key_id = ? AND idempotency_key = ? AND at > ?`,
      );
    this.#sql = {
      find: find(writer),
      recall: find(reader),
      add: writer.prepare<[string, string, string, number, string, string | null, number]>(
        'INSERT OR REPLACE INTO idempotency (key_id, idempotency_key, body_hash, status, response, location, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ),
      oldest: writer.prepare<[number], { id: number; at: number }>('SELECT id, at FROM idempotency ORDER BY id LIMIT ?'),
      remove: writer.prepare<[number]>('DELETE FROM idempotency WHERE id = ?'),
    };
  }

  /** Inside a transaction: sees what stands before it in the same one. */
  find(keyId: string, idempotencyKey: string, now: number): Idempotency | undefined {
    return this.#sql.find.get(keyId, idempotencyKey, now - KEPT_MS);
  }

  recall(keyId: string, idempotencyKey: string, now: number): Idempotency | undefined {
    return this.#sql.recall.get(keyId, idempotencyKey, now - KEPT_MS);
  }

  /** Takes the place of one that is past its time and not purged yet. */
  add({ keyId, idempotencyKey, bodyHash, status, response, location, at }: NewIdempotency): void {
    this.#sql.add.run(keyId, idempotencyKey, bodyHash, status, response, location, at);
  }

  purge(now: number): Piece {
    return (most) => {
      // Rows are in the order of their time, so the oldest that stays ends it.
      const rows = this.#sql.oldest.all(most);
      for (const { id, at } of rows) {
        if (at > now - KEPT_MS) return true;
        this.#sql.remove.run(id);
      }
      return rows.length < most;
    };
  }
}
