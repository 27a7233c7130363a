import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseSim, claimOrder } from '../../../src/dispatch/choose-sim.ts';
import type { ChoiceFacts } from '../../../src/store/records/choice.ts';

const alike = (): number => 1;
const sim = (iccid: string, ready = true) => ({ iccid, imei: '1', ready, predictedMr: null });

describe('the order in which idle SIMs claim', () => {
  it('is by load, least first, and steady among equals', () => {
    const load = new Map([
      ['a', 5],
      ['b', 2],
    ]);
    expect(claimOrder([sim('a'), sim('c'), sim('b'), sim('d')], new Set(), load, new Map(), alike).map((s) => s.iccid)).toEqual([
      'c',
      'd',
      'b',
      'a',
    ]);
  });

  it('puts last the one that could not send its last segments', () => {
    expect(claimOrder([sim('a'), sim('b')], new Set(), new Map([['b', 9]]), new Map([['a', 1]]), alike).map((s) => s.iccid)).toEqual([
      'b',
      'a',
    ]);
  });

  it('is by load for the weight of each, the heavier of two new ones first', () => {
    const weights = (iccid: string): number => ({ a: 1, b: 3 })[iccid] ?? 1;
    const first = (a: number, b: number) => {
      const load = new Map([
        ['a', a],
        ['b', b],
      ]);
      return claimOrder([sim('a'), sim('b')], new Set(), load, new Map(), weights)[0]?.iccid;
    };
    expect([first(0, 0), first(0, 1), first(0, 3), first(1, 3), first(5, 20)]).toEqual(['b', 'b', 'a', 'b', 'a']);
  });

  it('gives each SIM its share by weight, whatever the weights and however many there are (property)', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 500 }), (of, segments) => {
        const sims = of.map((_, i) => sim(`sim-${i}`));
        const weightOf = (iccid: string): number => of[Number(iccid.slice('sim-'.length))] ?? 1;
        const load = new Map<string, number>();
        for (let n = 0; n < segments; n += 1) {
          const [first] = claimOrder(sims, new Set(), load, new Map(), weightOf);
          if (first) load.set(first.iccid, (load.get(first.iccid) ?? 0) + 1);
        }
        const whole = of.reduce((sum, weight) => sum + weight, 0);
        for (const [i, weight] of of.entries()) {
          const sent = load.get(`sim-${i}`) ?? 0;
          // Nobody is a whole segment short of its share, and who has more than it was due no later than any other.
          expect(sent).toBeGreaterThanOrEqual(Math.floor((segments * weight) / whole));
          for (const [j, other] of of.entries()) expect(sent * other).toBeLessThanOrEqual(((load.get(`sim-${j}`) ?? 0) + 1) * weight);
        }
      }),
    );
  });

  it('leaves out the busy and those not ready', () => {
    expect(claimOrder([sim('a'), sim('b', false), sim('c')], new Set(['a']), new Map(), new Map(), alike).map((s) => s.iccid)).toEqual([
      'c',
    ]);
  });
});

describe('the SIM that sends a message', () => {
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;
  const known: ChoiceFacts = {
    purpose: 'service',
    now: 0,
    from: 0,
    expiresAt: 24 * HOUR,
    asking: 'a',
    others: ['b', 'c'],
    home: 'b',
    homeHeldUntil: null,
    copyAt: null,
    waited: false,
    queueOf: () => 0,
    priceOf: () => null,
    prefers: () => false,
  };
  const fresh: Partial<ChoiceFacts> = { home: null };
  const priced = (of: Record<string, number>, currency = 'UAH'): Partial<ChoiceFacts> => ({
    ...fresh,
    priceOf: (iccid) => (of[iccid] === undefined ? null : { micros: of[iccid], currency: iccid === 'x' ? 'EUR' : currency }),
  });
  const preferring = (...sims: string[]): Partial<ChoiceFacts> => ({ prefers: (iccid) => sims.includes(iccid) });
  const atItsCap = (until: number, more: Partial<ChoiceFacts> = {}): Partial<ChoiceFacts> => ({
    others: ['c'],
    homeHeldUntil: until,
    ...more,
  });

  it.each<[string, Partial<ChoiceFacts>, string]>([
    ['is the one that the client knows', {}, 'b sticky until 1'],
    ['is that one also for an offer', { purpose: 'promotional' }, 'b sticky until 1'],
    ['is that one when it asks itself', { home: 'a' }, 'a sticky'],
    ['is whichever is free, for a code', { purpose: 'otp' }, 'a first'],
    ['is whichever is free, for an urgent message', { purpose: 'urgent' }, 'a first'],
    ['is whichever is free, for a new client', fresh, 'a first'],
    ['is whichever is free, when the known one cannot send', { others: ['c'] }, 'a first'],
    ['is whichever is free, when too many wait for the known one', { queueOf: () => 15 }, 'a first'],
    ['is whichever is free, when it has waited', { waited: true }, 'a first'],
    ['is the only one that can', { others: [] }, 'a onlyOne'],
    ['is the only one also for a code', { purpose: 'otp', others: [] }, 'a onlyOne'],
    ['is the known one also when it is the only one', { home: 'a', others: [] }, 'a sticky'],
    ['is the cheapest, for a new client', priced({ a: 3, b: 2, c: 1 }), 'c cheapest until 1'],
    [
      'is the next cheapest, when too many wait for that one',
      { ...priced({ a: 3, b: 2, c: 1 }), queueOf: (sim) => (sim === 'c' ? 15 : 0) },
      'b cheapest until 1',
    ],
    ['is the one that asks, when it is the cheapest', priced({ a: 1, b: 2, c: 3 }), 'a cheapest'],
    ['is the first, among SIMs of one price', priced({ a: 1, b: 1, c: 1 }), 'a first'],
    ['is the first, where the price of another is not known', priced({ a: 2 }), 'a first'],
    ['is the first, where another is priced in another currency', { ...priced({ a: 2, x: 1 }), others: ['x'] }, 'a first'],
    ['is not the cheapest, when it has waited', { ...priced({ a: 3, b: 2, c: 1 }), waited: true }, 'a first'],
    ['is not the cheapest, for a code', { ...priced({ a: 3, b: 2, c: 1 }), purpose: 'otp' }, 'a first'],
    ['is the known one, though another is cheaper', { ...priced({ a: 3, b: 2, c: 1 }), home: 'b' }, 'b sticky until 1'],
    ['is the preferred one, though another is cheaper', { ...priced({ a: 3, b: 2, c: 1 }), ...preferring('b') }, 'b preferred until 1'],
    ['is the one that asks, when it is preferred', { ...fresh, ...preferring('a') }, 'a preferred'],
    ['is the cheaper of two preferred ones', { ...priced({ a: 3, b: 2, c: 1 }), ...preferring('b', 'c') }, 'c preferred until 1'],
    [
      'waits for the cap of the known one, an offer for an hour at a time',
      atItsCap(10 * MINUTE, { purpose: 'promotional' }),
      'b sticky until 60 again',
    ],
    ['waits so after it has waited too', atItsCap(90 * MINUTE, { purpose: 'promotional', waited: true }), 'b sticky until 90 again'],
    ['does not wait for a cap that outlasts the offer', atItsCap(25 * HOUR, { purpose: 'promotional' }), 'a first'],
    ['waits for the cap of the known one with a service text', atItsCap(10 * MINUTE), 'b sticky until 11 again'],
    ['waits no longer than its latest safe moment', atItsCap(18 * HOUR), 'b sticky until 1080 again'],
    ['changes the SIM at once, when the cap gives way too late', atItsCap(18 * HOUR + 1), 'a first'],
    ['changes the SIM from that moment on', atItsCap(19 * HOUR, { now: 18 * HOUR }), 'a first'],
    ['has a moment by how long it is worth sending', atItsCap(50 * MINUTE, { expiresAt: HOUR }), 'a first'],
    ['does not wait with a code', atItsCap(MINUTE, { purpose: 'otp' }), 'a first'],
  ])('%s', (_, change, expected) => {
    const chosen = chooseSim({ ...known, ...change }, MINUTE, 15);
    expect(
      chosen.kind === 'take'
        ? `a ${chosen.choice}`
        : `${chosen.sim} ${chosen.choice} until ${chosen.until / MINUTE}${chosen.again ? ' again' : ''}`,
    ).toBe(expected);
  });

  it('is nobody else where nothing waits', () => {
    for (const change of [{}, priced({ a: 3, b: 1 }), atItsCap(MINUTE)]) {
      expect(chooseSim({ ...known, ...change }, 0, 0).kind).toBe('take');
    }
  });
});
