import { describe, expect, it } from 'vitest';
import { readDay } from '../../../src/policy/local-date.ts';
import { type Opening, presenceAt } from '../../../src/policy/opening-hours.ts';
import type { QuietDay } from '../../../src/policy/sending-hours.ts';

const WEEK: QuietDay[] = [1, 2, 3, 4, 5];
const NINE_TO_SIX: Opening = { days: new Set(WEEK), from: 9 * 60, to: 18 * 60 };

const place = { timeZone: 'Europe/Kyiv', country: 'UA', closed: new Set<number>() };
const ask = (openings: readonly Opening[], at: string, where = place) => {
  const presence = presenceAt(openings, where, Date.parse(at));
  if (presence.open) return 'open';
  const shown = (ms: number | null) => (ms === null ? '?' : new Date(ms).toISOString().slice(0, 16));
  return `closed ${shown(presence.since)} to ${shown(presence.until)}`;
};

describe('when somebody is there', () => {
  it('is told by the clock of the site, over nights and weekends', () => {
    expect(ask([NINE_TO_SIX], '2026-11-23T07:00:00Z')).toBe('open');
    expect(ask([NINE_TO_SIX], '2026-11-23T06:59:59Z')).toBe('closed 2026-11-20T16:00 to 2026-11-23T07:00');
    expect(ask([NINE_TO_SIX], '2026-11-23T16:00:00Z')).toBe('closed 2026-11-23T16:00 to 2026-11-24T07:00');
  });

  it('is nobody on a holiday that is not named, of the country or the site', () => {
    // 24 August: Independence Day, a Monday in 2026; still summer time.
    expect(ask([NINE_TO_SIX], '2026-08-24T09:00:00Z')).toContain('closed 2026-08-21T15:00');
    const holiday: Opening = { days: new Set(['holiday']), from: 10 * 60, to: 12 * 60 };
    expect(ask([NINE_TO_SIX, holiday], '2026-08-24T07:30:00Z')).toBe('open');
    const closed = new Set([readDay('2026-11-23') ?? 0]);
    expect(ask([NINE_TO_SIX], '2026-11-23T09:00:00Z', { ...place, closed })).toBe('closed 2026-11-20T16:00 to 2026-11-24T07:00');
  });

  it('goes over midnight, and over the change of the clocks', () => {
    const night: Opening = { days: new Set([6]), from: 22 * 60, to: 6 * 60 };
    // From Saturday the 24th, 22:00 +03, to Sunday 06:00 +02.
    expect(ask([night], '2026-10-25T03:30:00Z')).toBe('open');
    expect(ask([night], '2026-10-25T04:00:00Z')).toBe('closed 2026-10-25T04:00 to 2026-10-31T20:00');
    expect(ask([], '2026-10-25T04:00:00Z')).toContain('to ?');
  });
});
