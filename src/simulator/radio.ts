import type { Clock } from '../base/clock.ts';

/** The one transmitter of a modem: a segment at a time, each for its radio time. */
export class Radio {
  /** Milliseconds that segments which were sent whole were on the air, as the clock went. */
  busyMs = 0;
  /** How many those are. */
  transmissions = 0;
  #freeAt = 0;

  constructor(
    private readonly clock: Clock,
    private readonly after: (ms: number, fn: () => void) => void,
  ) {}

  /** Calls `fn` when the radio is free and then `radioMs` are over. */
  send(radioMs: number, fn: () => void): void {
    const now = this.clock.monotonic();
    const begins = Math.max(now, this.#freeAt);
    this.#freeAt = begins + radioMs;
    this.after(this.#freeAt - now, () => {
      this.busyMs += this.clock.monotonic() - begins;
      this.transmissions += 1;
      fn();
    });
  }

  /** Power went: what was on the air is lost. */
  off(): void {
    this.#freeAt = 0;
  }
}
