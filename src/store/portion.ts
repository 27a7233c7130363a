import type { Clock } from '../base/clock.ts';
import type { Committer } from './committer.ts';

/** Goes on with a long work, by so many rows at most; true when there is no more. */
export type Piece = (rows: number) => boolean;

/** Rows in the first transaction. */
const FIRST = 50;

const MOST = 100;

/** Fewer would make it no shorter, since its fsync is most of it then, and the whole work much longer. */
const LEAST = 10;

/** How long a transaction may take, its COMMIT included, milliseconds: well under the 20 that S09 allows. */
const AIM = 10;

/**
 * How many rows the next transaction of a long work takes, so that nobody waits long for it, on whatever disk it is written to.
 * It learns from how long the last one took: fewer at once where that was too long, some more where there was plenty of time.
 */
export class Portion {
  #rows = FIRST;

  /** From 10 to 100. */
  get rows(): number {
    return this.#rows;
  }

  /** @param ms how long the transaction of so many rows took, milliseconds */
  took(ms: number): void {
    if (ms > AIM) this.#rows = Math.max(LEAST, Math.floor((this.#rows * AIM) / ms));
    else if (ms < AIM / 2) this.#rows = Math.min(MOST, Math.ceil(this.#rows * 1.25));
  }
}

/** Does a long work in transactions of its own, each short, so that nobody waits for the whole. */
export async function inPortions(committer: Committer, clock: Clock, piece: Piece): Promise<void> {
  const portion = new Portion();
  for (let over = false; !over; ) {
    let began = 0;
    over = await committer.write(() => {
      began = clock.monotonic();
      return piece(portion.rows);
    });
    portion.took(clock.monotonic() - began);
  }
}
