import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rfc3339 } from '../../../src/base/clock.ts';
import { planMonth } from '../../../src/base/plan-month.ts';

const monthAt = (at: string, resetDay: number, zone: string): string => {
  const { from, to } = planMonth(Date.parse(at), resetDay, zone);
  return `${rfc3339(from).slice(0, 16)} ${rfc3339(to).slice(0, 16)}`;
};

describe('the month of a plan', () => {
  it.each([
    ['2026-11-22T10:00:00Z', 1, 'Europe/Kyiv', '2026-10-31T22:00 2026-11-30T22:00'],
    ['2026-11-22T10:00:00Z', 23, 'Europe/Kyiv', '2026-10-22T21:00 2026-11-22T22:00'],
    // The reset day has begun at the site, though not in UTC.
    ['2026-11-22T22:30:00Z', 23, 'Europe/Kyiv', '2026-11-22T22:00 2026-12-22T22:00'],
    // Shorter months end it on their last day; over the end of the year, and over both changes of the clocks.
    ['2026-02-28T12:00:00Z', 31, 'Europe/Kyiv', '2026-02-27T22:00 2026-03-30T21:00'],
    ['2027-01-05T12:00:00Z', 15, 'Europe/Kyiv', '2026-12-14T22:00 2027-01-14T22:00'],
    ['2026-11-22T10:00:00Z', 1, 'America/New_York', '2026-11-01T04:00 2026-12-01T05:00'],
    ['2026-11-22T10:00:00Z', 22, 'Asia/Kolkata', '2026-11-21T18:30 2026-12-21T18:30'],
  ])('that %s lies in, reset on day %i in %s, is %s', (at, resetDay, zone, month) => {
    expect(monthAt(at, resetDay, zone)).toBe(month);
  });

  it('covers its instant, ends where the next begins, and is as long as a month', () => {
    const zone = fc.constantFrom('Europe/Kyiv', 'UTC', 'America/Sao_Paulo', 'Pacific/Apia', 'Asia/Beirut');
    const instant = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) });
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 31 }), zone, (now, resetDay, timeZone) => {
        const { from, to } = planMonth(now, resetDay, timeZone);
        expect(from).toBeLessThanOrEqual(now);
        expect(to).toBeGreaterThan(now);
        expect((to - from) / 86_400_000).toBeGreaterThan(27);
        expect((to - from) / 86_400_000).toBeLessThan(32);
        expect(planMonth(to, resetDay, timeZone).from).toBe(to);
      }),
    );
  });
});
