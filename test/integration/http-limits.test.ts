import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { type LimitRules, Limits } from '../../src/dispatch/limits.ts';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';
import { FakeClock } from '../support/fake-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const RULES: LimitRules = { recipientPerHour: 5, recipientPerDay: 20, otpPerTenMinutes: 3, adjacentNumbers: 10 };
const VICTIM = '+380501234567';

let rig: ApiRig;
beforeEach(async () => {
  rig = await apiRig({ limitRules: RULES });
});
afterEach(() => rig.close());

const send = (over: object = {}, key?: string): Promise<LightMyRequestResponse> =>
  rig.call('POST', '/v1/messages', { body: { to: VICTIM, text: 'Hello', ...over }, ...(key === undefined ? {} : { key }) });

describe('one person who is to be bombed with texts', () => {
  it('X18 gets no more than the limit of 10,000 attempts, by however many keys at once, and hears so after a restart too', async () => {
    const keys = await Promise.all([rig.makeKey('send'), rig.makeKey('send'), rig.makeKey('send')]);
    const messages = Array.from({ length: 1000 }, () => ({ to: VICTIM, text: 'x' }));
    const attempts = [
      ...Array.from({ length: 10 }, (_, i) =>
        rig.app.inject({
          method: 'POST',
          url: '/v1/messages/batch',
          headers: { authorization: `Bearer ${keys[i % 3]}`, 'content-type': 'application/json' },
          payload: JSON.stringify({ messages }),
        }),
      ),
      ...Array.from({ length: 60 }, (_, i) => send({}, keys[i % 3])),
    ];
    const answers = await Promise.all(attempts);
    expect(rig.accepted.length).toBeLessThanOrEqual(5);
    expect(rig.accepted.length).toBeGreaterThan(0);
    for (const { statusCode } of answers) expect([202, 429]).toContain(statusCode);
    while (rig.accepted.length < 5) expect((await send()).statusCode).toBe(202);
    const refused = await send();
    expect(refused.json()).toMatchObject({ status: 429, code: 'recipientLimit' });
    expect(refused.json().detail).toContain('5 messages in an hour');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3500);
    await rig.restart();
    expect((await send()).statusCode).toBe(429);
    expect((await send({ to: '+380671234567' })).statusCode).toBe(202);
  });

  it('X18 gets five an hour and twenty a day', async () => {
    let taken = 0;
    for (let hour = 0; hour < 24; hour += 1) {
      for (let i = 0; i < 6; i += 1) if ((await send()).statusCode === 202) taken += 1;
      if (hour < 4) expect(taken).toBe(5 * (hour + 1));
      await rig.clock.advance(HOUR);
    }
    expect(taken).toBe(20);
    expect((await send()).statusCode).toBe(202);
  });

  it('X18 gets three codes in ten minutes', async () => {
    for (const status of [202, 202, 202, 429]) expect((await send({ purpose: 'otp' })).statusCode).toBe(status);
    expect((await send()).statusCode).toBe(202);
    await rig.clock.advance(10 * MINUTE);
    expect((await send({ purpose: 'otp' })).statusCode).toBe(202);
  });

  it('is answered as often as they like while they write or call', async () => {
    for (let i = 0; i < 5; i += 1) await send();
    expect((await send()).statusCode).toBe(429);
    const now = rig.clock.now();
    await rig.store.keepCall({ iccid: ICCID, from: VICTIM, withheld: false, startedAt: now, rings: 2, duration: 9000, hungUp: false }, now);
    expect((await send()).statusCode).toBe(202);
    expect((await send({ purpose: 'promotional' })).statusCode).toBe(429);
  });

  it('counts for nothing where a limit is 0, or what was not taken', async () => {
    for (let i = 0; i < 20; i += 1) expect((await send({ dryRun: true })).statusCode).toBe(200);
    await rig.close();
    rig = await apiRig();
    for (let i = 0; i < 20; i += 1) expect((await send()).statusCode).toBe(202);
  });
});

describe('a range of numbers that somebody rents', () => {
  const range = (first: number, n: number): string[] => Array.from({ length: n }, (_, i) => `+${first + i}`);

  it.each([380501234500, 380501234595])('X19 is written to a dozen times at most, from %i on, one by one', async (first) => {
    const statuses: number[] = [];
    for (const to of range(first, 40)) statuses.push((await send({ to })).statusCode);
    expect(statuses.filter((status) => status === 202).length).toBeLessThanOrEqual(12);
    expect(statuses.slice(12).every((status) => status === 429)).toBe(true);
    const events = await rig.store.events(0, 100);
    expect(events.filter(({ type }) => type === 'limits.adjacentNumbers').length).toBe(1);
    expect((await send({ to: '+380671112233' })).statusCode).toBe(202);
    await rig.clock.advance(HOUR);
    expect((await send({ to: `+${first + 30}` })).statusCode).toBe(202);
  });

  it('X19 is written to a dozen times at most in a batch, downwards and in no order', async () => {
    const random = seededRandom(19);
    const numbers = range(380501234500, 90).sort(() => random.float() - 0.5);
    const { results } = (
      await rig.call('POST', '/v1/messages/batch', { body: { messages: numbers.map((to) => ({ to, text: 'x' })) } })
    ).json();
    const taken = results.filter((one: object) => !('problem' in one));
    expect(taken.length).toBeLessThanOrEqual(12);
    expect(results.at(-1).problem.code).toBe('adjacentNumbers');
  });

  it('X19 is not seen in 50,000 clients of one operator who get an offer', () => {
    const clock = new FakeClock();
    const limits = new Limits({ store: rig.store, clock, log: silentLog, rules: RULES });
    const random = seededRandom(50);
    const clients = new Set(Array.from({ length: 50_000 }, () => `+38050${String(Math.floor(random.float() * 1e7)).padStart(7, '0')}`));
    for (const to of clients) limits.take([{ to, purpose: 'promotional' }]);
    expect(clients.size).toBeGreaterThan(49_000);
  });
});

it('X19 what messages of a day may cost together is not gone beyond, by batches, restarts and many at once neither, and frees itself', async () => {
  const local = await apiRig({ prices: ['0.50 UAH'], mostPerDay: { micros: 2_000_000, currency: 'UAH' } });
  const send = (i: number) => local.call('POST', '/v1/messages', { body: { to: `+38067123456${i}`, text: 'Hello' } });
  expect((await send(0)).statusCode).toBe(202);
  const batch = { messages: Array.from({ length: 5 }, (_, i) => ({ to: `+38067123455${i}`, text: 'Hello' })) };
  const { results } = (await local.call('POST', '/v1/messages/batch', { body: batch })).json();
  expect(results.map((r: { message?: object; problem?: { code: string } }) => r.problem?.code ?? 'taken')).toEqual([
    ...['taken', 'taken', 'taken', 'costLimit', 'costLimit'],
  ]);
  const refused = await send(1);
  expect(refused.json()).toMatchObject({ status: 429, code: 'costLimit' });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(23 * 3600);
  let claim = await local.store.claim({ iccid: ICCID, imei: '1', predictedMr: null, now: local.clock.now() });
  while (claim) {
    await local.store.settle(claim.attemptId, { kind: 'sent', mr: 1, at: local.clock.now() });
    claim = await local.store.claim({ iccid: ICCID, imei: '1', predictedMr: null, now: local.clock.now() });
  }
  await local.clock.advance(MINUTE);
  await local.restart();
  expect((await send(2)).json()).toMatchObject({ code: 'costLimit' });
  await local.clock.advance(24 * HOUR);
  const many = await Promise.all([3, 4, 5, 6, 7, 8, 9].map(send));
  expect(many.map(({ statusCode }) => statusCode).sort()).toEqual([202, 202, 202, 202, 429, 429, 429]);
  await local.close();
});
