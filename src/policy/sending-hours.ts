import { append, inBoth, type Stretch } from '../base/stretch.ts';
import { isHoliday } from './holidays.ts';
import { DAY, weekdayOf } from './local-date.ts';
import type { Recipient } from './recipient.ts';
import { offsetsOf } from './zone-offsets.ts';

/** What quiet hours are kept for: a code and an alarm are welcome at any hour. */
export type QuietPurpose = 'service' | 'promotional';

/** A day of the week, 0 for Sunday to 6 for Saturday, or any that is a holiday where the recipient is. */
export type QuietDay = number | 'holiday';

/** When nothing of a purpose is sent, by the clock on the recipient's wall. */
export interface QuietHours {
  readonly purpose: QuietPurpose;
  /** The days on which it begins. */
  readonly days: ReadonlySet<QuietDay>;
  /** Minutes since midnight. `to` is the first that is open again; where it is not after `from`, it is one of the next day. */
  readonly from: number;
  readonly to: number;
}

const MINUTE = 60_000;
const MINUTES = 24 * 60;

/** Days that are searched for one that is open. */
const HORIZON = 31;

/** Days remembered, of every set of zones that is written to. */
const REMEMBERED = 10_000;

/**
 * When recipients may be written to: by quiet hours, holidays, and the clocks of all the zones in which a recipient may be.
 * A local time that a change of the clocks leaves out is not missed, and one that comes twice counts twice: each instant is
 * judged by what the clocks there show.
 */
export class SendingHours {
  #quiet: readonly QuietHours[];
  #closed: ReadonlySet<number>;
  readonly #days = new Map<string, readonly Stretch[]>();

  /** @param closed the site's own holidays, days since 1970-01-01 */
  constructor(quiet: readonly QuietHours[], closed: ReadonlySet<number>) {
    this.#quiet = quiet;
    this.#closed = closed;
  }

  /** The site has changed them: from now on these are kept. */
  become(quiet: readonly QuietHours[], closed: ReadonlySet<number>): void {
    this.#quiet = quiet;
    this.#closed = closed;
    this.#days.clear();
  }

  /** As they were given: for whoever shows them. */
  get quiet(): readonly QuietHours[] {
    return this.#quiet;
  }

  /** The site's own holidays, days since 1970-01-01. */
  get closed(): ReadonlySet<number> {
    return this.#closed;
  }

  isOpen(purpose: QuietPurpose, to: Recipient, at: number): boolean {
    return this.#openIn(purpose, to, Math.floor(at / DAY)).some((stretch) => stretch.from <= at && at < stretch.to);
  }

  /** What is open first at `at` or after it, from there on; undefined where nothing is in a month. */
  after(purpose: QuietPurpose, to: Recipient, at: number): Stretch | undefined {
    const today = Math.floor(at / DAY);
    for (let day = today; day <= today + HORIZON; day += 1) {
      const stretch = this.#openIn(purpose, to, day).find((open) => open.to > at);
      if (!stretch) continue;
      const [further] = stretch.to === (day + 1) * DAY ? this.#openIn(purpose, to, day + 1) : [];
      return { from: Math.max(at, stretch.from), to: further?.from === stretch.to ? further.to : stretch.to };
    }
    return undefined;
  }

  /** What is open last before `at`, and not before `earliest`. */
  before(purpose: QuietPurpose, to: Recipient, at: number, earliest: number): Stretch | undefined {
    for (let day = Math.floor(at / DAY); (day + 1) * DAY > earliest; day -= 1) {
      const stretch = this.#openIn(purpose, to, day).findLast((open) => open.from < at);
      if (!stretch) continue;
      const earlier = stretch.from === day * DAY ? this.#openIn(purpose, to, day - 1).at(-1) : undefined;
      const from = Math.max(earliest, earlier?.to === stretch.from ? earlier.from : stretch.from);
      const end = Math.min(at, stretch.to);
      return from < end ? { from, to: end } : undefined;
    }
    return undefined;
  }

  /** What is open in a day of UTC, in every zone at once. */
  #openIn(purpose: QuietPurpose, to: Recipient, day: number): readonly Stretch[] {
    const name = `${purpose} ${day} ${to.country} ${to.zones.join()}`;
    const known = this.#days.get(name);
    if (known) return known;
    let open: readonly Stretch[] = [{ from: day * DAY, to: (day + 1) * DAY }];
    for (const zone of to.zones) open = inBoth(open, this.#openInZone(purpose, to.country, zone, day));
    if (this.#days.size >= REMEMBERED) this.#days.clear();
    this.#days.set(name, open);
    return open;
  }

  #openInZone(purpose: QuietPurpose, country: string | null, zone: string, day: number): readonly Stretch[] {
    const open: Stretch[] = [];
    for (const { from, to, offset } of offsetsOf(zone, day)) {
      const [first, last] = [from + offset, to + offset];
      for (let local = Math.floor(first / DAY); local * DAY < last; local += 1) {
        for (const stretch of this.#openOn(purpose, country, local)) {
          append(open, {
            from: Math.max(first, local * DAY + stretch.from) - offset,
            to: Math.min(last, local * DAY + stretch.to) - offset,
          });
        }
      }
    }
    return open;
  }

  /** What is open on a day by the clock there, milliseconds since its midnight. */
  #openOn(purpose: QuietPurpose, country: string | null, day: number): readonly Stretch[] {
    let open: readonly Stretch[] = [{ from: 0, to: DAY }];
    for (const { purpose: of, days, from, to } of this.#quiet) {
      if (of !== purpose) continue;
      const overnight = to <= from;
      if (this.#isOn(days, country, day)) {
        open = inBoth(open, outside(from, overnight ? MINUTES : to));
      }
      if (overnight && this.#isOn(days, country, day - 1)) open = inBoth(open, outside(0, to));
    }
    return open;
  }

  #isOn(days: ReadonlySet<QuietDay>, country: string | null, day: number): boolean {
    if (days.has(weekdayOf(day))) return true;
    return days.has('holiday') && (this.#closed.has(day) || (country !== null && isHoliday(country, day)));
  }
}

/** A day less what is between these minutes. */
function outside(from: number, to: number): Stretch[] {
  const stretchs = [
    { from: 0, to: from * MINUTE },
    { from: to * MINUTE, to: DAY },
  ];
  return stretchs.filter((stretch) => stretch.from < stretch.to);
}
