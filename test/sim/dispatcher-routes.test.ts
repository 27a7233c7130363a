import { afterEach, describe, expect, it } from 'vitest';
import { sleep } from '../../src/base/clock.ts';
import type { SendOutcome } from '../../src/dispatch/sender.ts';
import { NO_CAPS, type QueueRig, queueRig } from '../support/queue-rig.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const UKRAINE = '+380671112233';
const POLAND = '+48601112233';

let rig: QueueRig;

afterEach(() => rig.close());

async function twoSims(options: Parameters<typeof queueRig>[0]): Promise<void> {
  rig = await queueRig({ sims: ['sim-a', 'sim-b'], patience: MINUTE, ...options });
  rig.sender.auto = async (): Promise<SendOutcome> => {
    await sleep(rig.clock, 2 * SECOND);
    return { kind: 'ok', mr: rig.sender.nextMr() };
  };
}

/** The SIM that a message went through, and why. */
async function wentBy(id: string): Promise<string> {
  const attempt = (await rig.view(id)).segments[0]?.attempts.at(-1);
  return attempt ? `${attempt.sim} ${attempt.choice}` : 'not yet';
}

const sims = (a: string[], b: string[] = [], preferred: string[] = []) => [
  { iccid: 'sim-a', prefixes: a, preferredPrefixes: [] },
  { iccid: 'sim-b', prefixes: b, preferredPrefixes: preferred },
];

describe('a SIM that may carry only some numbers', () => {
  it('carries no others, also for a code, and they do not stand in its way', async () => {
    await twoSims({ routes: sims(['+380']) });
    rig.sender.setReady('sim-b', false);
    const abroad = await rig.accept({ to: POLAND, purpose: 'otp' });
    const others = [];
    for (let i = 0; i < 3; i += 1) others.push(await rig.accept({ to: `+38067000000${i}`, purpose: 'otp' }));
    await rig.clock.advance(20 * SECOND);
    for (const id of others) expect(await wentBy(id)).toBe('sim-a onlyOne');
    expect(await wentBy(abroad)).toBe('not yet');
    rig.sender.setReady('sim-b', true);
    rig.dispatcher.wake();
    await rig.clock.advance(5 * SECOND);
    expect(await wentBy(abroad)).toMatch(/^sim-b/);
  });

  it('is not taken for another when that one fails', async () => {
    await twoSims({ routes: sims(['+380']) });
    let tries = 0;
    rig.sender.auto = (iccid): SendOutcome => {
      expect(iccid).toBe('sim-b');
      tries += 1;
      return tries === 1 ? { kind: 'not-sent', cause: 'EV-PORT-GONE' } : { kind: 'ok', mr: rig.sender.nextMr() };
    };
    const id = await rig.accept({ to: POLAND });
    await rig.clock.advance(30 * MINUTE);
    expect((await rig.view(id)).status).toBe('sent');
    expect(tries).toBe(2);
  });

  it('cannot be asked for by name for others', async () => {
    await twoSims({ routes: sims(['+380']) });
    expect(() => rig.acceptance.prepare('key', { to: POLAND, text: 'Hi', sim: 'sim-a' })).toThrow(/may not carry/);
    expect(await wentBy(await rig.accept({ to: UKRAINE, sim: 'sim-a' }))).toBe('sim-a requested');
  });

  it('leaves what was accepted before it was told so', async () => {
    await twoSims({ routes: [] });
    await rig.sending.set({ state: 'paused' });
    const abroad = await rig.accept({ to: POLAND });
    const home = await rig.accept({ to: UKRAINE });
    rig.sender.setReady('sim-b', false);
    await rig.store.setPlans({
      ...rig.plans,
      carries: (iccid, number) => iccid === 'sim-b' || number.startsWith('+380'),
      routeOf: (n) => (n.startsWith('+380') ? '+380' : ''),
    });
    await rig.sending.set({ state: 'running' });
    await rig.clock.advance(10 * SECOND);
    expect(await wentBy(abroad)).toBe('not yet');
    expect(await wentBy(home)).toBe('sim-a onlyOne');
    rig.sender.setReady('sim-b', true);
    rig.dispatcher.wake();
    await rig.clock.advance(10 * SECOND);
    expect(await wentBy(abroad)).toMatch(/^sim-b/);
  });
});

describe('a new client', () => {
  it('is written to from the SIM that is preferred for such numbers', async () => {
    await twoSims({ routes: sims([], [], ['+48']) });
    const abroad = await rig.accept({ to: POLAND });
    const home = await rig.accept({ to: UKRAINE });
    await rig.clock.advance(10 * SECOND);
    expect(await wentBy(abroad)).toBe('sim-b preferred');
    expect(await wentBy(home)).toMatch(/^sim-a/);
  });

  it('is written to from the cheapest, as far as that can begin within the patience', async () => {
    const prices = (amount: string) => [`${amount} UAH`];
    await twoSims({
      prices: {
        defaults: [],
        sims: [
          { iccid: 'sim-a', prices: prices('0.9') },
          { iccid: 'sim-b', prices: prices('0.5') },
        ],
      },
    });
    const first = await rig.accept({ to: UKRAINE });
    await rig.clock.advance(5 * SECOND);
    expect(await wentBy(first)).toBe('sim-b cheapest');
    const crowd = await rig.acceptMany(Array.from({ length: 80 }, (_, i) => ({ to: `+38050${String(i).padStart(7, '0')}` })));
    await rig.clock.advance(3 * MINUTE);
    const ways = await Promise.all(crowd.map(wentBy));
    expect(ways).not.toContain('not yet');
    expect(ways.filter((way) => way === 'sim-b cheapest').length).toBeGreaterThan(30);
    expect(ways.filter((way) => way.startsWith('sim-a')).length).toBeGreaterThan(10);
  });
});

describe('at the cap of the SIM that a client knows', () => {
  /** One segment a minute each; the client knows sim-b, which has just sent. */
  async function atTheCap(): Promise<void> {
    await twoSims({ caps: { ...NO_CAPS, perMinute: 4 } });
    for (let i = 0; i < 4; i += 1) await rig.accept({ to: UKRAINE, sim: 'sim-b' });
    await rig.clock.advance(20 * SECOND);
  }

  it('an offer waits for the cap', async () => {
    await atTheCap();
    const id = await rig.accept({ to: UKRAINE, purpose: 'promotional' });
    await rig.clock.advance(20 * SECOND);
    expect(await wentBy(id)).toBe('not yet');
    await rig.clock.advance(50 * SECOND);
    expect(await wentBy(id)).toBe('sim-b sticky');
  });

  it('a service text waits for it, unless it has not the time', async () => {
    await atTheCap();
    const patient = await rig.accept({ to: UKRAINE });
    const pressing = await rig.accept({ to: UKRAINE, validFor: 60 });
    await rig.clock.advance(10 * SECOND);
    expect(await wentBy(patient)).toBe('not yet');
    expect(await wentBy(pressing)).toBe('sim-a onlyOne');
    await rig.clock.advance(60 * SECOND);
    expect(await wentBy(patient)).toBe('sim-b sticky');
  });

  it('nothing waits for a SIM that is gone', async () => {
    await atTheCap();
    rig.sender.setReady('sim-b', false);
    const id = await rig.accept({ to: UKRAINE, purpose: 'promotional' });
    await rig.clock.advance(5 * SECOND);
    expect(await wentBy(id)).toBe('sim-a onlyOne');
  });
});

describe('offers', () => {
  it('leave a SIM at gaps that nobody can foresee, and other messages go between them', async () => {
    rig = await queueRig({ sims: ['sim-a'], offerGap: { least: 5 * SECOND, most: 20 * SECOND } });
    const at: number[] = [];
    rig.sender.auto = (): SendOutcome => {
      at.push(rig.clock.now());
      return { kind: 'ok', mr: rig.sender.nextMr() };
    };
    await rig.acceptMany(Array.from({ length: 10 }, () => ({ purpose: 'promotional' as const })));
    await rig.clock.advance(1);
    rig.dispatcher.wake();
    for (let i = 0; i < 250; i += 1) await rig.clock.advance(SECOND);
    const gaps = at.slice(1).map((time, i) => time - (at[i] ?? 0));
    expect(gaps).toHaveLength(9);
    for (const gap of gaps) {
      expect(gap).toBeGreaterThanOrEqual(5 * SECOND);
      expect(gap).toBeLessThanOrEqual(20 * SECOND + 1);
    }
    expect(new Set(gaps).size).toBeGreaterThan(5);
    await rig.acceptMany([{ purpose: 'promotional' }, { purpose: 'promotional' }, { purpose: 'service' }]);
    const before = rig.sender.all.length;
    rig.dispatcher.wake();
    await rig.clock.advance(SECOND);
    expect(rig.sender.all.length - before).toBe(2);
  });

  it('of several segments go on at once', async () => {
    rig = await queueRig({ sims: ['sim-a'], offerGap: { least: 5 * SECOND, most: 5 * SECOND } });
    rig.sender.auto = (): SendOutcome => ({ kind: 'ok', mr: rig.sender.nextMr() });
    const id = await rig.accept({ purpose: 'promotional', text: 'x'.repeat(400) });
    await rig.clock.advance(SECOND);
    expect((await rig.view(id)).status).toBe('sent');
  });
});
