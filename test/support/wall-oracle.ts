import { isHoliday } from '../../src/policy/holidays.ts';

/** What the clocks on the wall show, asked of ICU moment by moment: shares nothing with how policy finds its windows. */

const formats = new Map<string, Intl.DateTimeFormat>();

interface Wall {
  /** `2026-11-22` */
  readonly date: string;
  /** `Sun` */
  readonly weekday: string;
  /** Minutes since midnight. */
  readonly minute: number;
}

export function wallIn(zone: string, at: number): Wall {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'full', timeStyle: 'short' });
    formats.set(zone, format);
  }
  const match = /^(\w{3})\w*,? (\d+) (\w+) (\d+) at (\d+):(\d+)$/.exec(format.format(at));
  if (!match) throw new Error(`not understood: ${format.format(at)}`);
  const [, weekday = '', day = '', month = '', year = '', hour = '', minute = ''] = match;
  return { date: `${year}-${MONTHS[month]}-${day.padStart(2, '0')}`, weekday, minute: Number(hour) * 60 + Number(minute) };
}

const MONTHS: Readonly<Record<string, string>> = Object.fromEntries(
  'January February March April May June July August September October November December'
    .split(' ')
    .map((name, i) => [name, String(i + 1).padStart(2, '0')]),
);

/** 9 to 21 in every one of these zones. */
export function isDaytime(zones: readonly string[], at: number): boolean {
  return zones.every((zone) => {
    const { minute } = wallIn(zone, at);
    return minute >= 540 && minute < 1260;
  });
}

/** As `strict` has it for offers: 9 to 20 from Monday to Saturday, no holidays of the country. */
export function isOfferTime(zones: readonly string[], country: string, at: number): boolean {
  return zones.every((zone) => {
    const { minute, weekday, date } = wallIn(zone, at);
    return minute >= 540 && minute < 1200 && weekday !== 'Sun' && !isHoliday(country, Date.parse(date) / 86_400_000);
  });
}
