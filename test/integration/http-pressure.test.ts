import { afterEach, describe, expect, it } from 'vitest';
import type { PressureRules } from '../../src/dispatch/pressure.ts';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';

let rig: ApiRig;
afterEach(() => rig.close());

async function begin(rules: Partial<PressureRules>): Promise<void> {
  rig = await apiRig({ pressure: { softLimit: 0, hardLimit: 0, quota: { otp: 0, urgent: 0 }, pace: () => 0.5, ...rules } });
}

const send = (purpose: string, more: object = {}, key = rig.key) =>
  rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text: 'Hello', purpose, ...more }, key });

const stored = async (): Promise<number> => (await rig.call('GET', '/v1/messages?limit=500')).json().data.length;

describe('the quota of a key', () => {
  it('Q03: refuses with 429 and when to come back what goes past all others too often, and nothing else', async () => {
    await begin({ quota: { otp: 3, urgent: 2 } });
    for (let i = 0; i < 3; i += 1) {
      expect((await send('otp')).statusCode).toBe(202);
      await rig.clock.advance(60_000);
    }
    const refused = await send('otp');
    expect(refused.json()).toMatchObject({ status: 429, code: 'quotaUsedUp', errors: [{ pointer: '/purpose' }] });
    // The first of the three is an hour old then.
    expect(refused.headers['retry-after']).toBe(String(3600 - 180));
    expect(await stored()).toBe(3);
    for (const purpose of ['urgent', 'service', 'promotional']) expect((await send(purpose)).statusCode).toBe(202);
    expect((await send('otp', {}, await rig.makeKey('send'))).statusCode).toBe(202);
    await rig.clock.advance((3600 - 180) * 1000);
    expect((await send('otp')).statusCode).toBe(202);
    expect((await send('otp')).statusCode).toBe(429);
  });

  it('Q03: says in a batch as well when to come back, for each entry and for the latest of them', async () => {
    await begin({ quota: { otp: 1, urgent: 1 } });
    await send('otp');
    await rig.clock.advance(60_000);
    await send('urgent');
    const messages = ['otp', 'service', 'urgent'].map((purpose) => ({ to: '+380501234567', text: 'Hello', purpose }));
    const answer = await rig.call('POST', '/v1/messages/batch', { body: { messages } });
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([202, '3600']);
    const { results } = answer.json();
    expect([results[0].problem.retryAfter, results[2].problem.retryAfter]).toEqual([3540, 3600]);
    expect(results[1].problem).toBeUndefined();
  });

  it('T02, T03: counts an hour that passes, whatever the clock on the wall does', async () => {
    await begin({ quota: { otp: 1, urgent: 0 } });
    await send('otp');
    rig.clock.step(400 * 24 * 3_600_000);
    expect((await send('otp')).statusCode).toBe(429);
    rig.clock.step(-400 * 24 * 3_600_000 - 2 * 3_600_000);
    await rig.clock.advance(3_600_000);
    expect((await send('otp')).statusCode).toBe(202);
    // Over a restart what seems to come from the future has just been taken.
    rig.clock.step(-2 * 3_600_000);
    await rig.restart();
    expect((await send('otp')).statusCode).toBe(429);
    await rig.clock.advance(3_600_000);
    expect((await send('otp')).statusCode).toBe(202);
  });

  it('holds over a restart, and a dry run and a refused message do not count', async () => {
    await begin({ quota: { otp: 2, urgent: 0 } });
    await send('otp', { dryRun: true });
    await send('otp', { to: '12' });
    await send('otp');
    await send('otp');
    await rig.restart();
    expect((await send('otp')).statusCode).toBe(429);
    for (let i = 0; i < 5; i += 1) expect((await send('urgent')).statusCode).toBe(202);
  });

  it('counts the messages of a batch one by one, and repeated requests once', async () => {
    await begin({ quota: { otp: 2, urgent: 0 } });
    const headers = { 'idempotency-key': 'codes-1' };
    const body = { messages: [1, 2, 3].map((n) => ({ to: '+380501234567', text: `code ${n}`, purpose: 'otp' })) };
    const sent = await rig.call('POST', '/v1/messages/batch', { body, headers });
    expect(sent.json().results.map((r: { status?: string; problem?: { code: string } }) => r.problem?.code ?? r.status)).toEqual([
      'queued',
      'queued',
      'quotaUsedUp',
    ]);
    expect((await rig.call('POST', '/v1/messages/batch', { body, headers })).body).toBe(sent.body);
    expect(await stored()).toBe(2);
  });
});

describe('a queue that grows', () => {
  it('tells from the soft limit on how long a message waits, by what goes before it', async () => {
    await begin({ softLimit: 3 });
    expect((await send('service', { text: 'x'.repeat(400) })).json()).not.toHaveProperty('queueDelaySeconds');
    // Three segments of service at half a segment a second.
    expect((await send('service')).json()).toMatchObject({ queueDelaySeconds: 6 });
    expect((await send('promotional')).json()).toMatchObject({ queueDelaySeconds: 8 });
    expect((await send('otp')).json()).toMatchObject({ queueDelaySeconds: 0 });
    await rig.store.claim({ iccid: ICCID, imei: '1', predictedMr: null, now: rig.clock.now() });
    expect((await send('otp')).json()).toMatchObject({ queueDelaySeconds: 0 });
    await rig.restart();
    expect((await send('promotional')).json()).toMatchObject({ queueDelaySeconds: 12 });
  });

  it('Q06: is refused at the hard limit with 503 and when to come back; nothing that was taken is lost; codes get in', async () => {
    await begin({ hardLimit: 40 });
    let taken = 0;
    let refused = 0;
    for (let i = 0; i < 400; i += 1) {
      const answer = await send(i % 2 === 0 ? 'promotional' : 'service');
      if (answer.statusCode === 202) taken += 1;
      else {
        refused += 1;
        expect(answer.json()).toMatchObject({ status: 503, code: 'queueFull' });
        expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(5);
      }
    }
    expect([taken, refused]).toEqual([40, 360]);
    expect(await stored()).toBe(40);
    expect((await send('otp')).statusCode).toBe(202);
    const now = rig.clock.now();
    for (let i = 0; i < 10; i += 1) {
      const claim = await rig.store.claim({ iccid: ICCID, imei: '1', predictedMr: i, now });
      await rig.store.settle(claim?.attemptId ?? 0, { kind: 'sent', mr: i, at: now });
    }
    expect((await send('promotional')).statusCode).toBe(202);
  });

  it('refuses a batch whole when it does not fit, so that half of it is not forgotten', async () => {
    await begin({ hardLimit: 5 });
    const batch = (n: number) =>
      rig.call('POST', '/v1/messages/batch', { body: { messages: Array.from({ length: n }, () => ({ to: '+380501234567', text: 'x' })) } });
    expect((await batch(6)).json()).toMatchObject({ status: 503, code: 'queueFull' });
    expect(await stored()).toBe(0);
    expect((await batch(5)).statusCode).toBe(202);
  });
});
