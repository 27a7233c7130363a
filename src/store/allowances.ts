import type { Clock } from '../base/clock.ts';
import type { Db } from './database.ts';
import type { Allowance } from './records/allowance.ts';

/** What an owner lets go through SIMs past their caps. One or two, kept in memory: each claim of a SIM at its cap asks. */
export class Allowances {
  readonly #clock: Clock;
  readonly #sql;
  readonly #all: Map<string, Allowance>;

  constructor(writer: Db, clock: Clock) {
    this.#clock = clock;
    this.#sql = {
      all: writer.prepare<[], Allowance>('SELECT iccid, segments, until, reason FROM sim_allowances'),
      set: writer.prepare<[string, number, number, string]>(
        'INSERT OR REPLACE INTO sim_allowances (iccid, segments, until, reason) VALUES (?, ?, ?, ?)',
      ),
      take: writer.prepare<[string]>('UPDATE sim_allowances SET segments = segments - 1 WHERE iccid = ?'),
      end: writer.prepare<[string]>('DELETE FROM sim_allowances WHERE iccid = ?'),
    };
    this.#all = this.#read();
  }

  /** What may still go; undefined where nothing may. */
  of(iccid: string): Allowance | undefined {
    const one = this.#all.get(iccid);
    return one && one.segments > 0 && this.#clock.now() < one.until ? one : undefined;
  }

  set({ iccid, segments, until, reason }: Allowance): void {
    this.#sql.set.run(iccid, segments, until, reason);
    this.#all.set(iccid, { iccid, segments, until, reason });
  }

  /** One of them goes, in the transaction of its claim. Where that is not kept, one less goes than was allowed. */
  take(iccid: string): void {
    const one = this.#all.get(iccid);
    if (!one) return;
    this.#sql.take.run(iccid);
    this.#all.set(iccid, { ...one, segments: one.segments - 1 });
  }

  /** Whether there was one that still counted. */
  end(iccid: string): boolean {
    const counted = this.of(iccid) !== undefined;
    this.#sql.end.run(iccid);
    this.#all.delete(iccid);
    return counted;
  }

  /** What was written was not kept: back to what is in the file. */
  reload(): void {
    this.#all.clear();
    for (const [iccid, one] of this.#read()) this.#all.set(iccid, one);
  }

  #read(): Map<string, Allowance> {
    return new Map(this.#sql.all.all().map((one) => [one.iccid, one]));
  }
}
