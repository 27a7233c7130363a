import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random.ts';
import { offsetIn } from '../../../src/base/zone-offset.ts';
import type { Recipient } from '../../../src/policy/recipient.ts';
import { SendingHours } from '../../../src/policy/sending-hours.ts';
import { sendingHours } from '../../../src/policy/settings.ts';
import { isDaytime, isOfferTime, wallIn } from '../../support/wall-oracle.ts';

const FULL = process.env.SIMPOST_TEST_FULL !== undefined;
/** How closely what lies between is looked at, milliseconds. */
const STEP = FULL ? 15 * 60_000 : 45 * 60_000;

/** Moments around each change of the clocks. */
const MOMENTS = FULL ? 6 : 2;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FROM = Date.UTC(2026, 0, 1);
const TO = Date.UTC(2031, 0, 1);

/** Half an hour of summer time, two hours of it, clocks that change at midnight, offsets of quarters, a date line, none at all. */
const ODD_ZONES = [
  'Europe/Kyiv',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'America/Havana',
  'Asia/Beirut',
  'America/Santiago',
  'Atlantic/Azores',
  'America/Nuuk',
  'America/Scoresbysund',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'America/St_Johns',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Africa/Casablanca',
  'Asia/Gaza',
  'Africa/Cairo',
  'Asia/Almaty',
];
const ZONES = FULL ? Intl.supportedValuesOf('timeZone') : ODD_ZONES;

const standard = sendingHours('standard', [], []);
const strict = sendingHours('strict', [], []);
const here = (...zones: string[]): Recipient => ({ country: 'UA', zones, premium: false });

/** Days on which a zone changes its clocks. */
function changes(zone: string): number[] {
  const offset = offsetIn(zone);
  const days: number[] = [];
  for (let at = FROM; at < TO; at += DAY) if (offset(at) !== offset(at + DAY)) days.push(at);
  return days;
}

function check(hours: SendingHours, to: Recipient, at: number, isRight: (at: number) => boolean): void {
  const where = `${to.zones.join()} at ${new Date(at).toISOString()}`;
  expect(hours.isOpen('promotional', to, at), where).toBe(isRight(at));
  const next = hours.after('promotional', to, at);
  if (!next) throw new Error(`nothing is open after ${where}`);
  expect(isRight(next.from), where).toBe(true);
  expect(isRight(next.to - 60_000), where).toBe(true);
  if (next.from > at) expect(isRight(next.from - 60_000), where).toBe(false);
  // And nothing in between was missed.
  for (let moment = at; moment < next.from; moment += STEP) expect(isRight(moment), where).toBe(false);
  const last = hours.before('promotional', to, at, at - 3 * DAY);
  if (!last) return;
  expect(isRight(last.from), where).toBe(true);
  expect(isRight(last.to - 60_000), where).toBe(true);
  for (let moment = last.to; moment < at; moment += STEP) expect(isRight(moment), where).toBe(false);
}

describe('open hours', () => {
  it(`T04 O06 are by the clock on the wall, whatever the clocks do: ${ZONES.length} zones, 2026 to 2030`, () => {
    const random = seededRandom(4);
    let looked = 0;
    for (const zone of ZONES) {
      const to = here(zone);
      const days = [...changes(zone), ...Array.from({ length: 4 }, () => FROM + Math.floor(random.float() * (TO - FROM)))];
      for (const day of days) {
        for (let i = 0; i < MOMENTS; i += 1) {
          const at = Math.floor((day - DAY / 2 + random.float() * 2 * DAY) / 60_000) * 60_000;
          check(standard, to, at, (moment) => isDaytime([zone], moment));
          check(strict, to, at, (moment) => isOfferTime([zone], 'UA', moment));
          looked += 1;
        }
      }
    }
    expect(looked).toBeGreaterThan(ZONES.length * MOMENTS * 3);
  }, 600_000);

  it('T04 begin once on the day on which a clock goes forward over midnight, and on that on which it goes back over it', () => {
    // Havana goes from 0:00 to 1:00 on 8 March 2026, and from 1:00 to 0:00 on 1 November.
    const night = new SendingHours([{ purpose: 'service', days: new Set([0, 1, 2, 3, 4, 5, 6]), from: 23 * 60, to: 30 }], new Set());
    const to = here('America/Havana');
    const opening = (at: number): string => new Date(night.after('service', to, at)?.from ?? 0).toISOString();
    expect(wallIn('America/Havana', Date.UTC(2026, 2, 8, 5)).minute).toBe(60);
    // 0:30 does not come: it is open as soon as the clock shows something later.
    expect(opening(Date.UTC(2026, 2, 8, 4, 30))).toBe('2026-03-08T05:00:00.000Z');
    // 0:30 comes twice: open, closed for the second half hour after midnight, open again.
    expect(opening(Date.UTC(2026, 10, 1, 4, 10))).toBe('2026-11-01T04:30:00.000Z');
    expect(opening(Date.UTC(2026, 10, 1, 5, 10))).toBe('2026-11-01T05:30:00.000Z');
  });

  it('quiet hours that begin on Saturday end on Sunday, and a whole day is one', () => {
    const hours = new SendingHours(
      [
        { purpose: 'service', days: new Set([6]), from: 22 * 60, to: 8 * 60 },
        { purpose: 'service', days: new Set([3]), from: 0, to: 24 * 60 },
      ],
      new Set(),
    );
    const at = (day: number, hour: number): boolean => hours.isOpen('service', here('UTC'), Date.UTC(2026, 10, day, hour));
    expect([at(21, 21), at(21, 22), at(22, 7), at(22, 8), at(22, 23)]).toEqual([true, false, false, true, true]);
    expect([at(24, 23), at(25, 0), at(25, 23), at(26, 0)]).toEqual([true, false, false, true]);
    expect(hours.isOpen('promotional', here('UTC'), Date.UTC(2026, 10, 25, 12))).toBe(true);
  });

  it('the site closes on days of its own, whatever the country of the recipient', () => {
    const closed = new SendingHours(
      [{ purpose: 'service', days: new Set(['holiday']), from: 0, to: 24 * 60 }],
      new Set([Date.UTC(2026, 10, 24) / DAY]),
    );
    const on = (day: number, country: string | null): boolean =>
      closed.isOpen('service', { country, zones: ['UTC'], premium: false }, Date.UTC(2026, 10, day, 12));
    expect([on(24, null), on(24, 'PL'), on(25, 'PL')]).toEqual([false, false, true]);
    expect([on(11, 'PL'), on(11, 'FR'), on(11, 'UA'), on(11, null)]).toEqual([false, false, true, true]);
  });

  it('says that nothing is open where nothing ever is', () => {
    const never = new SendingHours([{ purpose: 'service', days: new Set([0, 1, 2, 3, 4, 5, 6]), from: 0, to: 24 * 60 }], new Set());
    expect(never.after('service', here('UTC'), FROM)).toBeUndefined();
    expect(never.before('service', here('UTC'), FROM, FROM - DAY)).toBeUndefined();
  });
});
