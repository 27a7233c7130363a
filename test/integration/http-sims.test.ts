import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiRig, apiRig, ICCID, OTHER_ICCID } from '../support/api-rig.ts';

const DAY = 86_400_000;

let rig: ApiRig;

beforeAll(async () => {
  rig = await apiRig({ simLimits: { topUpDays: 90, warmUpDays: 14 } });
  await rig.store.seeSim({ iccid: ICCID, imsi: null, number: null, at: rig.clock.now() });
});

afterAll(() => rig.close());

const shown = async () => (await rig.call('GET', '/v1/sims')).json().data[0];
const topUp = (iccid: string, body: object, key?: string) =>
  rig.call('POST', `/v1/sims/${iccid}/top-up`, key === undefined ? { body } : { body, key });

it('a SIM is shown with what will become of it, and a person can say that it was topped up', async () => {
  rig.clock.step(3 * DAY);
  expect(await shown()).toMatchObject({
    package: null,
    toppedUpAt: null,
    payBy: null,
    warmUpDay: 4,
    outlook: [
      'Top it up within 87 days: its operator ends a SIM that was not topped up for 90 days.',
      'It is new: this is day 4 of 14 in which its caps grow.',
    ],
  });
  const at = new Date(rig.clock.now() - DAY).toISOString();
  const answer = await topUp(ICCID, { at });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ sim: ICCID, toppedUpAt: at });
  expect((await shown()).outlook[0]).toContain('within 89 days');
  const { data } = (await rig.call('GET', '/v1/audit')).json();
  expect(data[0]).toMatchObject({ action: 'sim.topUp', target: ICCID, detail: { at } });
});

it('a top-up is refused that is still to come, of a SIM that never was here, or by a key that may not', async () => {
  const later = await topUp(ICCID, { at: new Date(rig.clock.now() + 1000).toISOString() });
  expect([later.statusCode, later.json().code]).toEqual([422, 'timeInvalid']);
  expect((await topUp('8938000000000000000', {})).statusCode).toBe(404);
  expect((await topUp(ICCID, {}, await rig.makeKey('send', 'read'))).statusCode).toBe(403);
});

it('a SIM is retired for a reason, and its clients know another; one cannot stand in for itself', async () => {
  const other = OTHER_ICCID;
  await rig.store.seeSim({ iccid: other, imsi: null, number: null, at: rig.clock.now() });
  const retire = (iccid: string, body: object) => rig.call('PUT', `/v1/sims/${iccid}/retirement`, { body });
  expect((await retire(ICCID, { successor: 'front desk', reason: 'old' })).json()).toMatchObject({
    status: 422,
    errors: [{ pointer: '/successor' }],
  });
  expect((await retire(ICCID, { successor: 'nobody', reason: 'old' })).statusCode).toBe(422);
  expect((await retire('8938000000000000000', { successor: other, reason: 'old' })).statusCode).toBe(404);
  expect((await retire(ICCID, { successor: other })).statusCode).toBe(400);
  const reason = 'The contract ends.';
  const retired = { successor: other, reason, at: new Date(rig.clock.now()).toISOString() };
  expect((await retire(ICCID, { successor: other, reason })).json()).toEqual({ sim: ICCID, retired });
  expect((await shown()).retired).toEqual(retired);
  // The other one cannot be retired in favour of one that it stands in for.
  expect((await retire(other, { successor: ICCID, reason })).statusCode).toBe(422);
  expect((await rig.call('DELETE', `/v1/sims/${ICCID}/retirement`)).statusCode).toBe(200);
  expect((await rig.call('DELETE', `/v1/sims/${ICCID}/retirement`)).statusCode).toBe(404);
  const { data } = (await rig.call('GET', '/v1/audit')).json();
  expect(data.slice(0, 2)).toMatchObject([
    { action: 'sim.reinstate', target: ICCID },
    { action: 'sim.retire', target: ICCID, detail: { successor: other, reason } },
  ]);
});
