import { afterEach, describe, expect, it } from 'vitest';
import type { SimCaps } from '../../src/store/records/plan.ts';
import { NO_CAPS, type QueueRig, queueRig } from '../support/queue-rig.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const SIM = 'sim-a';

let rig: QueueRig;
afterEach(() => rig.close());

/** What goes out, as purpose letters in order. */
async function capped(caps: Partial<SimCaps>): Promise<string[]> {
  rig = await queueRig({ sims: [SIM], caps: { ...NO_CAPS, ...caps } });
  const went: string[] = [];
  rig.sender.auto = (_, { text }) => {
    went.push(text);
    return { kind: 'ok', mr: rig.sender.nextMr() };
  };
  return went;
}

async function allow(segments: number, until = rig.clock.now() + HOUR): Promise<void> {
  const entry = { at: rig.clock.now(), actor: 'user:Olena', action: 'sim.allow', target: SIM, detail: {} } as const;
  await rig.store.allow({ iccid: SIM, segments, until, reason: 'The doctor is ill.' }, entry);
  rig.dispatcher.allowed(SIM);
  await rig.settle();
}

const urgent = (n: number, first = 0) =>
  Array.from({ length: n }, (_, i) => ({ to: `+38050${String(first + i).padStart(7, '0')}`, text: 'u', purpose: 'urgent' as const }));

describe('what an owner lets go past the caps of a SIM', () => {
  it('M10: lets so many urgent segments through at once, and no more, and nothing else', async () => {
    const went = await capped({ perHour: 5 });
    await rig.acceptMany([...urgent(10), { text: 's' }, { text: 'o', purpose: 'otp' }]);
    await rig.settle();
    expect(went.join('')).toBe('ouuuu');
    await allow(4);
    expect(went.join('')).toBe('ouuuuuuuu');
    expect(rig.store.simUse(SIM)).toMatchObject({ allowance: null, everything: { name: 'perHour' } });
    await rig.clock.advance(HOUR - MINUTE);
    expect(went).toHaveLength(9);
  });

  it('is heeded by what is accepted after, over a restart, and past the cap of recipients', async () => {
    const went = await capped({ perHour: 5, uniquePerDay: 3 });
    await rig.acceptMany(urgent(4));
    await rig.settle();
    expect(went).toHaveLength(3);
    await allow(3);
    expect(went).toHaveLength(4);
    await rig.restart();
    await rig.acceptMany(urgent(9, 100));
    await rig.settle();
    expect(went).toHaveLength(6);
    expect(rig.store.simUse(SIM).allowance).toBeNull();
  });

  it('ends with its time, and does not count what the caps let through anyway', async () => {
    const went = await capped({ perHour: 5 });
    await rig.acceptMany(urgent(2));
    await rig.settle();
    await allow(2, rig.clock.now() + MINUTE);
    await rig.acceptMany(urgent(3, 10));
    await rig.settle();
    expect([went.length, rig.store.simUse(SIM).allowance?.segments]).toEqual([5, 2]);
    await rig.clock.advance(MINUTE);
    await rig.acceptMany(urgent(3, 20));
    await rig.settle();
    expect(went).toHaveLength(5);
  });
});
