import type { Db } from './database.ts';
import type { ApiKey, KeyCaps, NewApiKey } from './records/key.ts';

interface KeyRow extends Omit<ApiKey, 'scopes' | 'allowFrom'> {
  readonly scopes: string;
  readonly allowFrom: string;
}

const COLUMNS = `id, name, prefix, hash, scopes, created_at AS createdAt, weight, expires_at AS expiresAt, allow_from AS allowFrom,
  per_hour AS perHour, per_day AS perDay, last_used_at AS lastUsedAt`;

const words = (written: string): string[] => (written === '' ? [] : written.split(' '));

const toKey = ({ scopes, allowFrom, ...row }: KeyRow): ApiKey => ({ ...row, scopes: words(scopes), allowFrom: words(allowFrom) });

/** API keys: their hashes, never the keys. */
export class Keys {
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    this.#sql = {
      add: writer.prepare<[string, string, string, string, string, number, number, number | null, string, number, number]>(
        `INSERT INTO api_keys (id, name, prefix, hash, scopes, created_at, weight, expires_at, allow_from, per_hour, per_day)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      revoke: writer.prepare<[number, string]>('UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL'),
      used: writer.prepare<[number, string]>('UPDATE api_keys SET last_used_at = ? WHERE id = ?'),
      find: reader.prepare<[string], KeyRow>(`SELECT ${COLUMNS} FROM api_keys WHERE hash = ? AND revoked_at IS NULL`),
      all: reader.prepare<[], KeyRow>(`SELECT ${COLUMNS} FROM api_keys WHERE revoked_at IS NULL ORDER BY created_at, id`),
      caps: reader.prepare<[string], KeyCaps>('SELECT per_hour AS perHour, per_day AS perDay FROM api_keys WHERE id = ?'),
      taken: reader
        .prepare<[string, number, number], number>(
          `SELECT accepted_at FROM (SELECT seq, accepted_at FROM messages INDEXED BY messages_key WHERE key_id = ? ORDER BY seq DESC LIMIT ?)
           WHERE accepted_at > ? ORDER BY seq`,
        )
        .pluck(),
    };
  }

  add({ id, name, prefix, hash, scopes, createdAt, weight, expiresAt, allowFrom, perHour, perDay }: NewApiKey): void {
    this.#sql.add.run(id, name, prefix, hash, scopes.join(' '), createdAt, weight, expiresAt, allowFrom.join(' '), perHour, perDay);
  }

  /** Whether there was such a key, not revoked yet. */
  revoke(id: string, at: number): boolean {
    return this.#sql.revoke.run(at, id).changes === 1;
  }

  used(uses: ReadonlyMap<string, number>): void {
    for (const [id, at] of uses) this.#sql.used.run(at, id);
  }

  find(hash: string): ApiKey | undefined {
    const row = this.#sql.find.get(hash);
    return row && toKey(row);
  }

  all(): ApiKey[] {
    return this.#sql.all.all().map(toKey);
  }

  caps(id: string): KeyCaps | undefined {
    return this.#sql.caps.get(id);
  }

  /** When a key handed over its newest messages, oldest first. */
  taken(id: string, since: number, most: number): number[] {
    return this.#sql.taken.all(id, most, since);
  }
}
