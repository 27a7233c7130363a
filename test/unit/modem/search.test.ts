import { describe, expect, test } from 'vitest';
import { SEARCH_BEGINS, type Search, search } from '../../../src/modem/search.ts';
import { type Absent, gone, without } from '../../../src/modem/seat.ts';

describe('the search for the port that speaks AT', () => {
  test('asks each port once a round and rests longer after each', () => {
    const rests: number[] = [];
    let now: Search = SEARCH_BEGINS;
    for (let i = 0; i < 60; i += 1) {
      if (now.at === 'resting') rests.push(now.ms);
      now = search(now, { type: now.at === 'resting' ? 'rested' : 'noModem' }, 3);
    }
    expect(rests.slice(0, 6)).toEqual([5_000, 30_000, 300_000, 3_600_000, 3_600_000, 3_600_000]);
    expect(rests).toHaveLength(15);
  });

  test('a modem that was found stays found, whatever it is silent about; one that is not wanted is let go', () => {
    const found = search(SEARCH_BEGINS, { type: 'modem', wanted: true }, 2);
    expect(found).toEqual({ at: 'found', index: 0 });
    for (const type of ['noModem', 'rested'] as const) expect(search(found, { type }, 2)).toBe(found);
    const unwanted = search(SEARCH_BEGINS, { type: 'modem', wanted: false }, 2);
    expect(unwanted).toEqual({ at: 'notWanted' });
    expect(search(unwanted, { type: 'rested' }, 2)).toBe(unwanted);
  });

  test('an answer that comes after all was let go changes nothing', () => {
    const resting = search(SEARCH_BEGINS, { type: 'noModem' }, 1);
    expect(search(resting, { type: 'modem', wanted: true }, 1)).toBe(resting);
  });
});

describe('who is gone', () => {
  const absent = (usbPath: string, imei: string | null): Absent => ({
    usbPath,
    id: '12d1:1506',
    index: 0,
    treated: false,
    lostAt: undefined,
    facts: { imei, manufacturer: null, model: null },
  });

  test('is back wherever its IMEI answers', () => {
    expect(without([absent('1-1', 'a'), absent('1-2', 'b')], absent('1-9', 'a'))).toEqual([absent('1-2', 'b')]);
  });

  test('of several with one IMEI only the one of that socket is back', () => {
    const pool = [absent('1-1', 'a'), absent('1-2', 'a'), absent('1-3', 'a')];
    expect(without(pool, absent('1-2', 'a'))).toEqual([absent('1-1', 'a'), absent('1-3', 'a')]);
    expect(without(pool, absent('1-9', 'a'))).toEqual(pool);
  });

  test('who tells no IMEI is known by the socket alone', () => {
    expect(without([absent('1-1', null)], absent('1-2', null))).toHaveLength(1);
    expect(without([absent('1-1', null)], absent('1-1', null))).toEqual([]);
  });

  test('is not remembered without end', () => {
    let all: readonly Absent[] = [];
    for (let n = 0; n < 500; n += 1) all = gone(all, absent(`1-${n}`, String(n)));
    expect(all.length).toBeLessThanOrEqual(64);
    expect(all.at(-1)).toEqual(absent('1-499', '499'));
  });
});
