import { describe, expect, it } from 'vitest';
import { easterSunday } from '../../../src/policy/easter.ts';
import { HOLIDAY_COUNTRIES, isHoliday } from '../../../src/policy/holidays.ts';
import { readDay, writeDay } from '../../../src/policy/local-date.ts';

const on = (country: string, date: string): boolean => isHoliday(country, readDay(date) ?? Number.NaN);

describe('holidays', () => {
  // From the tables of the Astronomical Applications Department of the U.S. Naval Observatory.
  it.each([
    [2024, '2024-03-31', '2024-05-05'],
    [2025, '2025-04-20', '2025-04-20'],
    [2026, '2026-04-05', '2026-04-12'],
    [2027, '2027-03-28', '2027-05-02'],
    [2028, '2028-04-16', '2028-04-16'],
    [2029, '2029-04-01', '2029-04-08'],
    [2030, '2030-04-21', '2030-04-28'],
    [2038, '2038-04-25', '2038-04-25'],
  ])('Easter of %i is on %s in the west and on %s by the Julian calendar', (year, western, orthodox) => {
    expect(writeDay(easterSunday(year, 'western'))).toBe(western);
    expect(writeDay(easterSunday(year, 'orthodox'))).toBe(orthodox);
  });

  it.each([
    ['UA', '2026-08-24', '2026-08-25'],
    ['UA', '2026-04-12', '2026-04-05'],
    ['UA', '2026-05-31', '2026-05-24'],
    ['KZ', '2026-03-22', '2026-03-24'],
    ['KZ', '2026-05-27', '2026-05-28'],
    ['PL', '2026-06-04', '2026-06-05'],
    ['PL', '2026-12-24', '2026-12-23'],
    ['GB', '2026-05-25', '2026-05-18'],
    ['GB', '2026-08-31', '2026-08-24'],
    ['GB', '2026-12-28', '2026-12-29'],
    ['GB', '2026-05-04', '2026-05-01'],
    ['DE', '2026-05-14', '2026-05-15'],
    ['DE', '2026-10-03', '2026-10-31'],
    ['FR', '2026-07-14', '2026-04-03'],
    ['RU', '2026-01-08', '2026-01-09'],
  ])('%s rests on %s and works on %s', (country, rest, work) => {
    expect(on(country, rest)).toBe(true);
    expect(on(country, work)).toBe(false);
  });

  it('of a country that is not in the table there are none', () => {
    expect(HOLIDAY_COUNTRIES).toEqual(expect.arrayContaining(['UA', 'KZ', 'PL', 'GB', 'DE', 'FR', 'RU']));
    expect(on('ZZ', '2026-12-25')).toBe(false);
  });
});
