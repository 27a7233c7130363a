import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rfc3339 } from '../../../src/base/clock.ts';
import { readInstant } from '../../../src/base/rfc3339.ts';

describe('an instant in RFC 3339', () => {
  it('reads back what is written, whatever the offset', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2199, 0) }), fc.integer({ min: -23 * 60, max: 23 * 60 }), (ms, offset) => {
        expect(readInstant(rfc3339(ms))).toBe(ms);
        const two = (n: number): string => String(Math.trunc(Math.abs(n))).padStart(2, '0');
        const local = rfc3339(ms + offset * 60_000).slice(0, -1);
        expect(readInstant(`${local}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`)).toBe(ms);
      }),
    );
  });

  it('knows how long each month is', () => {
    for (const year of [1900, 2000, 2026, 2028]) {
      for (let month = 1; month <= 12; month += 1) {
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
        const on = (day: number): string => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T12:00:00Z`;
        expect(readInstant(on(last)), on(last)).toBe(Date.UTC(year, month - 1, last, 12));
        expect(readInstant(on(last + 1)), on(last + 1)).toBeUndefined();
      }
    }
  });

  it.each([
    '9999-12-31T23:59:59-02:00',
    '0000-01-01T00:00:00+02:00',
    '2026-02-30T10:00:00Z',
    '2026-02-29T10:00:00Z',
    '2026-04-31T10:00:00+02:00',
    '2026-00-10T10:00:00Z',
    '2026-13-10T10:00:00Z',
    '2026-11-00T10:00:00Z',
    '2026-11-22T24:00:00Z',
    '2026-11-22T10:60:00Z',
    '2026-11-22T10:00:60Z',
    '2026-11-22T10:00:00+24:00',
    '2026-11-22T10:00:00+02:60',
    '2026-11-22T10:00:00',
    '2026-11-22T10:00Z',
    '2026-11-22',
    '2026-11-22 10:00:00Z',
    '2026-11-22T10:00:00Z\n',
    '+002026-11-22T10:00:00Z',
    '٢٠٢٦-11-22T10:00:00Z',
    '',
  ])('%j is none', (written) => {
    expect(readInstant(written)).toBeUndefined();
  });
});
