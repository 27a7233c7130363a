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

describe('the export of the ledger', () => {
  const exported = (query = '', key = rig.key) =>
    rig.app.inject({ url: `/v1/consents/export${query}`, headers: { authorization: `Bearer ${key}` } });

  it('X07 O08 proves each consent by source, time, wording and actor, and no spreadsheet runs it', async () => {
    const to = '+380501234571';
    await give({ to, source: '=1+1', wording: '@SUM(A1), "v3"', actor: '+cmd|x', until: '2027-01-01T00:00:00Z' });
    // More than one slice holds.
    for (let n = 0; n < 60; n += 1) await give({ to: `+38050200${1000 + n}`, wording: `v${n}` });
    const csv = await exported();
    expect(csv.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="consents.csv"',
    });
    const [heading, ...lines] = csv.body.trimEnd().split('\r\n');
    expect(heading).toBe('id,to,purpose,topic,source,wording,actor,at,until,recordedAt');
    const recordedAt = new Date(rig.clock.now()).toISOString();
    expect(lines.filter((line) => line.includes(to)).map((line) => line.slice(line.indexOf(',')))).toEqual([
      `,${to},promotional,,'=1+1,"'@SUM(A1), ""v3""",'+cmd|x,2026-11-01T08:00:00.000Z,2027-01-01T00:00:00.000Z,${recordedAt}`,
    ]);
    const all: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { data: { id: string }[]; nextCursor: string | null } = (
        await rig.call('GET', `/v1/consents?limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`)
      ).json();
      all.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(lines.map((line) => line.split(',', 1)[0])).toEqual(all);
  });

  it('is written for a spreadsheet where that is asked for, noted in the audit log, and not for every key', async () => {
    const csv = await exported('?excel=true&separator=semicolon');
    expect(csv.body.startsWith('\uFEFFid;to;purpose')).toBe(true);
    expect(csv.body).toContain(";'+380502001000;");
    expect((await exported('', await rig.makeKey('read', 'send', 'inbox'))).statusCode).toBe(403);
    const { data } = (await rig.call('GET', '/v1/audit')).json();
    expect(data[0]).toMatchObject({ action: 'consent.export', target: null });
  });
});
