/** Numbers less than this apart are next to each other: what a range that somebody rents looks like. */
const REACH = 100;

/** What is older is forgotten, and so long a block holds, milliseconds. */
const WINDOW = 10 * 60_000;
const BLOCK = 3_600_000;

/** A block of numbers: how they begin, without the plus, and until when. */
export interface Block {
  readonly prefix: string;
  readonly until: number;
  /** Whether this is the first time that it shows. */
  readonly isNew: boolean;
}

/**
 * Watches for texts to one number after the other, which is how stolen keys and open forms make money for whoever rents
 * the numbers. Once there are as many different ones as allowed, all that begins like them is blocked for an hour.
 */
export class AdjacentNumbers {
  readonly #most: number;
  /** When each number was last written to, by all of its digits but the last two. */
  readonly #seen = new Map<number, Map<number, number>>();
  readonly #blocked = new Map<number, number>();

  /** @param most different numbers; 0 for no limit */
  constructor(most: number) {
    this.#most = most;
  }

  /** Whether there is a limit. */
  get watches(): boolean {
    return this.#most > 0;
  }

  /**
   * The block that keeps a message from a number; it may begin with this one.
   * @param beside numbers that are written to with it
   * @param now milliseconds since 1970
   */
  blocks(e164: string, beside: readonly string[], now: number): Block | undefined {
    if (!this.watches) return undefined;
    const number = numberOf(e164);
    const hundred = hundredOf(number);
    const until = this.#blocked.get(hundred);
    if (until !== undefined && until > now) return { prefix: String(hundred), until, isNew: false };
    if (!this.areTooMany(e164, beside, now)) return undefined;
    // Where they run over into the next hundred, that is blocked with them.
    const blocked = new Set([hundred, hundredOf(number - REACH / 2), hundredOf(number + REACH / 2)]);
    for (const one of blocked) this.#blocked.set(one, now + BLOCK);
    return { prefix: String(hundred), until: now + BLOCK, isNew: true };
  }

  /** Whether one more of them is too many, block or no block. */
  areTooMany(e164: string, beside: readonly string[], now: number): boolean {
    return this.watches && this.#near(numberOf(e164), beside.map(numberOf), now) >= this.#most;
  }

  /** A message to this number is taken. */
  take(e164: string, now: number): void {
    if (!this.watches) return;
    this.#forget(now);
    const number = numberOf(e164);
    const hundred = hundredOf(number);
    const seen = this.#seen.get(hundred) ?? new Map<number, number>();
    seen.set(number, now);
    // Put behind the others, so that the oldest come first.
    this.#seen.delete(hundred);
    this.#seen.set(hundred, seen);
  }

  /** Different numbers next to this one, besides itself. */
  #near(number: number, beside: readonly number[], now: number): number {
    const isNear = (other: number): boolean => other !== number && Math.abs(other - number) < REACH;
    const near = new Set(beside.filter(isNear));
    for (const step of [-1, 0, 1]) {
      for (const [other, at] of this.#seen.get(hundredOf(number) + step) ?? []) if (isNear(other) && at > now - WINDOW) near.add(other);
    }
    return near.size;
  }

  #forget(now: number): void {
    for (const [hundred, seen] of this.#seen) {
      for (const [number, at] of seen) if (at <= now - WINDOW) seen.delete(number);
      if (seen.size > 0) break;
      this.#seen.delete(hundred);
    }
    for (const [hundred, until] of this.#blocked) if (until <= now) this.#blocked.delete(hundred);
  }
}

const numberOf = (e164: string): number => Number(e164.slice(1));

const hundredOf = (number: number): number => Math.floor(number / REACH);
