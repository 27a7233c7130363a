import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { Alarm } from '../base/waits.ts';
import type { Store } from '../store/store.ts';

/** However far away the next thing due is, the clock on the wall is looked at again after this, milliseconds. */
const LONGEST_SLEEP = 60_000;

/** When what is due could not be looked after, it is tried again after this, milliseconds. */
const REST_AFTER_FAULT = 1000;

/** Uncertain attempts decided in one go. */
const DECISIONS = 100;

/**
 * Looks after what falls due: held messages, expired ones, uncertain attempts with a decision to take. It sleeps until the
 * next of them, learns of earlier ones meanwhile (`expect`), and tells each time that it has looked (`onTended`).
 */
export class Due {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onTended: () => Promise<void>;
  readonly #alarm: Alarm;
  #at = Number.POSITIVE_INFINITY;
  #running = false;
  #tending: Promise<void> | undefined;

  constructor(parts: { store: Store; clock: Clock; log: Log; onTended: () => Promise<void> }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#onTended = parts.onTended;
    this.#alarm = new Alarm(parts.clock, () => this.#tend());
  }

  /** Looks at once, and from then on in time. */
  start(): void {
    this.#running = true;
    this.#tend();
  }

  /** Begins no more; resolves when what was begun is done. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#alarm.cancel();
    await this.#tending;
  }

  /** Something falls due then: makes sure that it is looked at. */
  expect(at: number): void {
    if (at >= this.#at) return;
    this.#at = at;
    this.#setAlarm();
  }

  #setAlarm(): void {
    if (!this.#running || this.#tending) return;
    this.#alarm.in(Math.min(Math.max(0, this.#at - this.#clock.now()), LONGEST_SLEEP));
  }

  #tend(): void {
    if (!this.#running || this.#tending) return;
    this.#tending = this.#tendOnce()
      .catch((error: unknown) => {
        this.#log.error({ err: error }, 'what is due could not be looked after');
        this.#at = this.#clock.now() + REST_AFTER_FAULT;
      })
      .finally(() => {
        this.#tending = undefined;
        this.#setAlarm();
      });
  }

  async #tendOnce(): Promise<void> {
    this.#at = Number.POSITIVE_INFINITY;
    const now = this.#clock.now();
    await this.#store.promote(now);
    for (const attempt of await this.#store.undecided(now, DECISIONS)) {
      await this.#store.decide(attempt.attemptId, 'resend', now);
      this.#log.warn({ message: attempt.messageId }, 'an uncertain segment is sent again by rule, as a possible duplicate');
    }
    const next = await this.#store.nextDue();
    if (next !== undefined) this.#at = Math.min(this.#at, next);
    await this.#onTended();
  }
}
