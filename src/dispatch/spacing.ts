/** Lanes that come closer than half of this are parted by it, milliseconds. */
export const APART = 6;

/** All of them wait for each other at most this part of the time that a segment takes. */
const MOST_OF = 1 / 4;

/**
 * Keeps lanes out of step. Two that claim in one moment share a transaction, write to their modems in one moment and are
 * answered in one moment: once together they stay so, and at every segment each waits for the work of all. Transmitters
 * that start together also pull the supply of a hub down together. One short wait parts them, and a little play keeps
 * those that are parted from waiting again.
 */
export class Spacing {
  #last = Number.NEGATIVE_INFINITY;

  /**
   * Takes the next free moment. Where segments take hardly any time lanes are not kept apart: waits would be most of it.
   * @param now by the monotonic clock, milliseconds
   * @param segmentTakes how long a segment is under way, milliseconds
   * @param lanes how many send, 1 or more
   * @returns milliseconds until that moment; 0: now
   */
  take(now: number, segmentTakes: number, lanes: number): number {
    // Whole milliseconds, since timers know no others; and a lane that is alone is not in its own way.
    const apart = lanes < 2 ? 0 : Math.min(APART, Math.floor((segmentTakes * MOST_OF) / lanes));
    this.#last = now - this.#last < apart / 2 ? this.#last + apart : now;
    return this.#last - now;
  }
}
