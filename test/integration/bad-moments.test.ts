import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemRandom } from '../../src/base/random.ts';
import { Judge } from '../../src/dispatch/judge.ts';
import { judgeInbound } from '../../src/inbound/rules/judge-inbound.ts';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';
import { policySettings } from '../support/policy-settings.ts';
import { newReceived } from '../support/store-samples.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const SETTINGS = policySettings({ profile: 'standard' });

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig({ policy: SETTINGS });
});
afterAll(() => rig.close());

/** What would become of an offer to a client now. @param validFor seconds */
async function offer(to: string, validFor = 86_400) {
  const body = { to, text: 'Клініка: знижка. Відмова: СТОП', purpose: 'promotional', validFor, dryRun: true };
  const answer = (await rig.call('POST', '/v1/messages', { body })).json();
  return answer.code ?? answer.reason ?? answer.status;
}

const occasion = (kind: string, to: string, more: object) =>
  rig.call('PUT', `/v1/occasions/${kind}/${kind}${to.slice(-4)}`, { body: { contact: { to }, ...more } });

it('an offer waits while the client waits for an answer, and goes once somebody gave it', async () => {
  const to = '+380501230001';
  expect(await offer(to)).toBe('queued');
  await rig.store.receive(newReceived(rig.clock.now(), { from: to, text: 'Скільки коштує чистка?' }), judgeInbound);
  expect(await offer(to)).toBe('unanswered');
  // It is worth nothing later.
  expect(await offer(to, 600)).toBe('unanswered');
  await rig.clock.advance(1000);
  await rig.call('POST', '/v1/messages', { body: { to, text: 'Клініка: 900 грн' } });
  expect(await offer(to)).toBe('queued');
});

it('an offer waits until the visit within a day is over, and is refused where it would be too late then', async () => {
  const to = '+380501230002';
  const startsAt = (in_: number) => new Date(rig.clock.now() + in_).toISOString();
  await occasion('visit', to, { startsAt: startsAt(30 * HOUR) });
  expect(await offer(to)).toBe('queued');
  await occasion('visit', to, { startsAt: startsAt(5 * HOUR) });
  expect(await offer(to)).toBe('visitNear');
  const late = await rig.call('POST', '/v1/messages', { body: { to, text: 'Знижка', purpose: 'promotional', validFor: HOUR / 1000 } });
  expect(late.json()).toMatchObject({ status: 422, code: 'visitNear' });
  await occasion('visit', to, { status: 'cancelled' });
  expect(await offer(to)).toBe('queued');
});

it('an offer waits while a repair is under way, hour by hour, and for 30 days after a low rating', async () => {
  const to = '+380501230003';
  const { externalId } = (await occasion('repair', to, { status: 'accepted', data: { item: 'Lanos' } })).json();
  expect(await offer(to)).toBe('repairUnderWay');
  const { status, policy } = (
    await rig.call('POST', '/v1/messages', { body: { to, text: 'Знижка', purpose: 'promotional', dryRun: true } })
  ).json();
  expect(status).toBe('held');
  expect(policy.rules).toContainEqual({ rule: 'moment', verdict: 'hold', reason: 'repairUnderWay' });
  expect(Date.parse(policy.until) - rig.clock.now()).toBe(HOUR);
  await occasion('repair', to, { status: 'ready' });
  expect(await offer(to)).toBe('queued');
  const at = rig.clock.now();
  await rig.store.occasions.amend(
    { kind: 'repair', externalId },
    at,
    (before) =>
      before && {
        occasion: before,
        anew: false,
        plan: () => ({ steps: [], replanAt: null }),
        rating: { rating: 2, inboundId: 'in_1', at },
      },
  );
  expect(await offer(to)).toBe('lowRating');
  expect(await offer(to, 40 * 86_400)).toBe('lowRating');
  await rig.clock.advance(31 * DAY);
  expect(await offer(to)).toBe('queued');
});

it('an offer that was taken before waits too when its turn comes, and a person may let it go', async () => {
  const to = '+380501230004';
  const { id } = (await rig.call('POST', '/v1/messages', { body: { to, text: 'Знижка', purpose: 'promotional' } })).json();
  await rig.store.receive(newReceived(rig.clock.now(), { from: to, text: 'А можна в суботу?' }), judgeInbound);
  const policy = new Judge({ store: rig.store, random: systemRandom, settings: SETTINGS, clockTrusted: () => true });
  const claim = () =>
    rig.store.claim({ iccid: ICCID, imei: '1', predictedMr: null, now: rig.clock.now(), judge: (facts) => policy.atItsTurn(facts) });
  while (await claim());
  expect((await rig.call('GET', `/v1/messages/${id}`)).json()).toMatchObject({ status: 'held', reason: 'unanswered' });
  expect((await rig.call('POST', `/v1/messages/${id}/release`, { body: { reason: 'they asked for it' } })).statusCode).toBe(200);
  let claimed = await claim();
  while (claimed && claimed.messageId !== id) claimed = await claim();
  expect(claimed).toMatchObject({ messageId: id });
});
