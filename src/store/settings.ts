import type { Db } from './database.ts';
import type { Setting } from './records/setting.ts';

interface SettingRow {
  readonly name: string;
  readonly value: string;
  readonly at: number;
}

/** By their names. */
export const readSettings = (db: Db): Setting[] =>
  db
    .prepare<[], SettingRow>('SELECT name, value, at FROM settings ORDER BY name')
    .all()
    .map(({ name, value, at }) => ({ name, value: JSON.parse(value), at }));

/** Options that were changed while the box runs. */
export class Settings {
  readonly #reader: Db;
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    this.#reader = reader;
    this.#sql = {
      put: writer.prepare<[string, string, number]>('INSERT OR REPLACE INTO settings (name, value, at) VALUES (?, ?, ?)'),
      remove: writer.prepare<[string]>('DELETE FROM settings WHERE name = ?'),
    };
  }

  change(changes: Readonly<Record<string, unknown>>, at: number): void {
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) this.#sql.remove.run(name);
      else this.#sql.put.run(name, JSON.stringify(value), at);
    }
  }

  all(): Setting[] {
    return readSettings(this.#reader);
  }
}
