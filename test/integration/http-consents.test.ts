import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiRig, apiRig } from '../support/api-rig.ts';
import { policySettings } from '../support/policy-settings.ts';

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig({ policy: policySettings({ consent: true }) });
});
afterAll(() => rig.close());

const given = { purpose: 'promotional', source: 'form', wording: 'Надсилайте знижки, v3', actor: 'Olena', at: '2026-11-01T10:00:00+02:00' };
const give = (over: object) => rig.call('POST', '/v1/consents', { body: { to: '050 123 45 67', ...given, ...over } });
const offer = (over: object = {}) =>
  rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text: 'Знижки!', purpose: 'promotional', ...over } });

describe('the ledger of consents', () => {
  it('O08 an offer needs one with source, time, wording and actor; a service text does not', async () => {
    expect((await offer()).json()).toMatchObject({ code: 'consentMissing', errors: [{ pointer: '/to' }] });
    expect((await offer({ purpose: 'service' })).statusCode).toBe(202);
    for (const missing of ['source', 'wording', 'actor', 'at'])
      expect((await give({ [missing]: undefined })).statusCode, missing).toBe(400);
    expect((await give({})).json()).toMatchObject({
      to: '+380501234567',
      ...given,
      at: '2026-11-01T08:00:00.000Z',
      topic: null,
      until: null,
    });
    expect((await offer()).statusCode).toBe(202);
    expect((await offer({ to: '+380501234568' })).json()).toMatchObject({ code: 'consentMissing' });
  });

  it('O08 counts for its topic and its time alone, and never against an opt-out', async () => {
    const to = '+380501234569';
    await give({ to, topic: 'news', until: '2026-11-22T10:00:01Z' });
    expect((await offer({ to })).json()).toMatchObject({ code: 'consentMissing' });
    expect((await offer({ to, topic: 'news', dryRun: true })).statusCode).toBe(200);
    await rig.clock.advance(2000);
    expect((await offer({ to, topic: 'news' })).json()).toMatchObject({ code: 'consentMissing' });
    await give({ to });
    await rig.call('POST', '/v1/suppressions', { body: { to, scope: 'all' } });
    expect((await offer({ to })).json()).toMatchObject({ code: 'optedOut' });
  });

  it('is added to and never changed, and can be read page by page', async () => {
    const to = '+380501234570';
    await give({ to });
    await give({ to, wording: 'v4' });
    const { data } = (await rig.call('GET', '/v1/consents?to=%2B380501234570')).json();
    expect(data.map((c: { wording: string }) => c.wording)).toEqual(['v4', given.wording]);
    const first = (await rig.call('GET', '/v1/consents?limit=1')).json();
    expect((await rig.call('GET', `/v1/consents?limit=1&cursor=${first.nextCursor}`)).json().data[0].wording).toBe(given.wording);
    for (const method of ['PUT', 'DELETE', 'PATCH'] as const) expect((await rig.call(method, '/v1/consents')).statusCode).toBe(405);
  });

  it('takes no time that cannot be', async () => {
    expect((await give({ at: '2027-01-01T00:00:00Z' })).json()).toMatchObject({ code: 'timeInvalid', errors: [{ pointer: '/at' }] });
    expect((await give({ until: '2026-10-01T00:00:00Z' })).json()).toMatchObject({ errors: [{ pointer: '/until' }] });
    expect((await give({ topic: 'two words' })).json()).toMatchObject({ code: 'topicInvalid' });
  });
});
