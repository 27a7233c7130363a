import { afterEach, describe, expect, it } from 'vitest';
import { PURPOSES } from '../../src/base/purpose.ts';
import type { SimCaps } from '../../src/store/records/plan.ts';
import { NO_CAPS, type QueueRig, queueRig } from '../support/queue-rig.ts';

const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** As requests say it, seconds. */
const WEEK = 7 * 86_400;

let rig: QueueRig;

afterEach(() => rig.close());

interface Begun {
  readonly iccid: string;
  readonly at: number;
  readonly to: string;
  readonly text: string;
}

async function capped(caps: Partial<SimCaps>, sims: readonly string[] = ['sim-a']): Promise<Begun[]> {
  rig = await queueRig({ sims, caps: { ...NO_CAPS, ...caps } });
  const log: Begun[] = [];
  rig.sender.auto = (iccid, { to, text }) => {
    log.push({ iccid, at: rig.clock.monotonic(), to, text });
    return { kind: 'ok', mr: rig.sender.nextMr() };
  };
  return log;
}

const clients = (n: number, first = 0): { to: string }[] =>
  Array.from({ length: n }, (_, i) => ({ to: `+38050${String(first + i).padStart(7, '0')}` }));

describe('a SIM at its cap', () => {
  it('rests until the cap allows, goes on then by itself, and others go on meanwhile', async () => {
    const log = await capped({ perMinute: 10 }, ['sim-a', 'sim-b']);
    await rig.acceptMany(clients(30));
    await rig.clock.advance(30 * SECOND);
    expect(log.filter((b) => b.iccid === 'sim-a')).toHaveLength(10);
    expect(log.filter((b) => b.iccid === 'sim-b')).toHaveLength(10);
    await rig.clock.advance(MINUTE);
    expect(log).toHaveLength(30);
  });

  it('asks the queue nothing while nothing may go, whatever is accepted', async () => {
    await capped({ perHour: 5 });
    await rig.acceptMany(clients(5));
    await rig.settle();
    let claims = 0;
    const { claim } = rig.store;
    rig.store.claim = (request) => {
      claims += 1;
      return claim(request);
    };
    for (let minute = 1; minute < 59; minute += 1) {
      await rig.acceptMany(clients(3));
      await rig.clock.advance(MINUTE);
    }
    expect(claims).toBe(0);
    await rig.clock.advance(2 * MINUTE);
    expect(claims).toBeGreaterThan(0);
  });

  it('M10: keeps its caps over restarts and a clock that is set by a day while messages wait', async () => {
    const log = await capped({ perMinute: 10, perHour: 40 });
    await rig.acceptMany(clients(150).map((to) => ({ ...to, validFor: WEEK })));
    for (const step of [0, DAY, -DAY, -DAY, 2 * DAY, -DAY, HOUR, -HOUR]) {
      rig.clock.step(step === 2 * DAY ? DAY : step);
      await rig.clock.advance(7 * MINUTE);
      await rig.restart();
      await rig.clock.advance(5 * MINUTE);
    }
    for (const { at } of log) {
      expect(log.filter((b) => b.at > at - MINUTE && b.at <= at).length).toBeLessThanOrEqual(10);
      expect(log.filter((b) => b.at > at - HOUR && b.at <= at).length).toBeLessThanOrEqual(40);
    }
    // 96 minutes are room for this many.
    expect(log).toHaveLength(80);
  });

  it('keeps half of its caps for what is no offer', async () => {
    const log = await capped({ perHour: 10 });
    await rig.acceptMany(clients(20).map((to) => ({ ...to, purpose: 'promotional' as const, text: 'offer' })));
    await rig.clock.advance(MINUTE);
    expect(log).toHaveLength(5);
    await rig.acceptMany(clients(5, 100).map((to) => ({ ...to, text: 'the doctor is ill' })));
    await rig.clock.advance(MINUTE);
    expect(log.slice(5).map((b) => b.text)).toEqual(Array.from({ length: 5 }, () => 'the doctor is ill'));
    await rig.clock.advance(HOUR);
    expect(log.filter((b) => b.text === 'offer')).toHaveLength(10);
  });

  it('writes to nobody new once it wrote to so many, but goes on with who is known, and with another purpose', async () => {
    const log = await capped({ uniquePerDay: 3 });
    await rig.acceptMany(clients(4).map((to) => ({ ...to, validFor: WEEK })));
    await rig.clock.advance(HOUR);
    expect(log).toHaveLength(3);
    await rig.acceptMany([{ ...clients(1)[0], purpose: 'otp', text: '4711' }]);
    await rig.clock.advance(MINUTE);
    expect(log.map((b) => b.text).at(-1)).toBe('4711');
    expect(rig.store.simUse('sim-a')).toMatchObject({ caps: [{ name: 'uniquePerDay', used: 3, limit: 3 }], everything: null });
    await rig.clock.advance(DAY - HOUR);
    expect(log.map((b) => b.to)).toContain('+380500000003');
  });

  it('begins its month anew on the reset day, at midnight at the site', async () => {
    // It is 22 November, 12:00 in Kyiv.
    const log = await capped({ perMonth: 2, resetDay: 23 });
    await rig.accept({ validFor: WEEK });
    await rig.accept({ validFor: WEEK });
    await rig.accept({ validFor: WEEK });
    await rig.clock.advance(11 * HOUR + 59 * MINUTE);
    expect(log).toHaveLength(2);
    await rig.clock.advance(2 * MINUTE);
    expect(log).toHaveLength(3);
  });

  it('counts each segment, and each try, also one that failed', async () => {
    await capped({ perHour: 4 });
    rig.sender.auto = () => ({ kind: 'refused', cause: 'CMS-42' });
    await rig.accept({ text: 'я'.repeat(100) });
    await rig.clock.advance(30 * MINUTE);
    expect(rig.sender.all.length).toBeGreaterThan(1);
    expect(rig.store.simUse('sim-a').caps).toEqual([{ name: 'perHour', used: rig.sender.all.length, limit: 4 }]);
    expect(rig.sender.all.length).toBeLessThanOrEqual(4);
  });
});

describe('a SIM that may carry some purposes only', () => {
  it('leaves the others to other SIMs, and takes what it may past them', async () => {
    rig = await queueRig({ sims: ['sim-a', 'sim-b'], purposes: (iccid) => (iccid === 'sim-a' ? ['otp'] : PURPOSES) });
    rig.sender.setReady('sim-b', false);
    await rig.acceptMany([{ text: 'visit' }, { text: '4711', purpose: 'otp' }]);
    await rig.settle();
    expect(rig.sender.all.map(({ iccid, segment }) => [iccid, segment.text])).toEqual([['sim-a', '4711']]);
    rig.sender.setReady('sim-b', true);
    rig.dispatcher.wake();
    await rig.settle();
    expect(rig.sender.all.map(({ iccid, segment }) => [iccid, segment.text])).toContainEqual(['sim-b', 'visit']);
  });
});
