import type { Clock } from '../base/clock.ts';

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

export interface PortionsParts {
  readonly committer: { write<T>(work: () => T): Promise<T> };
  /** The checkpoint that is under way, if any is. */
  readonly checkpoints: { readonly pass: Promise<void> | undefined };
  readonly clock: Clock;
}

/**
 * Does a long work in transactions of its own, each short, so that nobody waits for the whole. None runs beside a checkpoint:
 * its COMMIT would wait for the same disk.
 */
export async function inPortions({ committer, checkpoints, clock }: PortionsParts, piece: Piece): Promise<void> {
  const portion = new Portion();
  for (let over = false; !over; await checkpoints.pass) {
    let began: number | undefined;
    over = await committer.write(() => {
      if (checkpoints.pass) return false;
      began = clock.monotonic();
      return piece(portion.rows);
    });
    if (began !== undefined) portion.took(clock.monotonic() - began);
  }
}
