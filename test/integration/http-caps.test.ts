import { afterAll, beforeAll, expect, it } from 'vitest';
import { PURPOSES, type Purpose } from '../../src/base/purpose.ts';
import type { LiveSim } from '../../src/http/live-hardware.ts';
import { NO_PLANS } from '../../src/store/sim-caps.ts';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';
import { mustClaim } from '../support/store-samples.ts';

const live: LiveSim = { iccid: ICCID, imsi: null, number: null, smsc: null, state: 'ready', operator: 'Kyivstar', signalDbm: -73 };
let rig: ApiRig;
let purposes: readonly Purpose[] = PURPOSES;

beforeAll(async () => {
  rig = await apiRig({ sims: () => [live], simPurposes: () => purposes });
  const caps = { perMinute: 2, perHour: 0, perDay: 0, perMonth: 0, uniquePerDay: 0, uniquePerMonth: 0, resetDay: 1 };
  await rig.store.setPlans({ ...NO_PLANS, capsOf: () => caps, purposesOf: () => PURPOSES, timeZone: 'Europe/Kyiv', boot: 'one' });
});
afterAll(() => rig.close());

const accept = async (body: object = {}): Promise<string> =>
  (await rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text: 'Hello', ...body } })).json().id;
const reasonOf = async (id: string): Promise<unknown> => (await rig.call('GET', `/v1/messages/${id}`)).json().reason;
const sim = async (): Promise<unknown> => (await rig.call('GET', '/v1/sims')).json().data[0];

it('says of a SIM what is used, and of what waits for it why and until when', async () => {
  expect(await sim()).toMatchObject({ caps: [{ name: 'perMinute', used: 0, limit: 2 }], waitsUntil: null, waitsFor: null });
  for (let i = 0; i < 2; i += 1) {
    await accept();
    await mustClaim(rig.store, ICCID, rig.clock.now());
  }
  const waiting = await accept();
  const elsewhere = await accept({ sim: 'front desk' });
  const later = await accept({ sendAt: '2026-11-22T12:00:00Z' });
  expect(await sim()).toMatchObject({
    caps: [{ name: 'perMinute', used: 2, limit: 2 }],
    waitsUntil: '2026-11-22T10:01:00.000Z',
    waitsFor: 'The cap of 2 segments a minute is reached: nothing goes through this SIM before waitsUntil.',
  });
  expect(await reasonOf(waiting)).toBe('simAtItsCap');
  expect(await reasonOf(elsewhere)).toBe('simAtItsCap');
  expect(await reasonOf(later)).toBe('scheduled');
  const { data } = (await rig.call('GET', '/v1/messages?status=queued')).json();
  expect(data).toMatchObject([{ reason: 'simAtItsCap' }, { reason: 'simAtItsCap' }]);
  await rig.clock.advance(60_000);
  expect(await reasonOf(waiting)).toBeNull();
  expect(await sim()).toMatchObject({ caps: [{ used: 0 }], waitsUntil: null });
});

it('tells that offers had their half, while others go', async () => {
  await accept();
  await accept({ purpose: 'promotional' });
  const offer = await accept({ purpose: 'promotional' });
  // Those that waited before, then the first offer.
  const purposes: string[] = [];
  for (let minute = 0; minute < 2; minute += 1) {
    await rig.clock.advance(60_000);
    for (let i = 0; i < 2; i += 1) purposes.push((await mustClaim(rig.store, ICCID, rig.clock.now())).purpose);
  }
  expect(purposes).toEqual(['service', 'service', 'service', 'promotional']);
  await rig.clock.advance(30_000);
  expect(await reasonOf(offer)).toBe('simAtItsCap');
});

it('tells of a message that no SIM may carry', async () => {
  purposes = ['otp'];
  expect(await sim()).toMatchObject({ purposes: ['otp'] });
  expect(await reasonOf(await accept())).toBe('noSimAllowed');
});
