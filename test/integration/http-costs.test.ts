import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AcceptRequest } from '../../src/dispatch/accept.ts';
import type { Settlement } from '../../src/store/records/queue.ts';
import { NO_PLANS } from '../../src/store/sim-caps.ts';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';

let rig: ApiRig;

beforeAll(async () => {
  rig = await apiRig({ prices: ['+380 0.65 UAH', '+48 0.12 EUR'] });
});

afterAll(() => rig.close());

const LONG = 'Ваш візит до лікаря завтра о 10:00, вул. Садова, 3, другий поверх, кабінет 14.';

async function costOf(url: string, body: object): Promise<unknown> {
  const response = await rig.call('POST', url, { body });
  expect(response.statusCode).toBeLessThan(300);
  return response.json().cost;
}

describe('what a message will cost', () => {
  const expected = { segments: 2, amount: '1.30', currency: 'UAH', sim: ICCID };

  it('is said when it is accepted, tried or previewed', async () => {
    expect(await costOf('/v1/messages', { to: '+380501234567', text: LONG })).toEqual(expected);
    expect(await costOf('/v1/messages', { to: '+380501234567', text: LONG, dryRun: true })).toEqual(expected);
    expect(await costOf('/v1/segments/preview', { text: LONG })).toEqual(expected);
    expect(await costOf('/v1/segments/preview', { text: LONG, to: '+48601234567', purpose: 'otp', sim: 'front desk' })).toEqual({
      ...expected,
      amount: '0.24',
      currency: 'EUR',
    });
  });

  it('is said for each of a batch, null where no price is known', async () => {
    const messages = [
      { to: '+380501234567', text: 'Hi' },
      { to: '+4915112345678', text: 'Hi' },
    ];
    const response = await rig.call('POST', '/v1/messages/batch', { body: { messages } });
    const { results } = response.json();
    expect(results.map((one: { cost: unknown }) => one.cost)).toEqual([{ segments: 1, amount: '0.65', currency: 'UAH', sim: ICCID }, null]);
  });

  it('is said of a code as well, with its segments', async () => {
    const response = await rig.call('POST', '/v1/otp', { body: { to: '+380501234567' } });
    expect(response.json()).toMatchObject({ segmentCount: 1, cost: { ...expected, segments: 1, amount: '0.65' } });
  });

  it('is not asked of a number that is none', async () => {
    const response = await rig.call('POST', '/v1/segments/preview', { body: { text: 'Hi', to: '12' } });
    expect(response.statusCode).toBe(422);
    expect(response.json().code).toBe('numberInvalid');
  });
});

describe('GET /v1/costs', () => {
  const OTHER = '8938007777777777777';
  let costs: ApiRig;

  /** What a SIM sends, each segment of it ending alike. */
  async function send(iccid: string, request: Partial<AcceptRequest>, end: Settlement['kind'] = 'sent'): Promise<void> {
    const sent = await costs.call('POST', '/v1/messages', { body: { to: '+380501234567', text: 'Hi', ...request } });
    expect(sent.statusCode).toBe(202);
    for (let n = 0; n < sent.json().segmentCount; n += 1) {
      const at = costs.clock.now();
      const claim = await costs.store.claim({ iccid, imei: 'imei', predictedMr: null, now: at });
      if (!claim) throw new Error('nothing to send');
      const how: Settlement =
        end === 'sent'
          ? { kind: 'sent', mr: n + 7, at }
          : end === 'uncertain'
            ? { kind: 'uncertain', cause: 'EV-TIMEOUT', at, decideAt: null }
            : { kind: 'failed', outcome: 'refused', cause: 'CMS-1', reason: 'CMS-1', at };
      expect(await costs.store.settle(claim.attemptId, how)).toBe(true);
    }
  }

  const ask = async (query: string) => (await costs.call('GET', `/v1/costs?${query}`)).json();

  beforeAll(async () => {
    costs = await apiRig();
    await costs.store.setPlans({
      ...NO_PLANS,
      priceOf: (iccid, to) => {
        if (!to.startsWith('+380')) return null;
        return iccid === ICCID ? { micros: 100_000, currency: 'UAH' } : { micros: 35_000, currency: 'EUR' };
      },
    });
    await costs.clock.advance(Date.UTC(2026, 11, 1, 21, 59, 59) - costs.clock.now());
    await send(ICCID, { purpose: 'otp' });
    await costs.clock.advance(1000);
    await send(ICCID, { text: LONG });
    await send(ICCID, { text: LONG, purpose: 'promotional' });
    await send(OTHER, {});
    await send(OTHER, { to: '+48601234567' });
    await send(ICCID, {}, 'failed');
    await send(ICCID, {}, 'uncertain');
    await costs.clock.advance(1000);
  });

  afterAll(() => costs.close());

  const none = { segments: 0, amount: '0.00' };
  const euros = { currency: 'EUR', segments: 1, amount: '0.035', inDoubt: none };
  const unknown = { currency: null, segments: 1, amount: null, inDoubt: { segments: 0, amount: null } };

  it('sums what the network took by purpose, each currency for itself, what is in doubt apart', async () => {
    const { data, totals, from, to } = await ask('');
    expect(data).toEqual([
      { group: 'otp', currency: 'UAH', segments: 1, amount: '0.10', inDoubt: none },
      { group: 'promotional', currency: 'UAH', segments: 2, amount: '0.20', inDoubt: none },
      { group: 'service', ...euros },
      { group: 'service', currency: 'UAH', segments: 2, amount: '0.20', inDoubt: { segments: 1, amount: '0.10' } },
      { group: 'service', ...unknown },
    ]);
    expect(totals).toEqual([{ currency: 'UAH', segments: 5, amount: '0.50', inDoubt: { segments: 1, amount: '0.10' } }, euros, unknown]);
    expect(Date.parse(to) - Date.parse(from)).toBe(30 * 86_400_000);
  });

  it('sums by SIM, by key and by day at the site', async () => {
    expect((await ask('groupBy=sim')).data.map((one: { group: string; amount: string }) => `${one.group} ${one.amount}`)).toEqual([
      `${ICCID} 0.50`,
      `${OTHER} 0.035`,
      `${OTHER} null`,
    ]);
    expect(new Set((await ask('groupBy=key')).data.map((one: { group: string }) => one.group.slice(0, 4)))).toEqual(new Set(['key_']));
    const days = (await ask('groupBy=day')).data.filter((one: { currency: string }) => one.currency === 'UAH');
    // Midnight in Kyiv is 22:00 UTC.
    expect(days.map((one: { group: string; segments: number }) => `${one.group} ${one.segments}`)).toEqual([
      '2026-12-01 1',
      '2026-12-02 4',
    ]);
  });

  it('has an end that is not in it, and a beginning before that', async () => {
    expect((await ask('to=2026-12-01T22:00:00Z')).totals).toMatchObject([{ currency: 'UAH', segments: 1 }]);
    expect((await ask('from=2026-12-01T22:00:00Z')).totals).toMatchObject([
      { currency: 'UAH', segments: 4 },
      { currency: 'EUR' },
      { currency: null },
    ]);
    expect((await costs.call('GET', '/v1/costs?from=2026-12-02T00:00:00Z&to=2026-12-02T00:00:00Z')).statusCode).toBe(400);
    expect((await costs.call('GET', '/v1/costs?from=yesterday')).statusCode).toBe(400);
  });
});

describe('POST /v1/costs/estimate', () => {
  const CLINIC = { recipients: 1000, sendsPerMonth: 2, length: 134, letters: 'cyrillic', hoursPerDay: 10, sims: 1 };
  const ask = (body: object) => rig.call('POST', '/v1/costs/estimate', { body });

  it('says what a month costs and takes, by length or by the text itself', async () => {
    const byLength = (await ask(CLINIC)).json();
    expect(byLength).toMatchObject({ segmentsEach: 2, segments: 4000, amount: '2600.00', currency: 'UAH', simsNeeded: 1, daysNeeded: 10 });
    expect(byLength.savings[0]).toEqual({
      way: 'transliterate',
      units: 148,
      segmentsEach: 1,
      segments: 2000,
      amount: '1300.00',
      saved: '1300.00',
    });
    const { length, letters, ...rest } = CLINIC;
    expect((await ask({ ...rest, text: 'Чекаємо '.repeat(16) + letters + length })).json()).toMatchObject({
      encoding: 'ucs2',
      segments: 6000,
    });
    expect((await ask({ ...rest, text: LONG, to: '+48601234567' })).json()).toMatchObject({
      segments: 4000,
      amount: '480.00',
      currency: 'EUR',
    });
  });

  it('prices no text that no message could have, however it is told', async () => {
    const { length, letters, ...rest } = CLINIC;
    expect([length, letters]).toEqual([134, 'cyrillic']);
    for (const [told, pointer] of [
      [{ length: 671, letters }, '/length'],
      [{ text: 'я'.repeat(671) }, '/text'],
    ] as const) {
      const refused = await ask({ ...rest, ...told });
      expect(refused.json()).toMatchObject({ status: 422, code: 'textTooLong', errors: [{ pointer }] });
      expect(refused.json().detail).toMatch(/needs 11 segments of 67 characters, and at most 10 segments are allowed/);
    }
    expect((await ask({ ...rest, length: 670, letters })).statusCode).toBe(200);
  });

  it('has no SIM and no days where nothing is plugged in', async () => {
    const { sims, ...rest } = CLINIC;
    expect(sims).toBe(1);
    expect((await ask({ ...rest, to: '+4915112345678' })).json()).toMatchObject({
      simsThere: 0,
      daysNeeded: null,
      amount: null,
      currency: null,
    });
  });

  it.each([
    ['neither text nor length', { recipients: 1, sendsPerMonth: 1 }, '/text'],
    ['both', { ...CLINIC, text: 'Hi' }, '/text'],
    ['a length without letters', { recipients: 1, sendsPerMonth: 1, length: 70 }, '/text'],
    ['shares that are no hundred', { ...CLINIC, shares: { otp: 50, service: 40 } }, '/shares'],
  ])('refuses %s', async (_, body, pointer) => {
    const response = await ask(body);
    expect(response.statusCode).toBe(400);
    expect(response.json().errors[0].pointer).toBe(pointer);
  });
});
