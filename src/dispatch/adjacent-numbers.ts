import { hundredsAround, Neighbours } from './neighbours.ts';

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
  readonly #seen = new Neighbours();
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
  blocks(e164: string, beside: Neighbours, now: number): Block | undefined {
    if (!this.watches) return undefined;
    const hundreds = hundredsAround(e164);
    const [own] = hundreds;
    const until = this.#blocked.get(own);
    if (until !== undefined && until > now) return { prefix: String(own), until, isNew: false };
    if (!this.areTooMany(e164, beside, now)) return undefined;
    // Where they run over into the next hundred, that is blocked with them.
    for (const one of hundreds) this.#blocked.set(one, now + BLOCK);
    return { prefix: String(own), until: now + BLOCK, isNew: true };
  }

  /** Whether one more of them is too many, block or no block. */
  areTooMany(e164: string, beside: Neighbours | undefined, now: number): boolean {
    if (!this.watches) return false;
    const near = this.#seen.of(e164, now - WINDOW);
    return new Set([...near, ...(beside?.of(e164, now - WINDOW) ?? [])]).size >= this.#most;
  }

  /** A message to this number is taken. */
  take(e164: string, now: number): void {
    if (!this.watches) return;
    this.#seen.forget(now - WINDOW);
    for (const [hundred, until] of this.#blocked) if (until <= now) this.#blocked.delete(hundred);
    this.#seen.add(e164, now);
  }
}
