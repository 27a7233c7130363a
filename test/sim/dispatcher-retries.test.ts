import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';

const MINUTE = 60_000;

let rig: QueueRig;

beforeEach(async () => {
  rig = await queueRig();
});

afterEach(async () => {
  rig.sender.auto = undefined;
  for (const call of rig.sender.calls.splice(0)) call.answer({ kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' });
  await rig.close();
});

describe('tries, over SIMs and time', () => {
  it.each(['CMS-38', 'CMS-28', 'EV-NO-PROMPT'])(
    'D12: two SIMs that both refuse (%s) do not use up the six tries in seconds',
    async (cause) => {
      rig.sender.auto = () => (cause.startsWith('EV') ? { kind: 'not-sent', cause } : { kind: 'refused', cause });
      const id = await rig.accept({});
      await rig.clock.advance(20_000);
      expect(new Set(rig.sender.all.map((c) => c.iccid))).toEqual(new Set(['sim-a', 'sim-b']));
      // What the modem itself refused is tried again after 5 s once.
      expect(rig.sender.all.length).toBeLessThanOrEqual(3);
      const waiting = await rig.view(id);
      expect(waiting.status).toBe('queued');
      // It says when it is tried next, so that nobody takes it for lost.
      const tried = rig.sender.all.length;
      await rig.clock.advance((waiting.dueAt ?? 0) - rig.clock.now() - 1000);
      expect(rig.sender.all).toHaveLength(tried);
      await rig.clock.advance(2000);
      expect(rig.sender.all.length).toBeGreaterThan(tried);
      await rig.clock.advance(11 * MINUTE);
      expect((await rig.view(id)).status).toBe('queued');
      expect(rig.sender.all.length).toBeLessThan(6);
    },
  );

  it('D12: however many SIMs refuse, three tries follow each other and the others keep the schedule', async () => {
    await rig.close();
    rig = await queueRig({ sims: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] });
    rig.sender.auto = () => ({ kind: 'refused', cause: 'CMS-38' });
    const id = await rig.accept({});
    await rig.clock.advance(20_000);
    expect(rig.sender.all).toHaveLength(3);
    expect((await rig.view(id)).status).toBe('queued');
    await rig.clock.advance(3 * 60 * MINUTE);
    expect(rig.sender.all).toHaveLength(6);
    expect(await rig.view(id)).toMatchObject({ status: 'failed', reason: 'triesUsedUp' });
  });

  it('M04: what waits only for its SIM goes as soon as the SIM is back', async () => {
    rig.sender.setReady('sim-b', false);
    const id = await rig.accept({});
    rig.sender.setReady('sim-a', false);
    rig.sender.take().answer({ kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' });
    rig.dispatcher.wake();
    await rig.clock.advance(2000);
    expect(rig.sender.calls).toHaveLength(0);
    rig.sender.setReady('sim-a', true);
    rig.dispatcher.wake();
    await rig.settle();
    rig.sender.take().answer({ kind: 'ok', mr: 1 });
    await rig.settle();
    expect((await rig.view(id)).status).toBe('sent');
  });

  it('a SIM that comes and goes does not use up the tries', async () => {
    rig.sender.setReady('sim-b', false);
    const id = await rig.accept({});
    for (let i = 0; i < 10; i += 1) {
      rig.sender.setReady('sim-a', false);
      for (const call of rig.sender.calls.splice(0)) call.answer({ kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' });
      rig.dispatcher.wake();
      await rig.settle();
      rig.sender.setReady('sim-a', true);
      rig.dispatcher.wake();
      await rig.settle();
    }
    expect(rig.sender.all).toHaveLength(3);
    expect((await rig.view(id)).status).toBe('queued');
  });
});
