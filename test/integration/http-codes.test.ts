import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';

const TO = '+380501234567';
let rig: ApiRig;
beforeEach(async () => {
  rig = await apiRig();
});
afterEach(() => rig.close());

const ask = async (body: object = {}, headers: Record<string, string> = {}, key = rig.key) =>
  (await rig.call('POST', '/v1/otp', { body: { to: TO, ...body }, headers, key })).json();
const verify = async (id: string, code: string, key = rig.key) =>
  (await rig.call('POST', `/v1/otp/${id}/verify`, { body: { code }, key })).json();
/** The code as its recipient reads it. */
const sent = (): string => /^\d+/.exec(rig.accepted.at(-1)?.text ?? '')?.[0] ?? '';
const wrong = (): string => (sent() === '111111' ? '222222' : '111111');

describe('/v1/otp', () => {
  it('sends a code as otp through the one door, and tells it to nobody but the recipient', async () => {
    const response = await rig.call('POST', '/v1/otp', { body: { to: '050 123 45 67', template: 'payment', language: 'en' } });
    expect(response.statusCode).toBe(202);
    const { id, messageId, expiresAt, attemptsLeft } = response.json();
    expect({ expiresAt, attemptsLeft }).toEqual({ expiresAt: '2026-11-22T10:05:00.000Z', attemptsLeft: 5 });
    expect(response.headers.location).toBe(`/v1/messages/${messageId}`);
    expect(rig.accepted).toMatchObject([{ id: messageId, to: TO, purpose: 'otp', expiresAt: Date.parse(expiresAt) }]);
    expect(rig.accepted[0]?.text).toMatch(/^\d{6} is your code to pay at Клініка\. Tell it to no one\.$/);
    expect(rig.accepted[0]?.segments).toHaveLength(1);
    expect(response.body).not.toContain(sent());
    const shown = await rig.call('GET', `/v1/messages/${messageId}`);
    expect(shown.json()).toMatchObject({ text: null, textHidden: true });
    expect(shown.body).not.toContain(sent());
    expect(await verify(id, sent())).toEqual({ valid: true, reason: null, attemptsLeft: 0 });
  });

  it('takes a right code once, as people type it, and from the key that sent it alone', async () => {
    const { id } = await ask();
    const stranger = await rig.makeKey('send');
    expect(await verify(id, sent(), stranger)).toMatchObject({ status: 404, code: 'notFound' });
    expect(await verify('otp_5f0c1d2e3a4b5c6d7e8f9a0b', sent())).toMatchObject({ status: 404, code: 'notFound' });
    expect(await verify(id, ` ${sent().slice(0, 3)} ${sent().slice(3)} `)).toMatchObject({ valid: true });
    expect(await verify(id, sent())).toEqual({ valid: false, reason: 'used', attemptsLeft: 0 });
  });

  it('gives five tries, also to those that come at once, and none after', async () => {
    const { id } = await ask();
    expect(await verify(id, wrong())).toEqual({ valid: false, reason: 'wrong', attemptsLeft: 4 });
    await Promise.all(Array.from({ length: 20 }, () => verify(id, wrong())));
    expect(await verify(id, sent())).toEqual({ valid: false, reason: 'noAttemptsLeft', attemptsLeft: 0 });
    await rig.restart();
    expect(await verify(id, sent())).toMatchObject({ valid: false, reason: 'noAttemptsLeft' });
  });

  it('lets one of two right tries at once pass', async () => {
    const { id } = await ask();
    const both = await Promise.all([verify(id, sent()), verify(id, sent())]);
    expect(both.filter(({ valid }) => valid)).toHaveLength(1);
  });

  it('expires by time that does not step', async () => {
    const { id } = await ask({ validFor: 60 });
    rig.clock.step(86_400_000);
    await rig.clock.advance(59_999);
    expect(await verify(id, wrong())).toMatchObject({ reason: 'wrong' });
    rig.clock.step(-2 * 86_400_000);
    await rig.clock.advance(1);
    expect(await verify(id, sent())).toEqual({ valid: false, reason: 'expired', attemptsLeft: 0 });
  });

  it('a newer code takes the place of the older one for the same number and key, and of its message where that is not begun', async () => {
    const first = await ask();
    const firstCode = sent();
    const otherKey = await rig.makeKey('send');
    const other = await ask({}, {}, otherKey);
    const otherCode = sent();
    const second = await ask({ length: 10 });
    expect(sent()).toHaveLength(10);
    expect(await verify(first.id, firstCode)).toEqual({ valid: false, reason: 'superseded', attemptsLeft: 0 });
    expect((await rig.call('GET', `/v1/messages/${first.messageId}`)).json()).toMatchObject({ status: 'cancelled', reason: 'superseded' });
    expect(await verify(second.id, sent())).toMatchObject({ valid: true });
    expect(await verify(other.id, otherCode, otherKey)).toMatchObject({ valid: true });
  });

  it('leaves a message that is on its way alone', async () => {
    const first = await ask();
    await rig.store.claim({ iccid: ICCID, imei: '1', predictedMr: null, now: rig.clock.now() });
    await ask();
    expect((await rig.call('GET', `/v1/messages/${first.messageId}`)).json()).toMatchObject({ status: 'sending' });
  });

  it('lets nobody guess over many codes: after fifteen wrong tries in an hour no other code goes to the number', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { id, attemptsLeft } = await ask();
      expect(attemptsLeft).toBe(5);
      for (let i = 0; i < (round === 1 ? 3 : 5); i += 1) await verify(id, wrong());
    }
    const { id, attemptsLeft } = await ask();
    expect(attemptsLeft).toBe(2);
    for (let i = 0; i < 2; i += 1) await verify(id, wrong());
    const refused = await rig.call('POST', '/v1/otp', { body: { to: TO } });
    expect(refused.json()).toMatchObject({ status: 429, code: 'rateLimited' });
    expect(refused.headers['retry-after']).toBe('3600');
    expect(rig.accepted).toHaveLength(4);
    expect(await ask({ to: '+380501234568' })).toMatchObject({ attemptsLeft: 5 });
    await rig.clock.advance(3_600_000);
    expect(await ask()).toMatchObject({ attemptsLeft: 5 });
  });

  it('D13: the same Idempotency-Key gives the same answer and sends one code', async () => {
    const headers = { 'idempotency-key': 'sign-in-1' };
    const first = await ask({}, headers);
    const again = await rig.call('POST', '/v1/otp', { body: { to: TO }, headers });
    expect(again.json()).toEqual(first);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(rig.accepted).toHaveLength(1);
    expect(await verify(first.id, sent())).toMatchObject({ valid: true });
    expect(await ask({ length: 8 }, headers)).toMatchObject({ status: 422, code: 'idempotencyMismatch' });
  });

  it('writes in the language and by the template that are asked for, with the line of WebOTP', async () => {
    await ask();
    expect(rig.accepted.at(-1)?.text).toMatch(/^\d{6} - код входу до Клініка\. Нікому його не кажіть\.$/);
    await ask({ language: 'pl' });
    expect(rig.accepted.at(-1)?.text).toMatch(/^\d{6} - kod logowania/);
    await ask({ template: 'card', language: 'en' });
    expect(rig.accepted.at(-1)?.text).toMatch(/^(\d{6}) - код видачі картки, Клініка\. Нікому його не кажіть\.\n\n@clinic\.example #\1$/);
  });

  it('refuses what it cannot do, and keeps nothing', async () => {
    expect(await ask({ template: 'nothing' })).toMatchObject({ status: 422, code: 'templateUnknown', errors: [{ pointer: '/template' }] });
    expect(await ask({ to: '12' })).toMatchObject({ status: 422, code: 'numberInvalid' });
    for (const body of [{ length: 3 }, { length: 11 }, { validFor: 29 }, { validFor: 3601 }, { text: 'x' }, { language: 'de' }])
      expect(await ask(body)).toMatchObject({ status: 400, code: 'requestInvalid' });
    const { id } = await ask();
    for (const body of [{}, { code: '' }, { code: 123456 }, { code: '1', more: 1 }])
      expect((await rig.call('POST', `/v1/otp/${id}/verify`, { body })).statusCode).toBe(400);
    expect(await verify(id, sent())).toMatchObject({ valid: true });
    expect(rig.accepted).toHaveLength(1);
  });
});
