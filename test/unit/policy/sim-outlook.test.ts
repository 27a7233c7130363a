import { describe, expect, it } from 'vitest';
import { warmedCap, warmUpDay } from '../../../src/base/warm-up.ts';
import { type SimOutlookFacts, simOutlook } from '../../../src/policy/sim-outlook.ts';

const DAY = 86_400_000;
const NOW = 1000 * DAY;

const CALM: SimOutlookFacts = {
  now: NOW,
  since: NOW - 300 * DAY,
  toppedUpAt: null,
  paidAt: null,
  package: null,
  topUpDays: 0,
  paidDays: 0,
  warmUpDays: 0,
};

const parcel = (used: number, lastWeek: number, renewsIn: number): Partial<SimOutlookFacts> => ({
  package: { size: 1000, used, lastWeek, from: NOW - (30 - renewsIn) * DAY, renewsAt: NOW + renewsIn * DAY },
});

describe('the outlook of a SIM', () => {
  it.each<[string, Partial<SimOutlookFacts>, string[], string]>([
    ['says nothing where nothing is asked', {}, [], ''],
    [
      'tells a week before when a package will end too early',
      parcel(880, 140, 8),
      ['The package ends in 6 days: 120 of 1000 segments are left, at 20 a day; it is renewed in 8 days.'],
      'packageEnding',
    ],
    [
      'only says it when that is far off',
      parcel(400, 140, 31),
      ['The package ends in 30 days: 600 of 1000 segments are left, at 20 a day; it is renewed in 31 days.'],
      '',
    ],
    [
      'says that a package lasts',
      parcel(400, 70, 9),
      ['The package has 600 of 1000 segments left, and lasts until it is renewed in 9 days.'],
      '',
    ],
    [
      'says so of one that nobody uses',
      parcel(0, 0, 1),
      ['The package has 1000 of 1000 segments left, and lasts until it is renewed in 1 day.'],
      '',
    ],
    [
      'tells that it is used up',
      parcel(1000, 700, 0.5),
      ['The package of 1000 segments is used up; it is renewed in less than a day.'],
      'packageUsedUp',
    ],
    [
      'counts from the last top-up',
      { topUpDays: 90, toppedUpAt: NOW - 22 * DAY },
      ['Top it up within 68 days: its operator ends a SIM that was not topped up for 90 days.'],
      '',
    ],
    [
      'tells of it in its last week',
      { topUpDays: 90, toppedUpAt: NOW - 83 * DAY },
      ['Top it up within 7 days: its operator ends a SIM that was not topped up for 90 days.'],
      'topUpDue',
    ],
    [
      'tells of it when it is late, counted from when the SIM came',
      { topUpDays: 90 },
      ['Top it up now: its operator ends a SIM that was not topped up for 90 days.'],
      'topUpDue',
    ],
    [
      'asks where nobody knows',
      { topUpDays: 90, since: null },
      ['Nobody knows when it was topped up last, and its operator wants that every 90 days: top it up, then POST /v1/sims/{iccid}/top-up.'],
      'topUpDue',
    ],
    [
      'wants something paid in time',
      { paidDays: 180, paidAt: NOW - 175 * DAY },
      ['Send something from it that costs money within 5 days: its operator ends a SIM with which nothing was paid for 180 days.'],
      'paidEventDue',
    ],
    [
      'says which day of its warm-up it is',
      { warmUpDays: 14, since: NOW - 2 * DAY },
      ['It is new: this is day 3 of 14 in which its caps grow.'],
      '',
    ],
    ['and nothing when that is over', { warmUpDays: 14, since: NOW - 14 * DAY }, [], ''],
  ])('%s', (_, change, sentences, alerts) => {
    const outlook = simOutlook({ ...CALM, ...change });
    expect(outlook.sentences).toEqual(sentences);
    expect(outlook.alerts.map(({ kind }) => kind).join()).toBe(alerts);
  });
});

it('a SIM warms up day by day, and one of before that was kept is not new', () => {
  const days = [0, 0.99, 1, 12, 13.99, 14].map((age) => warmUpDay(NOW - age * DAY, 14, NOW));
  expect(days).toEqual([1, 1, 2, 13, 14, null]);
  expect(warmUpDay(null, 14, NOW)).toBeNull();
  // A clock that was set back makes nothing warmer.
  expect(warmUpDay(NOW + DAY, 14, NOW)).toBe(1);
  expect([1, 7, 14].map((day) => warmedCap(100, day, 14))).toEqual([7, 50, 100]);
  expect(warmedCap(1, 1, 14)).toBe(1);
  expect(warmedCap(0, 1, 14)).toBe(0);
});
