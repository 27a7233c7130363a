/** RFC 3339 5.6: date, `T`, time, fraction if any; the offset is never left out. `T` and `Z` also in lower case. */
const WRITTEN = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:Z|[+-](\d\d):(\d\d))$/i;

const FIRST = Date.parse('0000-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * An instant as RFC 3339 writes it, in milliseconds since 1970; undefined for what is none. `Date.parse` alone would make 2 March
 * of 30 February and the next midnight of 24:00. Leap seconds are not taken, since no clock here can tell them.
 */
export function readInstant(written: string): number | undefined {
  const parts = WRITTEN.exec(written)?.slice(1).map(Number);
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offsetHour = 0, offsetMinute = 0] = parts;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  // A group that did not take part is NaN, and no comparison with that holds.
  if (offsetHour > 23 || offsetMinute > 59) return undefined;
  const ms = Date.parse(written.toUpperCase());
  // The offset can lead to a year that has no four digits, and could not be written again.
  return ms >= FIRST && ms <= LAST ? ms : undefined;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
