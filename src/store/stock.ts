import type { Db } from './database.ts';
import type { FreeThing, StockThing } from './records/dialogue.ts';

interface StockRow extends Omit<StockThing, 'sold'> {
  readonly sold: number;
}

/** Things of which there is one each. Who takes one does it in the transaction that looked, so that nobody has it twice. */
export class Stock {
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    this.#sql = {
      free: writer.prepare<[string], FreeThing>(
        'SELECT thing, label FROM stock WHERE pool = ? AND dialogue_seq IS NULL AND sold = 0 ORDER BY place, thing',
      ),
      secret: writer.prepare<[string, string], string | null>('SELECT secret FROM stock WHERE pool = ? AND thing = ?').pluck(),
      reserve: writer.prepare<[number, string, string]>(
        'UPDATE stock SET dialogue_seq = ? WHERE pool = ? AND thing = ? AND dialogue_seq IS NULL AND sold = 0',
      ),
      release: writer.prepare<[number]>('UPDATE stock SET dialogue_seq = NULL WHERE dialogue_seq = ? AND sold = 0'),
      sell: writer.prepare<[number]>('UPDATE stock SET sold = 1 WHERE dialogue_seq = ?'),
      put: writer.prepare<[string, string, string, string | null, number]>(
        `INSERT INTO stock (pool, thing, label, secret, place) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (pool, thing) DO UPDATE SET label = excluded.label, secret = excluded.secret, place = excluded.place`,
      ),
      names: writer.prepare<[string], string>('SELECT thing FROM stock WHERE pool = ? AND dialogue_seq IS NULL AND sold = 0').pluck(),
      remove: writer.prepare<[string, string]>('DELETE FROM stock WHERE pool = ? AND thing = ?'),
      free1: writer.prepare<[string, string]>('UPDATE stock SET dialogue_seq = NULL, sold = 0 WHERE pool = ? AND thing = ?'),
      list: reader.prepare<[string], StockRow>(
        `SELECT s.thing, s.label, s.secret, s.sold, d.id AS dialogue FROM stock s LEFT JOIN dialogues d ON d.seq = s.dialogue_seq
         WHERE s.pool = ? ORDER BY s.place, s.thing`,
      ),
    };
  }

  /** As of this transaction. */
  free(pool: string): FreeThing[] {
    return this.#sql.free.all(pool);
  }

  secret(pool: string, thing: string): string | null {
    return this.#sql.secret.get(pool, thing) ?? null;
  }

  /** @throws Error when somebody has it: whoever reserves has looked in the same transaction */
  reserve(pool: string, thing: string, dialogueSeq: number): void {
    if (this.#sql.reserve.run(dialogueSeq, pool, thing).changes !== 1) throw new Error(`${thing} of ${pool} is not free`);
  }

  release(dialogueSeq: number): void {
    this.#sql.release.run(dialogueSeq);
  }

  sell(dialogueSeq: number): void {
    this.#sql.sell.run(dialogueSeq);
  }

  /** New ones are free, those that somebody has stay theirs, free ones that are not named are gone. */
  put(pool: string, things: readonly (FreeThing & { readonly secret: string | null })[]): void {
    const named = new Set(things.map(({ thing }) => thing));
    for (const thing of this.#sql.names.all(pool)) if (!named.has(thing)) this.#sql.remove.run(pool, thing);
    for (const [place, { thing, label, secret }] of things.entries()) this.#sql.put.run(pool, thing, label, secret, place);
  }

  /** @returns whether there is such a thing */
  freeThing(pool: string, thing: string): boolean {
    return this.#sql.free1.run(pool, thing).changes === 1;
  }

  list(pool: string): StockThing[] {
    return this.#sql.list.all(pool).map(({ sold, ...row }) => ({ ...row, sold: sold === 1 }));
  }
}
