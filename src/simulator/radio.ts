import type { Clock } from '../base/clock.ts';

/** The one transmitter of a modem: a segment at a time, each for its radio time. */
export class Radio {
  /** Milliseconds of radio time of segments that were sent whole. */
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
    this.#freeAt = Math.max(now, this.#freeAt) + radioMs;
    this.after(this.#freeAt - now, () => {
      this.busyMs += radioMs;
      this.transmissions += 1;
      fn();
    });
  }

  /** Power went: what was on the air is lost. */
  off(): void {
    this.#freeAt = 0;
  }
}
