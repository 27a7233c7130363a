import type { Db } from './database.ts';
import type { ApiKey, NewApiKey } from './records/key.ts';

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly hash: string;
  readonly scopes: string;
  readonly createdAt: number;
  readonly weight: number;
}

const COLUMNS = 'id, name, prefix, hash, scopes, created_at AS createdAt, weight';

const toKey = ({ scopes, ...row }: KeyRow): ApiKey => ({ ...row, scopes: scopes === '' ? [] : scopes.split(' ') });

/** API keys: their hashes, never the keys. */
export class Keys {
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    this.#sql = {
      add: writer.prepare<[string, string, string, string, string, number, number]>(
        'INSERT INTO api_keys (id, name, prefix, hash, scopes, created_at, weight) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ),
      revoke: writer.prepare<[number, string]>('UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL'),
      find: reader.prepare<[string], KeyRow>(`SELECT ${COLUMNS} FROM api_keys WHERE hash = ? AND revoked_at IS NULL`),
      all: reader.prepare<[], KeyRow>(`SELECT ${COLUMNS} FROM api_keys WHERE revoked_at IS NULL ORDER BY created_at, id`),
    };
  }

  add({ id, name, prefix, hash, scopes, createdAt, weight }: NewApiKey): void {
    this.#sql.add.run(id, name, prefix, hash, scopes.join(' '), createdAt, weight);
  }

  /** Whether there was such a key, not revoked yet. */
  revoke(id: string, at: number): boolean {
    return this.#sql.revoke.run(at, id).changes === 1;
  }

  find(hash: string): ApiKey | undefined {
    const row = this.#sql.find.get(hash);
    return row && toKey(row);
  }

  all(): ApiKey[] {
    return this.#sql.all.all().map(toKey);
  }
}
