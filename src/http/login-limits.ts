import { hash } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';

/** Milliseconds that a failed try counts. */
const WINDOW = 900_000;
/** Tries that did not open, from one address at one account within that, and at one account from anywhere. */
const PER_PAIR = 5;
const PER_ACCOUNT = 10;
/** Tries of all at all accounts in a minute, right or wrong: each costs the box a tenth of a second. */
const MINUTE = 60_000;
const PER_MINUTE = 60;

/**
 * How often a password, or the code that goes with it, may be guessed. A try counts from its beginning, so that a thousand at once are
 * no way round, and ceases to when all of it was right. Accounts that do not exist count as those that do.
 */
export class LoginLimits {
  readonly #clock: Clock;
  readonly #failed = new Map<string, number[]>();
  #all: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Begins a try.
   * @returns to be called when it was right
   * @throws Fault `rateLimited`
   */
  begin(account: string, address: string): () => void {
    const now = this.#clock.monotonic();
    this.#all = this.#all.filter((at) => at > now - MINUTE);
    this.#tidy(now);
    const name = hash('sha256', account.toLowerCase(), 'hex');
    const limits = [
      { key: `${name} ${address}`, most: PER_PAIR },
      { key: name, most: PER_ACCOUNT },
    ];
    for (const { key, most } of limits) {
      const times = this.#timesOf(key, now);
      if (times.length >= most) {
        throw refusal('Too many failed tries for this name', Math.ceil(((times[0] ?? now) + WINDOW - now) / 1000));
      }
    }
    if (this.#all.length >= PER_MINUTE) {
      throw refusal('Too many people try to log in', Math.ceil(MINUTE / 1000));
    }
    this.#all.push(now);
    for (const { key } of limits) this.#failed.set(key, [...this.#timesOf(key, now), now]);
    return () => {
      for (const { key } of limits) this.#failed.delete(key);
    };
  }

  /** Forgets what counts no more; what still does is bounded by the tries of all. */
  #tidy(now: number): void {
    for (const key of this.#failed.keys()) if (this.#timesOf(key, now).length === 0) this.#failed.delete(key);
  }

  #timesOf(key: string, now: number): number[] {
    return (this.#failed.get(key) ?? []).filter((at) => at > now - WINDOW);
  }
}

const refusal = (what: string, seconds: number): Fault =>
  new Fault('rateLimited', `${what}: try again in ${seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`}.`, [], {
    retryAfter: seconds,
  });
