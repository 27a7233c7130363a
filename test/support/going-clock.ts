import { sleep, systemClock } from '../../src/base/clock.ts';
import { FakeClock } from './fake-clock.ts';

/** Real milliseconds between two ticks. */
const TICK = 20;

/** Time that begins where a test says, goes by as real time does, and is skipped when somebody asks. */
export class GoingClock extends FakeClock {
  /** What moves it, one after the other. */
  #line: Promise<void> = Promise.resolve();
  #stopped = false;

  /** Lets this much pass at once, all that falls due in it included, milliseconds. */
  skip(ms: number): Promise<void> {
    this.#line = this.#line.then(() => this.advance(ms));
    return this.#line;
  }

  /** Goes by itself until it is stopped. */
  async go(): Promise<void> {
    let last = systemClock.monotonic();
    while (!this.#stopped) {
      await sleep(systemClock, TICK);
      const passed = Math.round(systemClock.monotonic() - last);
      await this.skip(passed);
      last += passed;
    }
  }

  stop(): void {
    this.#stopped = true;
  }
}
