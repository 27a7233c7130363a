import { PURPOSES, purposeOf, purposeRank } from '../base/purpose.ts';
import type { Db } from './database.ts';
import type { Pause, SendingChange } from './records/sending.ts';

/** A pause of every purpose, as it is kept. */
const EVERY_RANK = -1;

/** A pause on every SIM, as it is kept. */
const EVERY_SIM = '';

interface PauseRow {
  readonly rank: number;
  readonly sim: string;
  readonly since: number;
}

/** What is told not to be sent; read with each claim, so that a pause holds from the commit that made it. */
export class Pauses {
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    this.#sql = {
      of: writer.prepare<[string], number>("SELECT rank FROM pauses WHERE sim IN ('', ?)").pluck(),
      all: reader.prepare<[], PauseRow>('SELECT rank, sim, since FROM pauses ORDER BY since, rank, sim'),
      // One that holds already is as old as it was.
      begin: writer.prepare<[number, string, number]>('INSERT OR IGNORE INTO pauses (rank, sim, since) VALUES (?, ?, ?)'),
      end: writer.prepare<[number, string]>('DELETE FROM pauses WHERE rank = ? AND sim = ?'),
    };
  }

  set({ state, purpose, sim, at }: SendingChange): void {
    const rank = purpose === null ? EVERY_RANK : purposeRank(purpose);
    if (state === 'paused') this.#sql.begin.run(rank, sim ?? EVERY_SIM, at);
    else this.#sql.end.run(rank, sim ?? EVERY_SIM);
  }

  all(): Pause[] {
    return this.#sql.all.all().map(({ rank, sim, since }) => ({
      purpose: rank === EVERY_RANK ? null : purposeOf(rank),
      sim: sim === EVERY_SIM ? null : sim,
      since,
    }));
  }

  /** The ranks of what this SIM may send now, most urgent first. */
  open(iccid: string): number[] {
    const ranks = PURPOSES.map((_, rank) => rank);
    const paused = this.#sql.of.all(iccid);
    return paused.includes(EVERY_RANK) ? [] : ranks.filter((rank) => !paused.includes(rank));
  }
}
