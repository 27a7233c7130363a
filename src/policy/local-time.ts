import { DAY, dateOf, dayOf } from './local-date.ts';
import { offsetsOf } from './zone-offsets.ts';

/** A moment as the clocks of a zone show it: the day since 1970-01-01 and the milliseconds since its midnight. */
export interface LocalTime {
  readonly day: number;
  readonly time: number;
}

/** What the clocks of a zone show at an instant. @throws RangeError for a zone that does not exist */
export function localTime(zone: string, at: number): LocalTime {
  const day = Math.floor(at / DAY);
  const offset = offsetsOf(zone, day).find((stretch) => at < stretch.to)?.offset ?? 0;
  const local = at + offset;
  const localDay = Math.floor(local / DAY);
  return { day: localDay, time: local - localDay * DAY };
}

/**
 * The instant at which the clocks of a zone show this. A time that a change of the clocks leaves out is the first instant after
 * the gap, one that comes twice is the first of the two.
 */
export function instantOf(zone: string, { day, time }: LocalTime): number {
  const local = day * DAY + time;
  const stretches = [day - 1, day, day + 1].flatMap((utcDay) => offsetsOf(zone, utcDay));
  const shown = stretches.find(({ from, to, offset }) => from <= local - offset && local - offset < to);
  if (shown) return local - shown.offset;
  return stretches.find(({ from, offset }) => from > local - offset)?.from ?? local;
}

/** A day so many months later; where that month has no such day, its last one: 29 February is the 28th in most years. */
export function monthsAfter(day: number, months: number): number {
  const { year, month, date } = dateOf(day);
  const first = dayOf(year, month + months, 1);
  const last = dayOf(year, month + months + 1, 0);
  return Math.min(first + date - 1, last);
}
