/**
 * Whose turn it is. Between purposes the more urgent goes first, always; but each of the others is sure of its floor, one of
 * every ten segments of a SIM while it waits, so that a flood of codes does not shut up a clinic. Within a purpose the API
 * keys take turns by weight (start-time fair queuing), so that a key with ten thousand offers in the queue does not make one
 * with ten wait for the end of them.
 *
 * All of it is counted in memory, for what waits now: a process that starts anew begins a new round.
 */

/** Of so many segments in a row through one SIM, each purpose that waits gets one. */
const FLOOR = 10;

/** Segments of others that a SIM has sent while a purpose waited, by rank. */
export type Waited = ReadonlyMap<number, number>;

/**
 * The rank that is served next.
 * @param waiting ranks with something to send, most urgent first
 * @returns undefined when nothing waits
 */
export function nextRank(waiting: readonly number[], waited: Waited): number | undefined {
  const [top, ...others] = waiting;
  // Several may come to their floor at once: those that go last begin that much sooner.
  const due = others.filter((rank, i) => (waited.get(rank) ?? 0) >= FLOOR - 1 - i);
  return due.sort((a, b) => (waited.get(b) ?? 0) - (waited.get(a) ?? 0) || a - b)[0] ?? top;
}

/** What each purpose has waited once `served` had its turn; what does not wait has waited for nothing. */
export function afterTurn(waiting: readonly number[], waited: Waited, served: number): Waited {
  return new Map(waiting.filter((rank) => rank !== served).map((rank) => [rank, (waited.get(rank) ?? 0) + 1]));
}

/** The turns of the keys within one purpose. */
export class Shares {
  /** Where each key's next segment begins, in segments of a key of weight 1. */
  readonly #begins = new Map<string, number>();
  /** Where the segment served last began: a key that comes back begins there, with nothing saved up. */
  #now = 0;

  /** The key whose turn it is; of equal ones the first. */
  next(keys: readonly string[]): string | undefined {
    let best: string | undefined;
    for (const key of keys) if (best === undefined || this.#begin(key) < this.#begin(best)) best = key;
    return best;
  }

  served(key: string, weight: number): void {
    this.#now = this.#begin(key);
    this.#begins.set(key, this.#now + 1 / weight);
    // Those that are behind would begin here anyhow.
    for (const [other, begin] of this.#begins) if (begin <= this.#now) this.#begins.delete(other);
  }

  #begin(key: string): number {
    return Math.max(this.#begins.get(key) ?? 0, this.#now);
  }
}
