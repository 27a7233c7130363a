import { planMonth } from '../base/plan-month.ts';
import type { Stretch } from '../base/stretch.ts';
import type { CapName, SimCaps } from './records/plan.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** One limit of a SIM at a moment. */
export interface Window {
  readonly name: CapName;
  /** Counts different recipients; otherwise segments. */
  readonly unique: boolean;
  readonly limit: number;
  /** Of these at most so many offers, so that a flood of them leaves room for what cannot wait. Of a cap of one, that one. */
  readonly offers: number;
  /** What was counted after this, by plan time, is within. */
  readonly since: number;
  /** When what was counted then is within no more, by plan time. */
  leaves(countedAt: number): number;
}

const LENGTHS = { perMinute: MINUTE, perHour: HOUR, perDay: DAY, uniquePerDay: DAY } as const;

/** The limits of a SIM that are not 0, shortest first. The months of SIMs are looked up once each. */
export class PlanWindows {
  readonly #timeZone: string;
  readonly #months = new Map<number, Stretch>();

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /**
   * @param at plan time
   * @param now wall time: a month is one of the calendar. It is counted as so long a stretch of plan time, so that a clock
   *   that is set back over a reset day finds again what went in the month before.
   */
  of(caps: SimCaps, at: number, now: number): Window[] {
    const sliding = (name: keyof typeof LENGTHS, unique: boolean): Window[] =>
      this.#window(name, unique, caps[name], at - LENGTHS[name], (countedAt) => countedAt + LENGTHS[name]);
    const monthly = (name: 'perMonth' | 'uniquePerMonth', unique: boolean): Window[] => {
      if (caps[name] === 0) return [];
      const month = this.#month(caps.resetDay, now);
      return this.#window(name, unique, caps[name], at - (now - month.from), () => at + (month.to - now));
    };
    return [
      ...sliding('perMinute', false),
      ...sliding('perHour', false),
      ...sliding('perDay', false),
      ...monthly('perMonth', false),
      ...sliding('uniquePerDay', true),
      ...monthly('uniquePerMonth', true),
    ];
  }

  #window(name: CapName, unique: boolean, limit: number, since: number, leaves: (countedAt: number) => number): Window[] {
    return limit === 0 ? [] : [{ name, unique, limit, offers: Math.max(1, Math.floor(limit / 2)), since, leaves }];
  }

  #month(resetDay: number, now: number): Stretch {
    const known = this.#months.get(resetDay);
    if (known && known.from <= now && now < known.to) return known;
    const month = planMonth(now, resetDay, this.#timeZone);
    this.#months.set(resetDay, month);
    return month;
  }
}
