import type { Db } from './database.ts';
import type { Retirement } from './records/retirement.ts';

/** SIMs that were taken out of use, with those that stand in for them. A handful, kept in memory: each claim asks. */
export class Retirements {
  readonly #sql;
  readonly #retired: Map<string, Retirement>;

  constructor(writer: Db) {
    this.#sql = {
      all: writer.prepare<[], Retirement>('SELECT iccid, successor, reason, at FROM retirements'),
      set: writer.prepare<[string, string, string, number]>(
        'INSERT OR REPLACE INTO retirements (iccid, successor, reason, at) VALUES (?, ?, ?, ?)',
      ),
      end: writer.prepare<[string]>('DELETE FROM retirements WHERE iccid = ?'),
    };
    this.#retired = this.#read();
  }

  of(iccid: string): Retirement | undefined {
    return this.#retired.get(iccid);
  }

  /** The SIM that stands in for one: itself unless it is retired. */
  standIn(iccid: string): string {
    let now = iccid;
    // As many steps as there are retirements: a circle, which nobody can make, would end too.
    for (let step = 0; step < this.#retired.size; step += 1) now = this.#retired.get(now)?.successor ?? now;
    return now;
  }

  set({ iccid, successor, reason, at }: Retirement): void {
    this.#sql.set.run(iccid, successor, reason, at);
    this.#retired.set(iccid, { iccid, successor, reason, at });
  }

  /** Whether it was retired. */
  end(iccid: string): boolean {
    this.#sql.end.run(iccid);
    return this.#retired.delete(iccid);
  }

  /** What was written was not kept: back to what is in the file. */
  reload(): void {
    this.#retired.clear();
    for (const [iccid, one] of this.#read()) this.#retired.set(iccid, one);
  }

  #read(): Map<string, Retirement> {
    return new Map(this.#sql.all.all().map((one) => [one.iccid, one]));
  }
}
