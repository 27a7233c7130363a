import { expect, it } from 'vitest';
import { Fault } from '../../../src/base/fault.ts';
import { call } from '../../../src/webhooks/call.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const coded = (code: string): Error => Object.assign(new Error('for programmers'), { code });

it.each([
  [coded('ECONNREFUSED'), 'nobodyListens', 'ECONNREFUSED'],
  // As fetch says it.
  [new TypeError('fetch failed', { cause: coded('ENOTFOUND') }), 'nameUnknown', 'ENOTFOUND'],
  [coded('DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  [coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  [coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  [new Fault('webhookRefused', 'It leads to this machine.'), 'forbidden', 'It leads to this machine.'],
  [coded('ESOMETHING'), null, 'ESOMETHING'],
  [new Error('the name has no address'), null, 'the name has no address'],
] as const)('says why a call failed, for programs and for people: %s', async (error, reason, said) => {
  const stop = new AbortController().signal;
  const post = (): Promise<never> => Promise.reject(error);
  expect(await call({ post, clock: new FakeClock(), url: 'https://hook.example/', headers: {}, body: '{}', stop })).toEqual({
    kind: 'failed',
    reason,
    error: said,
  });
});
