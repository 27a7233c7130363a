import type { Clock, Timer } from '../base/clock.ts';

/** Timers that can all be cancelled together: by a power cut, or when the simulation ends. */
export class Timers {
  readonly #set = new Set<Timer>();

  constructor(private readonly clock: Clock) {}

  /** Calls `fn` once, `ms` milliseconds from now, unless all are cancelled first. */
  in(ms: number, fn: () => void): void {
    const timer = this.clock.setTimer(ms, () => {
      this.#set.delete(timer);
      fn();
    });
    this.#set.add(timer);
  }

  cancelAll(): void {
    for (const timer of this.#set) timer.cancel();
    this.#set.clear();
  }
}
