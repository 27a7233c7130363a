import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

  it('is not asked of a number that is none', async () => {
    const response = await rig.call('POST', '/v1/segments/preview', { body: { text: 'Hi', to: '12' } });
    expect(response.statusCode).toBe(422);
    expect(response.json().code).toBe('numberInvalid');
  });
});
