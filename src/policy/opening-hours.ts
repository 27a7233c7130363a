import { append, type Stretch } from '../base/stretch.ts';
import { isHoliday } from './holidays.ts';
import { DAY, weekdayOf } from './local-date.ts';
import type { QuietDay } from './sending-hours.ts';
import { offsetsOf } from './zone-offsets.ts';

/** When somebody is there, by the clock of the site. */
export interface Opening {
  /** On a holiday only what names `holiday` counts. */
  readonly days: ReadonlySet<QuietDay>;
  /** Minutes since midnight. Where `to` is not after `from`, it is one of the next day. */
  readonly from: number;
  readonly to: number;
}

/** Whether a site is open at an instant; where it is not, since when and until when, as far as that can be seen. */
export type Presence = { readonly open: true } | { readonly open: false; readonly since: number; readonly until: number | null };

const MINUTE = 60_000;

/** Days that are looked at each way. */
const HORIZON = 14;

export interface OpeningPlace {
  readonly timeZone: string;
  readonly country: string | undefined;
  /** The site's own holidays, days since 1970-01-01. */
  readonly closed: ReadonlySet<number>;
}

/** Whether the site is open at `at`. Pure. */
export function presenceAt(openings: readonly Opening[], place: OpeningPlace, at: number): Presence {
  const today = Math.floor(at / DAY);
  const open: Stretch[] = [];
  for (let day = today - HORIZON; day <= today + HORIZON; day += 1) {
    for (const { from, to, offset } of offsetsOf(place.timeZone, day)) {
      const found = stretchesIn(openings, place, from + offset, to + offset);
      for (const stretch of found) append(open, { from: stretch.from - offset, to: stretch.to - offset });
    }
  }
  if (open.some(({ from, to }) => from <= at && at < to)) return { open: true };
  const since = open.findLast(({ to }) => to <= at)?.to ?? (today - HORIZON) * DAY;
  return { open: false, since, until: open.find(({ from }) => from > at)?.from ?? null };
}

/** What is open in a stretch of local time, in order and without overlaps. */
function stretchesIn(openings: readonly Opening[], place: OpeningPlace, first: number, last: number): Stretch[] {
  const found: Stretch[] = [];
  for (let day = Math.floor(first / DAY) - 1; day * DAY < last; day += 1) {
    const isRest = place.closed.has(day) || (place.country !== undefined && isHoliday(place.country, day));
    for (const { days, from, to } of openings) {
      if (!days.has(isRest ? 'holiday' : weekdayOf(day))) continue;
      const begin = Math.max(first, day * DAY + from * MINUTE);
      const end = Math.min(last, day * DAY + (to <= from ? to * MINUTE + DAY : to * MINUTE));
      if (begin < end) found.push({ from: begin, to: end });
    }
  }
  return merged(found.sort((a, b) => a.from - b.from));
}

function merged(stretches: readonly Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  for (const stretch of stretches) {
    const last = out.at(-1);
    if (last && stretch.from <= last.to) out[out.length - 1] = { from: last.from, to: Math.max(last.to, stretch.to) };
    else out.push(stretch);
  }
  return out;
}
