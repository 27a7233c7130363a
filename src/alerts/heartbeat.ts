import type { Clock, Timer } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { every } from '../base/waits.ts';

/** Milliseconds from one to the next, and for an answer. */
const BEAT = 60_000;
const PATIENCE = 10_000;

/**
 * Asks an address each minute that somebody else watches: a box without power or network cannot complain, so its silence must.
 * While the store cannot be read it is silent too.
 */
export class Heartbeat {
  readonly #parts: {
    readonly fetch: typeof fetch;
    readonly url: string;
    readonly clock: Clock;
    readonly log: Log;
    isAlive(): boolean;
  };
  #timer: Timer | undefined;
  #asking: AbortController | undefined;
  #failed = false;

  constructor(parts: { fetch: typeof fetch; url: string; clock: Clock; log: Log; isAlive(): boolean }) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = every(this.#parts.clock, BEAT, () => void this.beat());
    void this.beat();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#asking?.abort();
  }

  /** One beat. Never rejects. */
  async beat(): Promise<void> {
    const { fetch, url, clock, log, isAlive } = this.#parts;
    if (!isAlive() || this.#asking) return;
    const asking = new AbortController();
    this.#asking = asking;
    const late = clock.setTimer(PATIENCE, () => asking.abort());
    try {
      const response = await fetch(url, { signal: asking.signal, redirect: 'manual' });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      if (this.#failed) log.info('the heartbeat is heard again');
      this.#failed = false;
    } catch (error) {
      // Once: it is tried again each minute, and whoever watches it sees that nothing comes. The address may hold a token.
      if (!this.#failed) log.warn({ why: error instanceof Error ? error.message : 'unknown' }, 'the heartbeat is not heard');
      this.#failed = true;
    } finally {
      late.cancel();
      this.#asking = undefined;
    }
  }
}
