import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';

let rig: ApiRig;
beforeEach(async () => {
  rig = await apiRig();
});
afterEach(() => rig.close());

/** A message that may have gone out. @returns its address */
async function inDoubt(): Promise<string> {
  const { headers } = await rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text: 'Ваше авто готове', validFor: 3600 } });
  const now = rig.clock.now();
  const claim = await rig.store.claim({ iccid: ICCID, imei: '1', predictedMr: null, now });
  await rig.store.settle(claim?.attemptId ?? 0, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now, decideAt: null });
  return headers.location ?? '';
}

const resolve = (url: string, as: unknown) => rig.call('POST', `${url}/resolve`, { body: { as } });

describe('POST /v1/messages/{id}/resolve', () => {
  it.each([
    ['sent', { status: 'sent', possibleDuplicate: false, segments: [{ attempts: [{ outcome: 'sent', cause: 'EV-TIMEOUT' }] }] }],
    ['failed', { status: 'failed', reason: 'unconfirmed', possibleDuplicate: false }],
    ['resend', { status: 'queued', reason: 'resend', possibleDuplicate: true, segments: [{ attempts: [{ outcome: 'resent' }] }] }],
  ])('as %s answers with the message as it is then, and so is its event', async (as, shown) => {
    const url = await inDoubt();
    const answer = await resolve(url, as);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toMatchObject(shown);
    expect((await rig.call('GET', url)).json()).toEqual(answer.json());
    const [event] = (await rig.store.events(0, 10)).slice(-1);
    expect(event).toMatchObject({ type: `message.${shown.status}`, message: { possibleDuplicate: shown.possibleDuplicate } });
  });

  it('is 409 with the reason for a message that is not in doubt', async () => {
    const url = await inDoubt();
    await resolve(url, 'sent');
    expect((await resolve(url, 'sent')).json()).toMatchObject({
      status: 409,
      code: 'notUncertain',
      detail: expect.stringContaining('is sent'),
    });
    const { headers } = await rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text: 'Hello' } });
    const refused = await resolve(headers.location ?? '', 'sent');
    expect(refused.json()).toMatchObject({ status: 409, code: 'notUncertain', detail: expect.stringContaining('is queued') });
  });

  it('is 409 for a copy of what is not worth sending any more, and says what to do', async () => {
    const url = await inDoubt();
    await rig.clock.advance(3_600_000);
    const refused = await resolve(url, 'resend');
    expect(refused.json()).toMatchObject({ status: 409, code: 'tooLate', detail: expect.stringContaining('resolve it as sent or failed') });
    expect((await rig.call('GET', url)).json().status).toBe('uncertain');
  });

  it('is 404 for no message, 400 for no decision, 403 for a key that may only read', async () => {
    expect((await resolve('/v1/messages/msg_nobody', 'sent')).statusCode).toBe(404);
    const url = await inDoubt();
    for (const as of ['delivered', '', null, 1]) expect((await resolve(url, as)).statusCode).toBe(400);
    expect((await rig.call('POST', `${url}/resolve`, { body: {} })).statusCode).toBe(400);
    const key = await rig.makeKey('read');
    expect((await rig.call('POST', `${url}/resolve`, { body: { as: 'sent' }, key })).statusCode).toBe(403);
    expect((await rig.call('GET', url)).json().status).toBe('uncertain');
  });
});
