/** Days and weekdays of the proleptic Gregorian calendar, without any time zone: a day is a number, days since 1970-01-01. */

export const DAY = 86_400_000;

/** The day of a date. @param month 1 to 12; days past the end of a month run on into the next */
export function dayOf(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY;
}

/** 0 for Sunday to 6 for Saturday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Year, month (1 to 12) and day of the month. */
export function dateOf(day: number): { readonly year: number; readonly month: number; readonly date: number } {
  const at = new Date(day * DAY);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() };
}

/** The day of `2026-11-22`; undefined for what is no date that exists. */
export function readDay(written: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(written);
  if (!match) return undefined;
  const day = dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
  return writeDay(day) === written ? day : undefined;
}

/** A day as `2026-11-22`. */
export function writeDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
