import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';

let rig: ApiRig;
beforeEach(async () => {
  rig = await apiRig();
});
afterEach(() => rig.close());

const put = (body: object, key = rig.key) => rig.call('PUT', '/v1/sending', { body, key });

describe('/v1/sending', () => {
  it('runs at first, and says how much waits', async () => {
    await rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text: 'Hello' } });
    expect((await rig.call('GET', '/v1/sending')).json()).toEqual({ state: 'running', pauses: [], queue: { ready: 1, waiting: 0 } });
  });

  it('Q08: pauses everything at once and for good, and takes messages all the same', async () => {
    const paused = await put({ state: 'paused' });
    const since = '2026-11-22T10:00:00.000Z';
    expect(paused.json()).toMatchObject({ state: 'paused', pauses: [{ purpose: null, sim: null, since }] });
    await rig.restart();
    expect((await rig.call('GET', '/v1/sending')).json()).toMatchObject(paused.json());
    expect((await rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text: 'Hello' } })).statusCode).toBe(202);
    const asked = { iccid: ICCID, imei: '1', predictedMr: null, now: rig.clock.now() };
    expect(await rig.store.claim(asked)).toBeUndefined();
    expect((await put({ state: 'running' })).json()).toMatchObject({ state: 'running', pauses: [] });
    expect(await rig.store.claim(asked)).toBeDefined();
  });

  it('shows what is paused on each SIM', async () => {
    await rig.store.seeSim({ iccid: ICCID, imsi: null, number: null, at: rig.clock.now() });
    const shown = async (): Promise<unknown> => (await rig.call('GET', '/v1/sims')).json().data[0].pausedPurposes;
    expect(await shown()).toEqual([]);
    await put({ state: 'paused', purpose: 'promotional' });
    const { pauses } = (await put({ state: 'paused', purpose: 'service', sim: 'front desk' })).json();
    expect(pauses).toMatchObject([
      { purpose: 'service', sim: ICCID },
      { purpose: 'promotional', sim: null },
    ]);
    expect(await shown()).toEqual(['service', 'promotional']);
    await put({ state: 'paused' });
    expect(await shown()).toEqual(['otp', 'urgent', 'service', 'promotional']);
  });

  it('refuses what it does not know, and stores nothing', async () => {
    for (const body of [{}, { state: 'stopped' }, { state: 'paused', purpose: 'spam' }, { state: 'paused', all: true }])
      expect((await put(body)).statusCode).toBe(400);
    expect((await put({ state: 'paused', sim: 'nobody' })).json()).toMatchObject({ status: 422, code: 'simUnknown' });
    expect((await put({ state: 'paused' }, await rig.makeKey('send', 'read'))).statusCode).toBe(403);
    expect((await rig.call('GET', '/v1/sending')).json().pauses).toEqual([]);
  });
});
