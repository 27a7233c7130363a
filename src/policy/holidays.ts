import data from './data/holidays.json' with { type: 'json' };
import { easterSunday } from './easter.ts';
import { dateOf, dayOf, readDay, weekdayOf } from './local-date.ts';

interface Calendar {
  readonly fixed: readonly string[];
  readonly easter?: { readonly calendar: string; readonly days: readonly number[] };
  readonly weekdays?: readonly (readonly number[])[];
  readonly dates?: readonly string[];
}

const CALENDARS: ReadonlyMap<string, Calendar> = new Map(Object.entries(data.countries));

/** Countries whose holidays are known. */
export const HOLIDAY_COUNTRIES: readonly string[] = [...CALENDARS.keys()];

const years = new Map<string, ReadonlySet<number>>();

/** Whether a day (days since 1970-01-01) is a holiday of a country; never for a country of which none are known. */
export function isHoliday(country: string, day: number): boolean {
  const calendar = CALENDARS.get(country);
  if (!calendar) return false;
  const { year } = dateOf(day);
  const name = `${country} ${year}`;
  let days = years.get(name);
  if (!days) {
    days = daysOf(calendar, year);
    years.set(name, days);
  }
  return days.has(day);
}

function daysOf({ fixed, easter, weekdays = [], dates = [] }: Calendar, year: number): ReadonlySet<number> {
  const sunday = easter && easterSunday(year, easter.calendar === 'orthodox' ? 'orthodox' : 'western');
  return new Set([
    ...fixed.flatMap((date) => readDay(`${year}-${date}`) ?? []),
    ...(sunday === undefined ? [] : (easter?.days ?? []).map((after) => sunday + after)),
    ...weekdays.map(([month = 1, weekday = 0, nth = 1]) => nthWeekday(year, month, weekday, nth)),
    ...dates.flatMap((date) => readDay(date) ?? []),
  ]);
}

/** @param nth 1 for the first of the month; -1 for the last */
function nthWeekday(year: number, month: number, weekday: number, nth: number): number {
  if (nth > 0) {
    const first = dayOf(year, month, 1);
    return first + ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7;
  }
  const last = dayOf(year, month + 1, 0);
  return last - ((weekdayOf(last) - weekday + 7) % 7) + (nth + 1) * 7;
}
