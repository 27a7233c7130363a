import { type Clock, sleep, systemClock, type Timer } from '../../src/base/clock.ts';

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly fn: () => void;
}

const turns = async (): Promise<void> => {
  // Several turns of the event loop, since what a timer starts may itself wait for commits and streams.
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Time that stands still until a test moves it. */
export class FakeClock implements Clock {
  #wall: number;
  #mono = 0;
  #order = 0;
  #waiting: Waiting[] = [];
  /** What else has to come to rest before time moves on, such as a store whose checkpoint takes real time. */
  atRest: (() => Promise<void>) | undefined;

  constructor(start = Date.UTC(2026, 10, 22, 10, 0, 0)) {
    this.#wall = start;
  }

  now(): number {
    return this.#wall;
  }

  monotonic(): number {
    return this.#mono;
  }

  setTimer(delay: number, fn: () => void): Timer {
    const entry: Waiting = { at: this.#mono + Math.max(0, delay), order: this.#order++, fn };
    this.#waiting.push(entry);
    return {
      cancel: () => {
        this.#waiting = this.#waiting.filter((w) => w !== entry);
      },
    };
  }

  /** How many timers are set: a leak shows here. */
  get timers(): number {
    return this.#waiting.length;
  }

  /** Moves both clocks on, firing what falls due in order and letting its promises run. */
  async advance(ms: number): Promise<void> {
    const until = this.#mono + ms;
    await this.#settle();
    for (;;) {
      const next = this.#waiting.filter((w) => w.at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (!next) break;
      this.#waiting = this.#waiting.filter((w) => w !== next);
      this.#move(next.at - this.#mono);
      next.fn();
      await this.#settle();
    }
    this.#move(until - this.#mono);
    await this.#settle();
  }

  /**
   * Lets time go on until something is done, so many milliseconds at a time: what is asked of a server may wait for a timer there. Or for
   * the network and other threads, whose time is real: with a pause after each step no hours pass here while those take a moment.
   */
  async during<T>(work: Promise<T>, step = 20): Promise<T> {
    let waits = true;
    const done = work.finally(() => {
      waits = false;
    });
    while (waits) {
      await this.advance(step);
      if (waits) await sleep(systemClock, 1);
    }
    return done;
  }

  /** Steps wall time alone, as NTP does. */
  step(ms: number): void {
    this.#wall += ms;
  }

  async #settle(): Promise<void> {
    await turns();
    if (!this.atRest) return;
    await this.atRest();
    await turns();
  }

  #move(ms: number): void {
    this.#wall += ms;
    this.#mono += ms;
  }
}
