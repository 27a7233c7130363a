import { afterEach, describe, expect, it } from 'vitest';
import { sleep } from '../../src/base/clock.ts';
import { PURPOSES } from '../../src/base/purpose.ts';
import type { SendOutcome } from '../../src/dispatch/sender.ts';
import type { SimPlans } from '../../src/store/records/plan.ts';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';
import { newReceived } from '../support/store-samples.ts';

const SECOND = 1000;
const PATIENCE = 60 * SECOND;
const CLIENT = '+380671112233';

let rig: QueueRig;

afterEach(() => rig.close());

/** Two SIMs that take two seconds for each segment. */
async function twoSims(purposes: SimPlans['purposesOf'] = () => PURPOSES): Promise<void> {
  rig = await queueRig({ sims: ['sim-a', 'sim-b'], patience: PATIENCE, purposes });
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

async function sendAndSettle(request: Parameters<QueueRig['accept']>[0]): Promise<string> {
  const id = await rig.accept(request);
  await rig.clock.advance(5 * SECOND);
  return id;
}

describe('a client', () => {
  it('goes on seeing the number that it knows', async () => {
    await twoSims();
    await sendAndSettle({ to: CLIENT, sim: 'sim-b' });
    // The other one has sent less, and is asked first.
    for (let i = 0; i < 4; i += 1) expect(await wentBy(await sendAndSettle({ to: CLIENT }))).toBe('sim-b sticky');
    expect(await wentBy(await sendAndSettle({ to: '+380509999999' }))).toBe('sim-a first');
  });

  it('is answered from the SIM that it wrote to', async () => {
    await twoSims();
    await sendAndSettle({ to: CLIENT, sim: 'sim-a' });
    await rig.store.receive(newReceived(rig.clock.now(), { iccid: 'sim-b', from: CLIENT }));
    expect(await wentBy(await sendAndSettle({ to: CLIENT }))).toBe('sim-b sticky');
  });

  it('gets its code from whichever SIM is free', async () => {
    await twoSims();
    await sendAndSettle({ to: CLIENT, sim: 'sim-b' });
    expect(await wentBy(await sendAndSettle({ to: CLIENT, purpose: 'otp' }))).toBe('sim-a first');
  });

  it('waits for the SIM that it knows while that is busy, and no longer than the patience', async () => {
    await twoSims();
    await sendAndSettle({ to: CLIENT, sim: 'sim-b' });
    let hangs = true;
    rig.sender.auto = async (iccid): Promise<SendOutcome> => {
      await sleep(rig.clock, iccid === 'sim-b' && hangs ? 130 * SECOND : 2 * SECOND);
      return { kind: 'ok', mr: rig.sender.nextMr() };
    };
    await rig.accept({ to: '+380509999999', sim: 'sim-b' });
    const first = await rig.accept({ to: CLIENT });
    await rig.clock.advance(PATIENCE - SECOND);
    expect(await wentBy(first)).toBe('not yet');
    await rig.clock.advance(2 * SECOND);
    expect(await wentBy(first)).toBe('sim-a first');
    hangs = false;
  });

  it('does not wait for a SIM that is gone, or that may not carry the message', async () => {
    await twoSims((iccid) => (iccid === 'sim-b' ? ['service'] : PURPOSES));
    await sendAndSettle({ to: CLIENT, sim: 'sim-b' });
    expect(await wentBy(await sendAndSettle({ to: CLIENT, purpose: 'promotional' }))).toBe('sim-a onlyOne');
    await sendAndSettle({ to: CLIENT, sim: 'sim-b' });
    rig.sender.setReady('sim-b', false);
    expect(await wentBy(await sendAndSettle({ to: CLIENT }))).toBe('sim-a onlyOne');
  });

  it('M04: waits no longer once the SIM that its message was left to is gone, where it did not ask for that SIM', async () => {
    await twoSims();
    await sendAndSettle({ to: CLIENT, sim: 'sim-b' });
    await rig.accept({ to: '+380509999999', sim: 'sim-b' });
    const left = await rig.accept({ to: CLIENT });
    const bound = await rig.accept({ to: CLIENT, sim: 'sim-b' });
    await rig.clock.advance(SECOND);
    rig.sender.setReady('sim-b', false);
    rig.dispatcher.wake();
    await rig.clock.advance(3 * SECOND);
    expect([await wentBy(left), await wentBy(bound)]).toEqual(['sim-a onlyOne', 'not yet']);
  });
});

it('new clients and codes come to SIMs by their weight', async () => {
  rig = await queueRig({ sims: ['sim-a', 'sim-b'], patience: PATIENCE, weights: (iccid) => (iccid === 'sim-b' ? 3 : 1) });
  rig.sender.auto = async (): Promise<SendOutcome> => {
    await sleep(rig.clock, 2 * SECOND);
    return { kind: 'ok', mr: rig.sender.nextMr() };
  };
  for (let i = 0; i < 40; i += 1) {
    await sendAndSettle({ to: `+38050${String(i).padStart(7, '0')}`, purpose: i % 2 === 0 ? 'service' : 'otp' });
  }
  const by = rig.sender.all.map(({ iccid }) => iccid);
  expect([by.filter((iccid) => iccid === 'sim-a').length, by.filter((iccid) => iccid === 'sim-b').length]).toEqual([10, 30]);
});

it('a crowd of clients of one SIM does not leave the other idle', async () => {
  await twoSims();
  const to = Array.from({ length: 60 }, (_, i) => `+38050${String(i).padStart(7, '0')}`);
  await rig.acceptMany(to.map((one) => ({ to: one, sim: 'sim-b' })));
  await rig.clock.advance(130 * SECOND);
  const ids = await rig.acceptMany(to.map((one) => ({ to: one })));
  const began = rig.clock.monotonic();
  while (rig.sender.all.length < 120) await rig.clock.advance(SECOND);
  // One SIM of 2 s each would need two minutes for 60. At the end the known one has at most what it does within the patience.
  expect(rig.clock.monotonic() - began).toBeLessThan(100 * SECOND);
  const ways = await Promise.all(ids.map(wentBy));
  expect(ways.filter((way) => way === 'sim-b sticky').length).toBeGreaterThan(20);
  expect(ways.filter((way) => way === 'sim-a first').length).toBeGreaterThan(10);
});
