import type { Clock } from '../base/clock.ts';
import type { Random } from '../base/random.ts';
import { Alarm } from '../base/waits.ts';

/** Between these, milliseconds; none where `most` is 0. */
export interface Gap {
  readonly least: number;
  readonly most: number;
}

/**
 * The pause between two offers of a SIM, of a length that nobody can foresee: texts that leave a card at the beat of a clock
 * are what operators look for. Other messages go meanwhile, and segments of one offer follow each other at once.
 */
export class OfferGap {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #gapOf: (iccid: string) => Gap;
  readonly #onOver: () => void;
  readonly #alarms = new Map<string, Alarm>();

  constructor(parts: { clock: Clock; random: Random; gapOf: (iccid: string) => Gap; onOver: () => void }) {
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#gapOf = parts.gapOf;
    this.#onOver = parts.onOver;
  }

  /** The last segment of an offer has gone. */
  begin(iccid: string): void {
    const { least, most } = this.#gapOf(iccid);
    if (most === 0) return;
    const alarm = this.#alarms.get(iccid) ?? new Alarm(this.#clock, this.#onOver);
    this.#alarms.set(iccid, alarm);
    alarm.in(Math.round(least + this.#random.float() * Math.max(0, most - least)));
  }

  /** Whether a SIM may begin an offer. */
  isOver(iccid: string): boolean {
    return !this.#alarms.get(iccid)?.pending;
  }

  stop(): void {
    for (const alarm of this.#alarms.values()) alarm.cancel();
  }
}
