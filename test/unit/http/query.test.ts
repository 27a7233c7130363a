import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/base/fault.ts';
import { instantIn, numberIn, pageOf } from '../../../src/http/query.ts';

describe('what a query says', () => {
  it('reads RFC 3339 with any offset, also where a + arrived as a space', () => {
    const noon = Date.UTC(2026, 10, 22, 10, 0, 0);
    for (const written of [
      '2026-11-22T10:00:00Z',
      '2026-11-22t10:00:00z',
      '2026-11-22T12:00:00+02:00',
      '2026-11-22T12:00:00 02:00',
      '2026-11-22T05:30:00.000-04:30',
    ]) {
      expect(instantIn('since', written), written).toBe(noon);
    }
    for (const written of [
      '2026-11-22',
      '2026-11-22T10:00:00',
      'yesterday',
      '2026-13-22T10:00:00Z',
      '2026-11-22T25:00:00Z',
      '2026-11-22T24:00:00Z',
      '2026-02-30T10:00:00Z',
      '1763805600',
    ]) {
      expect(() => instantIn('since', written), written).toThrow(Fault);
    }
  });

  it('hands a number on with its + and says in which parameter a bad one stands', () => {
    expect(numberIn('to', ' 380501234567', (written) => written)).toBe('+380501234567');
    const refuse = (): string => {
      throw new Fault('numberInvalid', 'No number.', [{ pointer: '/to', detail: 'is none' }]);
    };
    expect(() => numberIn('to', 'x', refuse)).toThrow(
      expect.objectContaining({ code: 'numberInvalid', places: [{ pointer: '?to', detail: 'is none' }] }),
    );
  });

  it('pages through a short list: each entry once, whatever comes and goes behind', () => {
    const all = ['d', 'a', 'c', 'b', 'e'].map((key) => ({ key }));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { data: { key: string }[]; nextCursor: string | null } = pageOf('some', all, (e) => e.key, { limit: 2, cursor });
      seen.push(...page.data.map((e) => e.key));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(() => pageOf('some', all, (e) => e.key, { limit: 2, cursor: '%%%' })).toThrow(Fault);
    const { nextCursor } = pageOf('some', all, (e) => e.key, { limit: 2, cursor: null });
    expect(() => pageOf('other', all, (e) => e.key, { limit: 2, cursor: nextCursor })).toThrow(/not of this list/);
  });
});
