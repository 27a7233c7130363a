import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';

/** Modems that go within so many milliseconds of each other went for one reason. */
const TOGETHER = 2_000;

/** For so long nothing is started anew after that, milliseconds: all of them come back by themselves, or none would. */
const PATIENCE = 120_000;

/** Milliseconds from its beginning in which what goes is counted. */
const COUNTED = 10_000;

/** Outages that are remembered for those who did not come back since. */
const MOST_SPANS = 16;

/**
 * Several modems lost at one moment: the power, or the hub (requirement M11). Told once, for all of them: what is lost while it is
 * on belongs to it, and whoever of them is not back is no trouble of its own.
 */
export class Outage {
  readonly #lost = new Map<string, number>();
  /** The ports of the last one. */
  #ports: ReadonlySet<string> = new Set();
  /** From when to when they were on, milliseconds of the monotonic clock; the last one at the end. */
  #spans: readonly { readonly from: number; readonly until: number }[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly log: Log,
    /** Several went at once. */
    private readonly begun: () => void = () => undefined,
  ) {}

  /** Whether it is on. */
  get on(): boolean {
    return this.clock.monotonic() < (this.#spans.at(-1)?.until ?? Number.NEGATIVE_INFINITY);
  }

  /** How many went in the last one. */
  get size(): number {
    return this.#ports.size;
  }

  /** Whether one that was lost at that time, milliseconds of the monotonic clock, went with others. */
  took(lostAt: number | undefined): boolean {
    return lostAt !== undefined && this.#spans.some(({ from, until }) => lostAt >= from && lostAt < until);
  }

  /** A modem that had been of use is gone, or answers no more. */
  lost(port: string): void {
    const now = this.clock.monotonic();
    this.#lost.set(port, now);
    for (const [name, at] of this.#lost) if (now - at > TOGETHER) this.#lost.delete(name);
    if (this.#lost.size < 2) return;
    const begins = !this.on;
    const from = begins ? Math.min(...this.#lost.values()) : (this.#spans.at(-1)?.from ?? now);
    const before = begins ? this.#spans : this.#spans.slice(0, -1);
    this.#spans = [...before, { from, until: now + PATIENCE }].slice(-MOST_SPANS);
    // One that goes again may have come back under another name.
    if (now - from <= COUNTED) this.#ports = new Set([...(begins ? [] : this.#ports), ...this.#lost.keys()]);
    if (!begins) return;
    this.log.warn({ ports: [...this.#ports] }, 'several modems went at once: look at the power and the USB hub');
    this.begun();
  }
}
