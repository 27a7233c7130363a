import { remember } from '../base/remember.ts';
import { offsetIn } from '../base/zone-offset.ts';
import type { Language } from '../policy/language.ts';
import { DAY, dateOf, weekdayOf } from '../policy/local-date.ts';
import { LOCALE_WORDS, type LocaleWords } from '../texts/locale-words.ts';
import type { FieldValue } from './field-value.ts';

/** Who reads it: dates, times and money are written as there. */
export interface Locale {
  readonly language: Language;
  /** A name of the IANA zone database. */
  readonly timeZone: string;
  /** Milliseconds since 1970: a date far from it is written with its year. */
  readonly now: number;
}

/** A date nearer than this needs no year, days. */
const NEAR = 180;

const offsetOf = remember(500, (timeZone: string) => timeZone, offsetIn);

/** The value of a field as its reader writes it; never with a character that would make a Latin text UCS2. */
export function writeField(value: FieldValue, locale: Locale): string {
  if (typeof value === 'string') return value;
  const words = LOCALE_WORDS[locale.language];
  if (typeof value === 'number') return decimal(String(value), words);
  switch (value.kind) {
    case 'money':
      return `${decimal(value.amount, words)} ${words.currencies[value.currency] ?? value.currency}`;
    case 'day':
      return date(value.day, locale, words);
    case 'date':
      return date(dayAt(value.at, locale), locale, words);
    case 'weekday':
      return words.weekdays[weekdayOf(dayAt(value.at, locale))] ?? '';
    case 'time':
      return time(value.at, locale);
    case 'dateTime':
      return `${date(dayAt(value.at, locale), locale, words)} ${time(value.at, locale)}`;
  }
}

const localAt = (at: number, { timeZone }: Locale): number => at + offsetOf(timeZone)(at);
const dayAt = (at: number, locale: Locale): number => Math.floor(localAt(at, locale) / DAY);

function date(day: number, locale: Locale, { months }: LocaleWords): string {
  const { year, month, date: dayOfMonth } = dateOf(day);
  const isNear = Math.abs(day - dayAt(locale.now, locale)) <= NEAR;
  const named = months?.[month - 1];
  if (named !== undefined) return `${dayOfMonth} ${named}${isNear ? '' : ` ${year}`}`;
  return `${two(dayOfMonth)}.${two(month)}${isNear ? '' : `.${year}`}`;
}

function time(at: number, locale: Locale): string {
  const minutes = Math.floor((localAt(at, locale) % DAY) / 60_000);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `1250.00` as `1250`, `12500.5` as `12 500,50`: cents as they are paid, none where there are none. */
function decimal(written: string, words: LocaleWords): string {
  const [whole = '', fraction = ''] = written.split('.');
  const digits = whole.replace(/^-/, '');
  const grouped = digits.length > 4 && /^\d+$/.test(digits) ? digits.replace(/\B(?=(\d{3})+$)/g, ' ') : digits;
  const cents = /^0*$/.test(fraction) ? '' : `${words.months ? '.' : ','}${fraction.padEnd(2, '0')}`;
  return `${whole.startsWith('-') ? '-' : ''}${grouped}${cents}`;
}
