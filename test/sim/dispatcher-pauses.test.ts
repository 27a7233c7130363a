import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';

let rig: QueueRig;

beforeEach(async () => {
  rig = await queueRig();
});

afterEach(async () => {
  for (const call of rig.sender.calls.splice(0)) call.answer({ kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' });
  await rig.close();
});

describe('the kill switch', () => {
  it('Q08: nothing is begun after it, what is on the air gets its answer, and all goes on when it is lifted', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 6; i += 1) ids.push(await rig.accept({ to: `+38050123456${i}`, purpose: 'promotional' }));
    expect(rig.sender.calls).toHaveLength(2);
    await rig.sending.set({ state: 'paused' });
    for (const call of rig.sender.calls.splice(0)) call.answer({ kind: 'ok', mr: 1 });
    await rig.clock.advance(3_600_000);
    expect(rig.sender.all).toHaveLength(2);
    expect(await Promise.all(ids.slice(0, 2).map(async (id) => (await rig.view(id)).status))).toEqual(['sent', 'sent']);
    await rig.restart();
    await rig.clock.advance(60_000);
    expect(rig.sender.all).toHaveLength(2);
    await rig.sending.set({ state: 'running' });
    await rig.settle();
    expect(rig.sender.calls).toHaveLength(2);
  });

  it('one purpose is paused while the others go, and an uncertain one is not sent again meanwhile', async () => {
    const code = await rig.accept({ purpose: 'otp', text: 'a code' });
    rig.sender.take().answer({ kind: 'unknown', cause: 'EV-TIMEOUT', late: Promise.resolve(undefined) });
    await rig.settle();
    await rig.sending.set({ state: 'paused', purpose: 'otp' });
    await rig.accept({ purpose: 'service', text: 'a visit' });
    expect(rig.sender.take().segment.text).toBe('a visit');
    await rig.clock.advance(200_000);
    expect(rig.sender.calls).toHaveLength(0);
    expect(await rig.view(code)).toMatchObject({ status: 'queued', possibleDuplicate: true });
  });
});
