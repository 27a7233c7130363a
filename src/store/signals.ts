import type { Db } from './database.ts';
import type { SignalSample } from './records/signal.ts';

/** What is kept of the signal over time, for some days. */
export interface SignalStore {
  /** Keeps samples and forgets those before a time, in one go: each write costs the disk whole pages. */
  keep(samples: readonly SignalSample[], forgetBefore: number): Promise<void>;
  /** Of one modem, the oldest first. */
  since(imei: string, since: number): Promise<SignalSample[]>;
}

export class Signals {
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    this.#sql = {
      // The clock may have been set back: what is there stays.
      keep: writer.prepare<[number, string, string, number | null]>(
        'INSERT OR IGNORE INTO signals (at, sim, imei, dbm) VALUES (?, ?, ?, ?)',
      ),
      forget: writer.prepare<[number]>('DELETE FROM signals WHERE at < ?'),
      since: reader.prepare<[number, string], SignalSample>(
        'SELECT at, sim, imei, dbm FROM signals WHERE at >= ? AND imei = ? ORDER BY at, sim',
      ),
    };
  }

  keep(samples: readonly SignalSample[], forgetBefore: number): void {
    this.#sql.forget.run(forgetBefore);
    for (const { at, sim, imei, dbm } of samples) this.#sql.keep.run(at, sim, imei, dbm);
  }

  since(imei: string, since: number): SignalSample[] {
    return this.#sql.since.all(since, imei);
  }
}
