import { afterEach, describe, expect, it } from 'vitest';
import type { AcceptRequest } from '../../src/dispatch/accept.ts';
import { type QueueRig, queueRig } from '../support/queue-rig.ts';

let rig: QueueRig;
afterEach(() => rig.close());

const HELLO: AcceptRequest = { to: '+380501234567', text: 'Hello', purpose: 'otp' };

/** Hands over one message under an Idempotency-Key, as two requests do that were looked at before either was kept. */
async function handOver(idempotencyKey: string): Promise<string> {
  const { acceptance, clock } = rig;
  const message = acceptance.prepare('key_test', HELLO);
  const answer = { bodyHash: 'a'.repeat(64), status: 202, response: '{}', location: null, at: clock.now() };
  const { kind } = await acceptance.commit([message], { keyId: 'key_test', idempotencyKey, ...answer });
  return kind;
}

describe('what was not taken after all counts nowhere', () => {
  it.each<[string, string, Parameters<typeof queueRig>[0]]>([
    [
      'limits to one number',
      'recipientLimit',
      { limits: { recipientPerHour: 2, recipientPerDay: 0, otpPerTenMinutes: 0, adjacentNumbers: 0 } },
    ],
    ['the quota of the key', 'quotaUsedUp', { quota: { otp: 2, urgent: 0 } }],
    [
      'the cost of the day',
      'costLimit',
      { prices: { defaults: ['0.50 UAH'], sims: [] }, mostPerDay: { micros: 1_000_000, currency: 'UAH' } },
    ],
  ])('in %s', async (_, code, options) => {
    rig = await queueRig(options);
    expect(await handOver('a')).toBe('accepted');
    for (let i = 0; i < 5; i += 1) expect(await handOver('a')).toBe('repeated');
    expect(await handOver('b')).toBe('accepted');
    await expect(handOver('c')).rejects.toMatchObject({ code });
  });
});
