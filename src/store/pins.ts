import type { Db } from './database.ts';

/** Which PINs were tried on which SIM, each by its mark (0..255) and never by itself. */
export class Pins {
  readonly #sql;

  constructor(writer: Db) {
    this.#sql = {
      // A PIN that was taken before may be tried again, and counts as refused until it is taken once more.
      try: writer.prepare<[string, number, number]>(
        `INSERT INTO pin_tries (iccid, mark, taken, at) VALUES (?, ?, 0, ?)
         ON CONFLICT (iccid, mark) DO UPDATE SET taken = 0, at = excluded.at WHERE taken = 1`,
      ),
      refused: writer
        .prepare<[string, string], number>(
          `SELECT count(*) FROM pin_tries WHERE iccid = ? AND taken = 0
           AND at > coalesce((SELECT max(at) FROM pin_tries WHERE iccid = ? AND taken = 1), -1)`,
        )
        .pluck(),
      taken: writer.prepare<[string, number]>('UPDATE pin_tries SET taken = 1 WHERE iccid = ? AND mark = ?'),
    };
  }

  /** Whether it may be tried; from now on it was. */
  try(iccid: string, mark: number, at: number): boolean {
    return this.#sql.try.run(iccid, mark, at).changes > 0;
  }

  /** Values that it was tried with and did not take, since it took one. */
  refused(iccid: string): number {
    return this.#sql.refused.get(iccid, iccid) ?? 0;
  }

  taken(iccid: string, mark: number): void {
    this.#sql.taken.run(iccid, mark);
  }
}
