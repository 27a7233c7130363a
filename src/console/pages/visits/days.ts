import { now } from '../../browser-clock.ts';
import { locale } from '../../i18n/language.ts';
import { fieldValue, instantAt } from '../../i18n/zoned.ts';
import { site } from '../../state/session.ts';

/** Days are written `2026-11-24`, and are those of the site. */

const DAY = 86_400_000;

export const dayOf = (at: number): string => fieldValue(at, site().timeZone).slice(0, 10);

export const dayToday = (): string => dayOf(now());

export const plusDays = (day: string, n: number): string => new Date(Date.parse(`${day}T00:00Z`) + n * DAY).toISOString().slice(0, 10);

/** Monday to Sunday, around a day. */
export function weekOf(day: string): string[] {
  const weekday = (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7;
  return Array.from({ length: 7 }, (_, n) => plusDays(day, n - weekday));
}

/** When a day begins at the site, as RFC 3339. */
export const beginOf = (day: string): string => instantAt(`${day}T00:00`, site().timeZone) ?? `${day}T00:00:00Z`;

const inWords = (day: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' }).format(Date.parse(`${day}T00:00Z`));

/** `вт`, and `24`. */
export const weekdayName = (day: string): string => inWords(day, { weekday: 'short' });
export const dayNumber = (day: string): string => inWords(day, { day: 'numeric' });
/** `вівторок, 24 листопада` */
export const dayName = (day: string): string => inWords(day, { weekday: 'long', day: 'numeric', month: 'long' });
