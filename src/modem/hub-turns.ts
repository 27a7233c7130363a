import type { Clock } from '../base/clock.ts';
import { type Deferred, deferred } from '../base/waits.ts';

/** Milliseconds between two beginnings on one hub: a transmitter that begins draws most. */
const APART = 100;

interface Hub {
  /** Segments on the air. */
  under: number;
  /** When the next may begin, milliseconds of the monotonic clock. */
  nextAt: number;
  readonly waiting: Deferred<void>[];
}

/**
 * Modems on one USB hub share its supply, so their transmissions begin a little apart, as do their starts, and no more than so
 * many go on at a time where somebody has set a limit. What is on no hub of this machine has no turn to wait for.
 */
export class HubTurns {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #hubs = new Map<string, Hub>();

  /** @param limit transmissions at a time on one hub; 0: as many as there are modems */
  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** Whether there is a limit, so that somebody may wait for an end. */
  get limited(): boolean {
    return this.#limit > 0;
  }

  /** Whether a transmission would have to wait for another to end. */
  isFull(hub: string | undefined): boolean {
    const under = hub === undefined ? 0 : (this.#hubs.get(hub)?.under ?? 0);
    return this.#limit > 0 && under >= this.#limit;
  }

  /** Resolves when a transmission may begin, with what ends its turn. */
  async transmit(hub: string | undefined): Promise<() => void> {
    if (hub === undefined) return () => undefined;
    const here = this.#of(hub);
    while (this.isFull(hub)) {
      const turn = deferred<void>();
      here.waiting.push(turn);
      await turn.promise;
    }
    here.under += 1;
    await this.begin(hub);
    return () => {
      here.under -= 1;
      here.waiting.shift()?.resolve();
    };
  }

  /** Resolves when something that draws much current may begin. */
  async begin(hub: string | undefined): Promise<void> {
    if (hub === undefined) return;
    const here = this.#of(hub);
    const now = this.#clock.monotonic();
    const at = Math.max(now, here.nextAt);
    here.nextAt = at + APART;
    if (at === now) return;
    const { promise, resolve } = deferred<void>();
    this.#clock.setTimer(at - now, resolve);
    await promise;
  }

  #of(hub: string): Hub {
    const known = this.#hubs.get(hub) ?? { under: 0, nextAt: Number.NEGATIVE_INFINITY, waiting: [] };
    this.#hubs.set(hub, known);
    return known;
  }
}
