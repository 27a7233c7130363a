import { now } from '../browser-clock.ts';
import { partWords } from '../parts/words.ts';
import { who } from '../state/session.ts';
import { language, locale } from './language.ts';

/** Times are those of the site, wherever whoever looks may be. */
const zone = (): { timeZone?: string } => (who.value.kind === 'somebody' ? { timeZone: who.value.site.timeZone } : {});

/** Making one is slow, and a list has hundreds. */
const made = new Map<string, Intl.DateTimeFormat>();

function format(at: number, options: Intl.DateTimeFormatOptions): string {
  const all = { ...options, ...zone() };
  const key = `${language.value} ${JSON.stringify(all)}`;
  let formatter = made.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale(), all);
    made.set(key, formatter);
  }
  return formatter.format(at);
}

/** `14:05` */
export const clockTime = (instant: string): string => format(Date.parse(instant), { hour: '2-digit', minute: '2-digit' });

const dayKey = (at: number): string => format(at, { year: 'numeric', month: '2-digit', day: '2-digit' });

/** Milliseconds of a day; a day of 23 hours is near enough to find the one before. */
const DAY = 86_400_000;

/** `today`, `yesterday`, `tomorrow`, or the date. */
export function day(instant: string): string {
  const at = Date.parse(instant);
  const key = dayKey(at);
  if (key === dayKey(now())) return partWords('today');
  if (key === dayKey(now() - DAY)) return partWords('yesterday');
  if (key === dayKey(now() + DAY)) return partWords('tomorrow');
  const isThisYear = format(at, { year: 'numeric' }) === format(now(), { year: 'numeric' });
  return format(at, { day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) });
}

/** `22 November 2026` */
export const date = (instant: string): string => format(Date.parse(instant), { day: 'numeric', month: 'long', year: 'numeric' });

/** `14:05` today, `yesterday, 14:05`, `20 November, 14:05`. */
export function when(instant: string): string {
  return day(instant) === partWords('today') ? clockTime(instant) : `${day(instant)}, ${clockTime(instant)}`;
}

/** For a list: `14:05` today, else the date. */
export function whenShort(instant: string): string {
  if (day(instant) === partWords('today')) return clockTime(instant);
  return format(Date.parse(instant), { day: 'numeric', month: 'short' });
}

/** Down to the second, for a story. */
export const whenExactly = (instant: string): string =>
  `${day(instant)}, ${format(Date.parse(instant), { hour: '2-digit', minute: '2-digit', second: '2-digit' })}`;

const number = (value: number, options: Intl.NumberFormatOptions): string => new Intl.NumberFormat(language.value, options).format(value);

/** `4,25` */
export const decimal = (value: number, { most, least = 0 }: { most: number; least?: number }): string =>
  number(value, { maximumFractionDigits: most, minimumFractionDigits: least });

/** `12,5%` of 0.125, with as many digits behind the comma at the most. */
export const percent = (share: number, most = 0): string => number(share, { style: 'percent', maximumFractionDigits: most });

/** `1,30 ₴` */
export const money = ({ amount, currency }: { amount: string | number; currency: string }): string =>
  number(Number(amount), { style: 'currency', currency, maximumFractionDigits: 3, minimumFractionDigits: 2 });

/** `+380 67 000 00 01`: groups are easier to read out. A short code or letters stay as they are. */
export function phone(number: string): string {
  const [, country, rest] = /^\+(380|7|1|4[0-9]|3[0-9]{1,2}|9[0-9]{1,2}|[0-9]{2})(\d{6,})$/.exec(number) ?? [];
  if (country === undefined || rest === undefined) return number;
  const [, head = '', tail = ''] = /^(\d*)(\d{7})$/.exec(rest) ?? [];
  return `+${country} ${head} ${tail.replace(/^(\d{3})(\d\d)(\d\d)$/, '$1 $2 $3')}`.replace(/\s+/g, ' ');
}
