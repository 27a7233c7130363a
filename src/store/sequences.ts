import type { Db } from './database.ts';

/** The sequences that the site has changed. */
export class Sequences {
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    this.#sql = {
      set: writer.prepare<[string, string, number]>(
        `INSERT INTO sequences (kind, sequence, changed_at) VALUES (?, ?, ?)
         ON CONFLICT (kind) DO UPDATE SET sequence = excluded.sequence, changed_at = excluded.changed_at`,
      ),
      remove: writer.prepare<[string]>('DELETE FROM sequences WHERE kind = ?'),
      all: reader.prepare<[], { kind: string; sequence: string }>('SELECT kind, sequence FROM sequences'),
    };
  }

  all(): ReadonlyMap<string, string> {
    return new Map(this.#sql.all.all().map(({ kind, sequence }) => [kind, sequence]));
  }

  /** @param sequence null for the shipped one */
  set(kind: string, sequence: string | null, now: number): void {
    if (sequence === null) this.#sql.remove.run(kind);
    else this.#sql.set.run(kind, sequence, now);
  }
}
