import { DAY } from '../policy/local-date.ts';
import { instantOf, localTime, monthsAfter } from '../policy/local-time.ts';
import type { Repeats } from '../store/records/occasion.ts';

/**
 * The n-th time of what comes again, 0 being the first: at the same time of day by the clocks of the zone. What is on the 29th of
 * February, or the 31st of a month, is on the last day of a month that is shorter; it stays the 29th in the years that have one.
 */
function occurrence(startsAt: number, { every, unit }: Repeats, n: number, zone: string): number {
  if (n === 0) return startsAt;
  const { day, time } = localTime(zone, startsAt);
  const later = unit === 'day' ? day + n * every : monthsAfter(day, n * every * (unit === 'year' ? 12 : 1));
  return instantOf(zone, { day: later, time });
}

/** Days that a unit has at most, so that a guess is never past the occurrence that is looked for. */
const LONGEST = { day: 1, month: 31, year: 366 } as const;

/** The first occurrence that is not before `from`. */
export function occurrenceFrom(startsAt: number, repeats: Repeats, from: number, zone: string): number {
  let n = Math.max(0, Math.floor((from - startsAt) / (repeats.every * LONGEST[repeats.unit] * DAY)));
  for (;;) {
    const at = occurrence(startsAt, repeats, n, zone);
    if (at >= from) return at;
    n += 1;
  }
}
