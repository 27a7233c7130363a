import type { Clock } from '../base/clock.ts';

/** How long one slice of a long piece of work may hold the event loop, milliseconds. */
const SLICE = 8;

/**
 * Lets long pieces of work take turns: a batch, a list of hundreds, a reader of events that catches up. Each is done in
 * slices, and in one round of the event loop only one slice of one of them runs, so that twenty such requests hold modems and
 * other clients no longer than one does.
 */
export class Slices {
  readonly #clock: Clock;
  #last: Promise<void> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when everything else had its turn and it is this one's. What is then done at once is one slice. */
  next(): Promise<void> {
    this.#last = this.#last.then(() => new Promise((resolve) => setImmediate(resolve)));
    return this.#last;
  }

  /** Calls `step` for 0 to `count - 1`, a few milliseconds of it in each slice. */
  async each(count: number, step: (i: number) => void): Promise<void> {
    let until = this.#clock.monotonic() + SLICE;
    for (let i = 0; i < count; i += 1) {
      step(i);
      if (this.#clock.monotonic() < until) continue;
      await this.next();
      until = this.#clock.monotonic() + SLICE;
    }
  }
}
