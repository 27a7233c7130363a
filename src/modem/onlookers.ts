import type { Clock, Timer } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { every } from '../base/waits.ts';
import type { PortSource } from './ports.ts';
import type { Seat } from './seat.ts';

/** Milliseconds between looks: another opener is named within ten seconds (requirement M05). */
const PERIOD = 8_000;

/**
 * Looks who else has our ports open while we use them: a program that runs as root can open them in spite of us, and then
 * takes answers that were ours.
 */
export class Onlookers {
  readonly #ports: PortSource;
  readonly #log: Log;
  readonly #seats: () => readonly Seat[];
  readonly #changed: () => void;
  readonly #timer: Timer;
  #seen: ReadonlyMap<string, readonly string[]> = new Map();
  #looking = false;

  constructor(parts: { ports: PortSource; clock: Clock; log: Log; seats: () => readonly Seat[]; changed: () => void }) {
    this.#ports = parts.ports;
    this.#log = parts.log;
    this.#seats = parts.seats;
    this.#changed = parts.changed;
    this.#timer = every(parts.clock, PERIOD, () => void this.#look());
  }

  stop(): void {
    this.#timer.cancel();
  }

  /** Who else has the port of a seat open, for a sentence: `minicom (process 1234)`; undefined where nobody is seen. */
  at(seat: Seat): string | undefined {
    return seat.device === undefined || !seat.modem?.session ? undefined : this.#seen.get(seat.device)?.join(' and ');
  }

  async #look(): Promise<void> {
    // A machine that is so slow that a look takes longer than the pause is not to be asked twice at once.
    if (this.#looking) return;
    this.#looking = true;
    const ours = this.#seats().flatMap(({ device, modem }) => (device !== undefined && modem?.session ? [device] : []));
    const seen = await this.#ports.openersOf(new Set(ours));
    this.#looking = false;
    const before = this.#seen;
    this.#seen = seen;
    let news = before.size !== seen.size;
    for (const [device, openers] of seen) {
      if (before.get(device)?.join() === openers.join()) continue;
      news = true;
      this.#log.warn({ port: device, openers }, 'another program has the port of a modem open; answers may get lost');
    }
    if (news) this.#changed();
  }
}
