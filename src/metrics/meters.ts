import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock } from '../base/clock.ts';
import { PURPOSES, type Purpose } from '../base/purpose.ts';
import type { Sample } from './exposition.ts';
import { Histogram, Tally } from './tallies.ts';

/** Milliseconds between two looks at the event loop: each costs a wake-up of the processor. */
const LOOK = 50;
/** For so long quantiles of the event loop are gathered before they begin anew, milliseconds. */
const WINDOW = 60_000;
/** Nanoseconds in a millisecond, and milliseconds in a second. */
const NS = 1e6;
const MS = 1000;

/** Upper ends of the buckets, seconds: a good disk syncs in one or two milliseconds, a poor card in hundreds. */
const COMMIT_BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

export interface LoopLag {
  /** Seconds. */
  readonly median: number;
  readonly p99: number;
  readonly max: number;
}

/** How a try to send a segment ended. */
interface Sent {
  readonly kind: 'ok' | 'refused' | 'not-sent' | 'unknown';
  readonly cause?: string;
}

/** What is counted as it happens, since this process began. All of it is a few additions in memory: nothing here asks the disk. */
export class Meters {
  readonly #clock: Clock;
  readonly attempts = new Tally();
  /** Seconds in which a SIM was busy with a segment. */
  readonly radio = new Tally();
  readonly commits = new Histogram(COMMIT_BOUNDS);
  readonly startedAt: number;
  readonly #accepted: Record<Purpose, number> = { otp: 0, urgent: 0, service: 0, promotional: 0 };
  readonly #loop: IntervalHistogram;
  #loopSince: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.startedAt = clock.now();
    this.#loop = monitorEventLoopDelay({ resolution: LOOK });
    this.#loopSince = clock.monotonic();
  }

  /** From now on the event loop is looked at. */
  start(): void {
    this.#loop.enable();
  }

  stop(): void {
    this.#loop.disable();
  }

  accepted(messages: readonly { readonly purpose: Purpose }[]): void {
    for (const { purpose } of messages) this.#accepted[purpose] += 1;
  }

  /** How many messages were accepted, by purpose. */
  acceptedSamples(): Sample[] {
    return PURPOSES.map((purpose) => ({ labels: { purpose }, value: this.#accepted[purpose] }));
  }

  /** @param ms how long a commit took, its fsync included */
  committed(ms: number): void {
    this.commits.observe(ms / MS);
  }

  /** Counts one try as it ends. */
  async watch<T extends Sent>(iccid: string, send: () => Promise<T>): Promise<T> {
    const began = this.#clock.monotonic();
    const outcome = await send();
    this.radio.add({ sim: iccid }, (this.#clock.monotonic() - began) / MS);
    this.attempts.add({ sim: iccid, outcome: outcome.kind, cause: outcome.cause ?? '' });
    return outcome;
  }

  /** How late the event loop ran of late: of a minute at most. */
  loopLag(): LoopLag {
    const seconds = (ns: number): number => Math.max(0, ns / NS - LOOK) / MS;
    const { max } = this.#loop;
    const lag = { median: seconds(this.#loop.percentile(50)), p99: seconds(this.#loop.percentile(99)), max: seconds(max) };
    const now = this.#clock.monotonic();
    if (now - this.#loopSince > WINDOW) {
      this.#loop.reset();
      this.#loopSince = now;
    }
    return lag;
  }
}
