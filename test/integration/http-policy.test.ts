import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';
import { policySettings } from '../support/policy-settings.ts';
import { newReceived } from '../support/store-samples.ts';

const HOUR = 3_600_000;

let rig: ApiRig;
beforeEach(async () => {
  rig = await apiRig({
    policy: policySettings({ profile: 'standard', countries: new Set(['UA']), caps: { promotionalPer7Days: 1, allPerDay: 2 } }),
  });
});
afterEach(() => rig.close());

const message = (over: object = {}): object => ({ to: '+380501234567', text: 'Hello', ...over });

/** It is noon in Kyiv when a rig begins. */
const toNight = (): Promise<void> => rig.clock.advance(11 * HOUR);

describe('policy at the door', () => {
  it('a dry run shows what every rule says, and holds what comes at night', async () => {
    const day = await rig.call('POST', '/v1/messages', { body: message({ dryRun: true }) });
    expect(day.json().policy).toMatchObject({ decision: 'send', until: null, released: null });
    expect(day.json().policy.rules.map(({ rule }: { rule: string }) => rule)).toEqual([
      'suppression',
      'consent',
      'country',
      'premium',
      'validity',
      'doubt',
      'schedule',
      'clock',
      'fewOffers',
      'frequency',
      'moment',
      'quietHours',
    ]);
    await toNight();
    const night = await rig.call('POST', '/v1/messages', { body: message() });
    expect(night.statusCode).toBe(202);
    expect(night.json()).toMatchObject({ status: 'held', reason: 'quietHours', policy: { decision: 'hold' } });
    expect(night.json().policy.until >= '2026-11-23T07:00').toBe(true);
    const shown = await rig.call('GET', String(night.headers.location));
    expect(shown.json().policy).toEqual(night.json().policy);
  });

  it.each([
    ['countryNotAllowed', { to: '+48501234567' }],
    ['premiumNumber', { to: '+380900212345' }],
    ['noWindow', { validFor: 3600 }],
    ['noWindow', { notAfter: '2026-11-23T09:30:00+02:00' }],
    ['expired', { sendAt: '2026-11-24T09:30:00+02:00', notAfter: '2026-11-24T09:00:00+02:00' }],
    ['timeInvalid', { notAfter: '2026-11-31T09:30:00+02:00' }],
  ])('refuses as %s what policy forbids, and stores nothing: %o', async (code, over) => {
    await toNight();
    for (const dryRun of [false, true]) {
      const refused = await rig.call('POST', '/v1/messages', { body: message({ ...over, dryRun }) });
      expect([refused.statusCode, refused.json().code]).toEqual([422, code]);
    }
    expect((await rig.call('GET', '/v1/messages')).json().data).toEqual([]);
  });

  it('a reminder says when it goes, and what it reminds of', async () => {
    const body = message({ sendAt: '2026-11-23T08:00:00+02:00', notAfter: '2026-11-23T10:00:00+02:00' });
    const answer = (await rig.call('POST', '/v1/messages', { body })).json();
    expect(answer).toMatchObject({
      status: 'held',
      reason: 'movedEarlier',
      notAfter: '2026-11-23T08:00:00.000Z',
      expiresAt: '2026-11-23T08:00:00.000Z',
      sendAt: '2026-11-23T06:00:00.000Z',
    });
    expect(answer.policy.until < '2026-11-22T19:00' && answer.policy.until > '2026-11-22T18:30').toBe(true);
  });

  it("one key's messages count for another key", async () => {
    const other = await rig.makeKey('send');
    for (const key of [rig.key, other]) {
      await rig.call('POST', '/v1/messages', { body: message(), key });
      await rig.store.claim({ iccid: ICCID, imei: '1', predictedMr: null, now: rig.clock.now() });
    }
    const third = await rig.call('POST', '/v1/messages', { body: message({ validFor: 172_800 }), key: other });
    expect(third.json()).toMatchObject({ status: 'held', reason: 'allPerDay' });
    const urgent = await rig.call('POST', '/v1/messages', { body: message({ purpose: 'urgent' }) });
    expect(urgent.json()).toMatchObject({ status: 422, code: 'allPerDay' });
    expect((await rig.call('POST', '/v1/messages', { body: message({ purpose: 'otp' }) })).statusCode).toBe(202);
  });
});

describe('a person who releases a message', () => {
  it('lets it go at once, and stands with their reason on it', async () => {
    await toNight();
    const { headers } = await rig.call('POST', '/v1/messages', { body: message() });
    const url = `${headers.location}/release`;
    const { statusCode } = await rig.call('POST', url, { body: { reason: 'x' }, key: await rig.makeKey('send', 'read', 'admin') });
    expect(statusCode).toBe(403);
    const key = await rig.makeKey('operate');
    const released = await rig.call('POST', url, { body: { reason: 'Asked for it on the phone' }, key });
    expect(released.json()).toMatchObject({ status: 'queued', reason: 'released' });
    const shown = await rig.call('GET', String(headers.location));
    expect(shown.json().policy.released).toMatchObject({ reason: 'Asked for it on the phone' });
    const again = await rig.call('POST', url, { body: { reason: 'x' }, key });
    expect(again.json()).toMatchObject({ status: 409, code: 'notHeld' });
    expect(again.json().detail).toContain('queued (released)');
  });

  it('cannot release what waits for its own time, or is nothing', async () => {
    const { headers } = await rig.call('POST', '/v1/messages', { body: message({ sendAt: '2026-11-22T15:00:00Z' }) });
    expect((await rig.call('POST', `${headers.location}/release`, { body: { reason: 'x' } })).json().code).toBe('notHeld');
    expect((await rig.call('POST', '/v1/messages/msg_none/release', { body: { reason: 'x' } })).statusCode).toBe(404);
    expect((await rig.call('POST', `${headers.location}/release`, { body: { reason: 'a\nb' } })).statusCode).toBe(400);
  });
});

describe('a person who answers by hand', () => {
  const CLIENT = '+380501234567';

  /** What somebody at the desk sends, as the console does. */
  async function desk(): Promise<(body: object) => Promise<LightMyRequestResponse>> {
    const name = 'Olha';
    const password = 'correct horse battery';
    await rig.call('POST', '/v1/users', { body: { name, password, role: 'desk' } });
    const session = await rig.app.inject({ method: 'POST', url: '/v1/session', payload: { name, password } });
    const headers = {
      cookie: String(session.headers['set-cookie']).split(';', 1)[0] ?? '',
      origin: 'http://localhost:80',
      'x-csrf-token': String(session.json().csrfToken),
    };
    return (body) => rig.call('POST', '/v1/messages', { key: null, headers, body: message({ byHand: true, ...body }) });
  }

  const ruleOf = (response: LightMyRequestResponse, rule: string): unknown =>
    response.json().policy.rules.find((one: { rule: string }) => one.rule === rule);

  it('is warned of the night and of the cap, and held up by neither', async () => {
    await rig.store.receive(newReceived(rig.clock.now(), { from: CLIENT, text: 'Чи є місце завтра?' }));
    await toNight();
    const answer = await desk();
    const preview = await answer({ dryRun: true });
    expect(preview.json()).toMatchObject({ status: 'queued', policy: { decision: 'send' } });
    expect(ruleOf(preview, 'quietHours')).toEqual({ rule: 'quietHours', verdict: 'warn', reason: 'quietHours' });
    expect(ruleOf(preview, 'frequency')).toMatchObject({ verdict: 'pass' });
    for (let n = 0; n < 2; n += 1) {
      const sent = await answer({});
      expect(sent.json()).toMatchObject({ status: 'queued' });
      await rig.store.claim({ iccid: ICCID, imei: '1', predictedMr: null, now: rig.clock.now() });
    }
    const third = await answer({});
    expect(third.json()).toMatchObject({ status: 'queued' });
    expect(ruleOf(third, 'frequency')).toEqual({ rule: 'frequency', verdict: 'warn', reason: 'allPerDay' });
    const shown = await rig.call('GET', String(third.headers.location));
    expect(shown.json().policy.rules).toEqual(third.json().policy.rules);
  });

  it('answers somebody: whoever never wrote or called is not woken, nor whoever wants no more texts, nor by an offer', async () => {
    await toNight();
    const answer = await desk();
    expect((await answer({})).json()).toMatchObject({ status: 'held', reason: 'quietHours' });
    await rig.store.receive(newReceived(rig.clock.now() - 2 * HOUR, { from: CLIENT, text: 'Дякую' }));
    expect((await answer({})).json()).toMatchObject({ status: 'queued' });
    await rig.call('POST', '/v1/consents', {
      body: { to: CLIENT, purpose: 'promotional', source: 'form', wording: 'News', actor: 'desk', at: '2026-11-01T10:00:00Z' },
    });
    expect((await answer({ purpose: 'promotional' })).json()).toMatchObject({ status: 'held', reason: 'quietHours' });
    await rig.call('POST', '/v1/suppressions', { body: { to: CLIENT, scope: 'all' } });
    const refused = await answer({});
    expect([refused.statusCode, refused.json().code]).toEqual([422, 'optedOut']);
  });

  it('is no program: a key is refused, whatever it may do', async () => {
    const refused = await rig.call('POST', '/v1/messages', { body: message({ byHand: true }) });
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'scopeMissing']);
    expect(refused.json().detail).toContain('leave byHand out');
    expect((await rig.call('GET', '/v1/messages')).json().data).toEqual([]);
  });
});
