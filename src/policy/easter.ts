import { dayOf } from './local-date.ts';

/** Days by which the Julian calendar is behind, 1900 to 2099. */
const JULIAN_BEHIND = 13;

/**
 * Easter Sunday, as a day since 1970-01-01.
 * @param calendar `western`: by the Gregorian calendar (Meeus, Jones and Butcher). `orthodox`: by the Julian one (Meeus), told in the
 *   Gregorian; 1900 to 2099
 */
export function easterSunday(year: number, calendar: 'western' | 'orthodox'): number {
  return calendar === 'western' ? western(year) : orthodox(year);
}

function western(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const march = h + l - 7 * m + 22;
  return dayOf(year, 3, march);
}

function orthodox(year: number): number {
  const d = (19 * (year % 19) + 15) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  return dayOf(year, 3, d + e + 22 + JULIAN_BEHIND);
}
