import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random.ts';
import { RETRIES, retryDelay } from '../../../src/webhooks/retry.ts';
import { secretOctets, signedHeaders } from '../../../src/webhooks/signature.ts';

describe('webhook signatures', () => {
  it('X09: are those of Standard Webhooks, for any secret, id and body', () => {
    const random = seededRandom(20261122);
    for (let i = 0; i < 100; i += 1) {
      const secret = `whsec_${random.bytes(24 + (i % 41)).toString('base64')}`;
      const body = JSON.stringify({ n: i, text: `Готово ${random.bytes(i).toString('hex')} 👍` });
      const headers = signedHeaders([secretOctets(secret)], `evt_${i}`, Date.now(), body);
      expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
      expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
    }
  });

  it('X09: are known by the secret of before and by the new one, while one takes over from the other', () => {
    const [before, now, other] = [1, 2, 3].map((seed) => `whsec_${seededRandom(seed).bytes(32).toString('base64')}`);
    const headers = signedHeaders([secretOctets(now ?? ''), secretOctets(before ?? '')], 'evt_1', Date.now(), '{}');
    expect(headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    for (const secret of [before, now]) expect(new Webhook(secret ?? '').verify('{}', headers)).toEqual({});
    expect(() => new Webhook(other ?? '').verify('{}', headers)).toThrow();
  });

  it('X09: are the ones that the specification shows', () => {
    // The example of the Standard Webhooks specification and of its reference libraries.
    const headers = signedHeaders(
      [secretOctets('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')],
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      1_614_265_330_000,
      '{"test": 2432232314}',
    );
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
    expect(headers['webhook-timestamp']).toBe('1614265330');
  });

  it('X09: are refused by a receiver after five minutes', () => {
    const secret = `whsec_${seededRandom(3).bytes(32).toString('base64')}`;
    const old = signedHeaders([secretOctets(secret)], 'evt_1', Date.now() - 301_000, '{}');
    expect(() => new Webhook(secret).verify('{}', old)).toThrow(/too old/);
  });

  it('want a secret that is one', () => {
    for (const bad of ['', 'secret', 'whsec_', 'whsec_c2hvcnQ=', 'whsec_***', `whsec_${Buffer.alloc(65).toString('base64')}`]) {
      expect(() => secretOctets(bad), bad).toThrow(expect.objectContaining({ code: 'configInvalid' }));
    }
    expect(secretOctets(` whsec_${Buffer.alloc(24, 7).toString('base64')}\n`)).toEqual(Buffer.alloc(24, 7));
  });
});

describe('webhook retries', () => {
  it('go on for two days, each within 10 % of its plan, and then end', () => {
    const total = RETRIES.reduce((sum, ms) => sum + ms, 0);
    expect(total).toBeGreaterThan(47 * 3_600_000);
    expect(total).toBeLessThanOrEqual(48 * 3_600_000);
    const random = seededRandom(7);
    for (let tries = 1; tries <= RETRIES.length; tries += 1) {
      const planned = RETRIES[tries - 1] ?? 0;
      for (let i = 0; i < 200; i += 1) {
        const delay = retryDelay(tries, random) ?? 0;
        expect(delay).toBeGreaterThanOrEqual(planned * 0.9);
        expect(delay).toBeLessThanOrEqual(planned * 1.1);
      }
    }
    expect(retryDelay(RETRIES.length + 1, random)).toBeUndefined();
  });
});
