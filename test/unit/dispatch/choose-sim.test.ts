import { describe, expect, it } from 'vitest';
import { claimOrder } from '../../../src/dispatch/choose-sim.ts';

const sim = (iccid: string, ready = true) => ({ iccid, imei: '1', ready, predictedMr: null });

describe('the order in which idle SIMs claim', () => {
  it('is by load, least first, and steady among equals', () => {
    const load = new Map([
      ['a', 5],
      ['b', 2],
    ]);
    expect(claimOrder([sim('a'), sim('c'), sim('b'), sim('d')], new Set(), load, new Map()).map((s) => s.iccid)).toEqual([
      'c',
      'd',
      'b',
      'a',
    ]);
  });

  it('puts last the one that could not send its last segments', () => {
    expect(claimOrder([sim('a'), sim('b')], new Set(), new Map([['b', 9]]), new Map([['a', 1]])).map((s) => s.iccid)).toEqual(['b', 'a']);
  });

  it('leaves out the busy and those not ready', () => {
    expect(claimOrder([sim('a'), sim('b', false), sim('c')], new Set(['a']), new Map(), new Map()).map((s) => s.iccid)).toEqual(['c']);
  });
});
