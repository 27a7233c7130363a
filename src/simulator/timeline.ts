import type { Clock } from '../base/clock.ts';
import type { Random } from '../base/random.ts';
import type { Span } from './network-options.ts';
import { Timers } from './timers.ts';

/** What is to happen in the network later, until it is closed. */
export class Timeline {
  readonly #timers: Timers;
  readonly #random: Random;
  #closed = false;

  constructor(clock: Clock, random: Random) {
    this.#timers = new Timers(clock);
    this.#random = random;
  }

  /** Milliseconds of a span: 0 for none, drawn anew each time for one from..to. */
  span(span: Span | undefined): number {
    if (span === undefined || typeof span === 'number') return span ?? 0;
    return span[0] + Math.floor(this.#random.float() * (span[1] - span[0] + 1));
  }

  /** Calls `fn` after `ms`, in a moment for 0: never within the caller's own turn. Nothing is called after `close`. */
  after(ms: number, fn: () => void): void {
    if (ms > 0 && !this.#closed) this.#timers.in(ms, fn);
    else {
      queueMicrotask(() => {
        if (!this.#closed) fn();
      });
    }
  }

  close(): void {
    this.#closed = true;
    this.#timers.cancelAll();
  }
}
