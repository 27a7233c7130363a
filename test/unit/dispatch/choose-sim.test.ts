import { describe, expect, it } from 'vitest';
import { chooseSim, claimOrder } from '../../../src/dispatch/choose-sim.ts';
import type { ChoiceFacts } from '../../../src/store/records/choice.ts';

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

describe('the SIM that sends a message', () => {
  const known: ChoiceFacts = { purpose: 'service', asking: 'a', others: ['b', 'c'], home: 'b', homeQueue: 0, waited: false };

  it.each<[string, Partial<ChoiceFacts>, string]>([
    ['is the one that the client knows', {}, 'b sticky'],
    ['is that one also for an offer', { purpose: 'promotional' }, 'b sticky'],
    ['is that one when it asks itself', { home: 'a' }, 'a sticky'],
    ['is whichever is free, for a code', { purpose: 'otp' }, 'a first'],
    ['is whichever is free, for an urgent message', { purpose: 'urgent' }, 'a first'],
    ['is whichever is free, for a new client', { home: null }, 'a first'],
    ['is whichever is free, when the known one cannot send', { others: ['c'] }, 'a first'],
    ['is whichever is free, when too many wait for the known one', { homeQueue: 15 }, 'a first'],
    ['is whichever is free, when it has waited', { waited: true }, 'a first'],
    ['is the only one that can', { others: [] }, 'a onlyOne'],
    ['is the only one also for a code', { purpose: 'otp', others: [] }, 'a onlyOne'],
    ['is the known one also when it is the only one', { home: 'a', others: [] }, 'a sticky'],
  ])('%s', (_, change, expected) => {
    const { sim: iccid, choice } = chooseSim({ ...known, ...change }, 15);
    expect(`${iccid} ${choice}`).toBe(expected);
  });
});
