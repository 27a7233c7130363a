/** Numbers less than this apart are next to each other: what a range that somebody rents looks like. */
const REACH = 100;

/** Numbers and when each was last written to, so that those next to one are found at once. */
export class Neighbours {
  /** By all of their digits but the last two, the oldest first. */
  readonly #seen = new Map<number, Map<number, number>>();

  /** @param at milliseconds since 1970 */
  add(e164: string, at: number): void {
    const number = numberOf(e164);
    const hundred = hundredOf(number);
    const seen = this.#seen.get(hundred) ?? new Map<number, number>();
    seen.set(number, at);
    // Put behind the others, so that the oldest come first.
    this.#seen.delete(hundred);
    this.#seen.set(hundred, seen);
  }

  /** Those next to a number that were written to after this, itself apart. */
  of(e164: string, after: number): number[] {
    const number = numberOf(e164);
    const near: number[] = [];
    for (const step of [-1, 0, 1]) {
      for (const [other, at] of this.#seen.get(hundredOf(number) + step) ?? []) {
        if (other !== number && Math.abs(other - number) < REACH && at > after) near.push(other);
      }
    }
    return near;
  }

  /** Forgets what was written to until then. */
  forget(until: number): void {
    for (const [hundred, seen] of this.#seen) {
      for (const [number, at] of seen) if (at <= until) seen.delete(number);
      if (seen.size > 0) break;
      this.#seen.delete(hundred);
    }
  }
}

const numberOf = (e164: string): number => Number(e164.slice(1));

/** All digits of a number but the last two. */
const hundredOf = (number: number): number => Math.floor(number / REACH);

/** The hundreds in which the numbers next to one lie, its own first. */
export function hundredsAround(e164: string): [own: number, ...others: number[]] {
  const number = numberOf(e164);
  return [hundredOf(number), hundredOf(number - REACH / 2), hundredOf(number + REACH / 2)];
}
