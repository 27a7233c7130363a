import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashKey } from '../../src/http/auth.ts';
import type { SimTelephone } from '../../src/http/live-hardware.ts';
import { type ApiRig, apiRig, ICCID, OTHER_ICCID } from '../support/api-rig.ts';
import { newMessage } from '../support/store-samples.ts';

const PASSWORD = 'correct horse battery';

/** What has no key to ask with; http-sessions.test.ts, http-second-factor.test.ts and http-setup.test.ts show its entries. */
const WITHOUT_KEY = [
  'POST /v1/session',
  'DELETE /v1/session',
  'PUT /v1/session/password',
  'POST /v1/session/second-factor',
  'PUT /v1/session/second-factor',
  'POST /v1/session/second-factor/off',
  'POST /v1/setup',
];

/** What changes nothing but the messages of whoever asks: that is the daily work, and no entry in the log. */
const DAILY = [
  'POST /v1/messages',
  'POST /v1/messages/batch',
  'DELETE /v1/messages/{id}',
  'POST /v1/segments/preview',
  'POST /v1/rules/try',
  'POST /v1/dialogues',
  'POST /v1/dialogues/{id}/events',
  'POST /v1/tasks',
  'POST /v1/tasks/{id}/done',
  'POST /v1/conversations/{contact}/seen',
  'POST /v1/consents',
  'POST /v1/costs/estimate',
  'POST /v1/templates/preview',
  'POST /v1/segments/count',
  'POST /v1/campaigns',
  'POST /v1/campaigns/{id}/estimate',
  'PUT /v1/contacts/{externalId}',
  'POST /v1/otp',
  'PUT /v1/occasions/{kind}/{externalId}',
  'DELETE /v1/occasions/{kind}/{externalId}',
  'POST /v1/occasions/{kind}/{externalId}/attendance',
  'POST /v1/otp/{id}/verify',
  'POST /v1/phones/{number}/texts',
  'POST /v1/phones/{number}/calls',
  'PUT /v1/phones/{number}',
];

const telephone: SimTelephone = {
  ussd: {
    ask: () => Promise.resolve({ text: 'Balance 12', sessionId: 's1', done: false }),
    answer: () => Promise.resolve({ text: 'Bye', sessionId: null, done: true }),
  },
  forward: () => Promise.resolve(),
  forwarding: () => Promise.resolve([]),
  endForwarding: () => Promise.resolve(),
};

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig({
    telephone: () => telephone,
    modems: () => [
      {
        imei: null,
        port: '/dev/ttyUSB0',
        usbPath: null,
        sharedImei: false,
        name: 'desk',
        manufacturer: null,
        model: null,
        profile: null,
        state: 'ready',
        reason: 'ready',
        notes: [],
        sentence: 'It is ready.',
        nextStep: null,
        sim: ICCID,
      },
    ],
    givePin: () => Promise.resolve({ asksAgain: true }),
    traces: {
      lines: () => [],
      recording: () => undefined,
      record: () => Promise.resolve({ file: 'x.txt', until: 0 }),
    },
  });
});
afterAll(() => rig.close());

type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Deed {
  readonly url: string | (() => Promise<string>);
  /** JSON, or the rows of a CSV. */
  readonly body?: object | string;
  /** The entry that it leaves. */
  readonly entry: { readonly action: string; readonly target: unknown; readonly detail: object };
}

const sim = `/v1/sims/${ICCID}`;

async function inDoubt(): Promise<string> {
  const { headers } = await rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text: 'Hello' } });
  const now = rig.clock.now();
  const claim = await rig.store.claim({ iccid: ICCID, imei: '1', predictedMr: null, now });
  await rig.store.settle(claim?.attemptId ?? 0, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: now, decideAt: null });
  return String(headers.location);
}

async function missed(): Promise<string> {
  const message = newMessage(rig.clock.now(), { held: { reason: 'missed', dueAt: rig.clock.now() } });
  await rig.store.accept([message]);
  return `/v1/missed/${message.id}`;
}

async function atNight(): Promise<string> {
  const message = newMessage(rig.clock.now(), { held: { reason: 'quietHours', dueAt: rig.clock.now() + 3_600_000 } });
  await rig.store.accept([message]);
  return `/v1/messages/${message.id}`;
}

async function webhook(): Promise<string> {
  const [one] = (await rig.call('GET', '/v1/webhooks')).json().data;
  return `/v1/webhooks/${one.id}`;
}

async function campaign(...verbs: string[]): Promise<string> {
  const body = { name: 'Sale', variants: [{ name: 'A', texts: { uk: '{site}: a' }, share: 100 }], startAt: '2026-12-01T10:00:00Z' };
  const { id } = (await rig.call('POST', '/v1/campaigns', { body })).json();
  for (const verb of verbs) await rig.store.campaigns.move(id, ['draft', 'running'], verb === 'pause' ? 'paused' : 'running', { now: 1 });
  return `/v1/campaigns/${id}`;
}

/** Each administrative call, once as it succeeds. A new one gets its line here. */
const DEEDS: Readonly<Record<string, Deed>> = {
  'PUT /v1/settings': {
    url: '/v1/settings',
    body: { site: { phone: '044 000 00 00' }, holidays: { dates: ['2026-12-31'] } },
    entry: { action: 'settings.change', target: null, detail: { named: 'site.phone, holidays' } },
  },
  'PUT /v1/sending': {
    url: '/v1/sending',
    body: { state: 'paused', purpose: 'promotional', sim: 'front desk' },
    entry: { action: 'sending.set', target: 'front desk', detail: { purpose: 'promotional', state: 'paused' } },
  },
  'POST /v1/messages/{id}/resolve': {
    url: async () => `${await inDoubt()}/resolve`,
    body: { as: 'sent' },
    entry: { action: 'message.resolve', target: expect.stringMatching(/^msg_/), detail: { as: 'sent' } },
  },
  'POST /v1/messages/{id}/release': {
    url: async () => `${await atNight()}/release`,
    body: { reason: 'asked on the phone' },
    entry: { action: 'message.release', target: expect.stringMatching(/^msg_/), detail: { reason: 'asked on the phone' } },
  },
  'POST /v1/missed/{id}': {
    url: missed,
    body: { as: 'leave' },
    entry: { action: 'missed.decide', target: expect.stringMatching(/^msg_/), detail: { as: 'leave' } },
  },
  'PUT /v1/dialogue-definitions/{name}': {
    url: '/v1/dialogue-definitions/rating',
    body: { from: 'rating' },
    entry: { action: 'dialogue.define', target: 'rating', detail: {} },
  },
  'POST /v1/dialogues/{id}/steer': {
    url: async () => {
      const { id } = (await rig.call('POST', '/v1/dialogues', { body: { definition: 'rating', to: '+380501234567' } })).json();
      return `/v1/dialogues/${id}/steer`;
    },
    body: { to: 'cancel' },
    entry: { action: 'dialogue.steer', target: expect.stringMatching(/^dlg_/), detail: { to: 'cancel' } },
  },
  'DELETE /v1/dialogue-definitions/{name}': {
    url: '/v1/dialogue-definitions/rating',
    entry: { action: 'dialogue.undefine', target: 'rating', detail: {} },
  },
  'PUT /v1/posters/{word}': {
    url: '/v1/posters/coffee',
    body: { wording: 'Send me news.', number: '+380501234567' },
    entry: { action: 'poster.set', target: 'coffee', detail: { kind: 'consent' } },
  },
  'DELETE /v1/posters/{word}': { url: '/v1/posters/coffee', entry: { action: 'poster.remove', target: 'coffee', detail: {} } },
  'PUT /v1/stock/{pool}': {
    url: '/v1/stock/bikes',
    body: { things: [{ thing: '12', secret: '4711' }] },
    entry: { action: 'stock.set', target: 'bikes', detail: { things: 1 } },
  },
  'POST /v1/stock/{pool}/free': {
    url: '/v1/stock/bikes/free',
    body: { thing: '12' },
    entry: { action: 'stock.free', target: 'bikes', detail: { thing: '12' } },
  },
  'PUT /v1/rules/{name}': {
    url: '/v1/rules/prices',
    body: { words: ['ціна'], reply: 'Прийом від 500 грн.' },
    entry: { action: 'rule.set', target: 'prices', detail: {} },
  },
  'DELETE /v1/rules/{name}': { url: '/v1/rules/prices', entry: { action: 'rule.remove', target: 'prices', detail: {} } },
  'PUT /v1/time': { url: '/v1/time', body: { trusted: true }, entry: { action: 'time.confirm', target: null, detail: { trusted: true } } },
  'POST /v1/occasions/notify': {
    url: '/v1/occasions/notify',
    body: { kind: 'visit', from: '2026-11-24T00:00:00Z', until: '2026-11-25T00:00:00Z', action: 'cancel', resource: 'koval', go: true },
    entry: { action: 'occasion.notify', target: expect.stringMatching(/^ntc_/), detail: { action: 'cancel', count: 0, resource: 'koval' } },
  },
  'POST /v1/occasions/notify/{id}/undo': {
    url: async () => {
      const at = rig.clock.now();
      await rig.store.occasions.addNotice({ id: 'ntc_1', keyId: 'key_1', what: '{}', refs: [], at, dueAt: at + 60_000, state: 'waiting' });
      return '/v1/occasions/notify/ntc_1/undo';
    },
    entry: { action: 'occasion.undoNotice', target: 'ntc_1', detail: {} },
  },
  'PUT /v1/sequences/{kind}': {
    url: '/v1/sequences/inspection',
    body: { topic: 'inspection', ends: [], steps: [] },
    entry: { action: 'sequence.set', target: 'inspection', detail: { steps: 0 } },
  },
  'DELETE /v1/sequences/{kind}': {
    url: '/v1/sequences/inspection',
    entry: { action: 'sequence.remove', target: 'inspection', detail: {} },
  },
  'POST /v1/suppressions': {
    url: '/v1/suppressions',
    body: { to: '+380501234567', scope: 'purpose:promotional' },
    entry: { action: 'suppression.add', target: '+38050***4567', detail: { scope: 'purpose:promotional' } },
  },
  'POST /v1/suppressions/import': {
    url: '/v1/suppressions/import',
    body: '+380501234568\n',
    entry: { action: 'suppression.import', target: null, detail: { scope: 'all' } },
  },
  'DELETE /v1/suppressions': {
    url: '/v1/suppressions?to=%2B380501234567&scope=purpose:promotional',
    entry: { action: 'suppression.release', target: '+38050***4567', detail: { scope: 'purpose:promotional' } },
  },
  'PUT /v1/suppressions/state': {
    url: '/v1/suppressions/state',
    body: { whole: true },
    entry: { action: 'suppression.whole', target: null, detail: {} },
  },
  'DELETE /v1/contacts/{externalId}': {
    url: async () => {
      await rig.call('PUT', '/v1/contacts/crm-1', { body: { name: 'Olena', numbers: [] } });
      return '/v1/contacts/crm-1';
    },
    entry: { action: 'contact.remove', target: 'crm-1', detail: {} },
  },
  'POST /v1/contacts/import': {
    url: '/v1/contacts/import',
    body: 'id,name\ncrm-2,Olena\n',
    entry: { action: 'contact.import', target: null, detail: {} },
  },
  'POST /v1/campaigns/{id}/start': {
    url: async () => `${await campaign()}/start`,
    body: {},
    entry: { action: 'campaign.start', target: expect.stringMatching(/^cmp_/), detail: { name: expect.any(String) } },
  },
  'POST /v1/campaigns/{id}/pause': {
    url: async () => `${await campaign('run')}/pause`,
    entry: { action: 'campaign.pause', target: expect.stringMatching(/^cmp_/), detail: { name: expect.any(String) } },
  },
  'POST /v1/campaigns/{id}/resume': {
    url: async () => `${await campaign('run', 'pause')}/resume`,
    entry: { action: 'campaign.resume', target: expect.stringMatching(/^cmp_/), detail: { name: expect.any(String) } },
  },
  'POST /v1/campaigns/{id}/cancel': {
    url: async () => `${await campaign()}/cancel`,
    entry: { action: 'campaign.cancel', target: expect.stringMatching(/^cmp_/), detail: { name: expect.any(String) } },
  },
  'PUT /v1/segments/{name}': {
    url: '/v1/segments/kids',
    body: { condition: { tag: 'kids' } },
    entry: { action: 'segment.set', target: 'kids', detail: {} },
  },
  'DELETE /v1/segments/{name}': {
    url: '/v1/segments/kids',
    entry: { action: 'segment.remove', target: 'kids', detail: {} },
  },
  'PUT /v1/resources/{externalId}': {
    url: '/v1/resources/bay-1',
    body: { kind: 'bay', name: 'Bay 1' },
    entry: { action: 'resource.set', target: 'bay-1', detail: { kind: 'bay' } },
  },
  'DELETE /v1/resources/{externalId}': {
    url: '/v1/resources/bay-1',
    entry: { action: 'resource.remove', target: 'bay-1', detail: {} },
  },
  'PUT /v1/templates/{name}': {
    url: '/v1/templates/order.ready',
    body: { texts: { uk: '{site}: готово' } },
    entry: { action: 'template.set', target: 'order.ready', detail: { languages: 'uk' } },
  },
  'DELETE /v1/templates/{name}': {
    url: '/v1/templates/order.ready',
    entry: { action: 'template.remove', target: 'order.ready', detail: {} },
  },
  'POST /v1/modems/{modem}/pin': {
    url: '/v1/modems/desk/pin',
    body: { pin: '4711' },
    entry: { action: 'sim.pin', target: '/dev/ttyUSB0', detail: { switchOff: false } },
  },
  'PUT /v1/modems/{modem}/trace': {
    url: '/v1/modems/desk/trace',
    body: { seconds: 60 },
    entry: { action: 'trace.record', target: '/dev/ttyUSB0', detail: { seconds: 60 } },
  },
  'POST /v1/sims/{iccid}/top-up': {
    url: async () => {
      await rig.store.seeSim({ iccid: ICCID, imsi: null, number: null, at: rig.clock.now() });
      return `${sim}/top-up`;
    },
    body: { at: '2026-11-01T10:00:00Z' },
    entry: { action: 'sim.topUp', target: ICCID, detail: { at: '2026-11-01T10:00:00.000Z' } },
  },
  'PUT /v1/sims/{iccid}/retirement': {
    url: `${sim}/retirement`,
    body: { successor: OTHER_ICCID, reason: 'The contract ends.' },
    entry: { action: 'sim.retire', target: ICCID, detail: { reason: 'The contract ends.', successor: OTHER_ICCID } },
  },
  'DELETE /v1/sims/{iccid}/retirement': {
    // The one before has retired it.
    url: `${sim}/retirement`,
    entry: { action: 'sim.reinstate', target: ICCID, detail: {} },
  },
  'PUT /v1/sims/{iccid}/allowance': {
    url: `${sim}/allowance`,
    body: { segments: 60, reason: 'The doctor is ill.' },
    entry: {
      action: 'sim.allow',
      target: ICCID,
      detail: { reason: 'The doctor is ill.', segments: 60, until: '2026-11-22T11:00:00.000Z' },
    },
  },
  'DELETE /v1/sims/{iccid}/allowance': {
    url: `${sim}/allowance`,
    entry: { action: 'sim.endAllowance', target: ICCID, detail: {} },
  },
  'POST /v1/sims/{iccid}/ussd': {
    url: `${sim}/ussd`,
    body: { code: '*123*4711471147114711#' },
    entry: { action: 'ussd.ask', target: ICCID, detail: { begins: true } },
  },
  'PUT /v1/sims/{iccid}/forwarding': {
    url: `${sim}/forwarding`,
    body: { to: '+380441234567', when: 'busy' },
    entry: { action: 'forwarding.set', target: ICCID, detail: { to: '+38044***4567', when: 'busy' } },
  },
  'POST /v1/backups': { url: '/v1/backups', entry: { action: 'backup.make', target: expect.stringMatching(/^simpost-.*db$/), detail: {} } },
  'POST /v1/backups/{name}/restore': {
    url: async () => `/v1/backups/${(await rig.call('GET', '/v1/backups')).json().data[0].name}/restore`,
    entry: { action: 'store.restore', target: expect.stringMatching(/\.db$/), detail: {} },
  },
  'POST /v1/persons/export': {
    url: '/v1/persons/export',
    body: { to: '+380501234567' },
    entry: { action: 'person.export', target: '+38050***4567', detail: {} },
  },
  'POST /v1/persons/erase': {
    url: '/v1/persons/erase',
    body: { to: '+380509999999' },
    entry: { action: 'person.erase', target: '+38050***9999', detail: { optOut: false } },
  },
  'POST /v1/alerts/test': { url: '/v1/alerts/test', entry: { action: 'alert.test', target: null, detail: {} } },
  'POST /v1/webhooks': {
    url: '/v1/webhooks',
    body: { url: 'https://93.184.215.14/T0K3N', events: ['message.*'] },
    entry: { action: 'webhook.create', target: expect.stringMatching(/^whk_/), detail: { events: 'message.*', host: '93.184.215.14' } },
  },
  'PUT /v1/webhooks/{id}': {
    url: webhook,
    body: { events: ['call.missed'] },
    entry: { action: 'webhook.change', target: expect.stringMatching(/^whk_/), detail: { events: 'call.missed' } },
  },
  'POST /v1/webhooks/{id}/secret': {
    url: async () => `${await webhook()}/secret`,
    entry: { action: 'webhook.rotate', target: expect.stringMatching(/^whk_/), detail: {} },
  },
  'POST /v1/webhooks/{id}/resend': {
    url: async () => `${await webhook()}/resend`,
    body: { failedSince: '2026-11-22T00:00:00Z' },
    entry: { action: 'webhook.resend', target: expect.stringMatching(/^whk_/), detail: { failedSince: '2026-11-22T00:00:00Z' } },
  },
  'DELETE /v1/webhooks/{id}': {
    url: webhook,
    entry: { action: 'webhook.remove', target: expect.stringMatching(/^whk_/), detail: { host: expect.stringMatching(/^[\w.:-]+$/) } },
  },
  'POST /v1/keys': {
    url: '/v1/keys',
    body: { name: 'CRM', scopes: ['send', 'read'] },
    entry: { action: 'key.create', target: expect.stringMatching(/^key_/), detail: { name: 'CRM', scopes: 'send read' } },
  },
  'DELETE /v1/keys/{id}': {
    url: async () => `/v1/keys/${rig.store.findKey(hashKey(await rig.makeKey('read')))?.id}`,
    entry: { action: 'key.revoke', target: expect.stringMatching(/^key_/), detail: { name: expect.any(String) } },
  },
  'POST /v1/users': {
    url: '/v1/users',
    body: { name: 'Olena', password: PASSWORD, role: 'desk' },
    entry: { action: 'user.create', target: expect.stringMatching(/^usr_/), detail: { name: 'Olena', role: 'desk' } },
  },
  'PUT /v1/users/{id}': {
    url: async () => `/v1/users/${(await rig.store.userNamed('Olena'))?.id}`,
    body: { role: 'readOnly', password: `${PASSWORD}!` },
    entry: { action: 'user.change', target: expect.stringMatching(/^usr_/), detail: { password: true, role: 'readOnly' } },
  },
  'DELETE /v1/users/{id}/second-factor': {
    url: async () => {
      const id = (await rig.store.userNamed('Olena'))?.id ?? '';
      const secondFactor = { seed: 'x', lastStep: 1, recovery: [] };
      await rig.store.changeUser(id, { secondFactor }, { at: 0, actor: 'x', action: 'secondFactor.on', target: id, detail: {} });
      return `/v1/users/${id}/second-factor`;
    },
    entry: { action: 'secondFactor.takeAway', target: expect.stringMatching(/^usr_/), detail: {} },
  },
  'DELETE /v1/users/{id}': {
    url: async () => `/v1/users/${(await rig.store.userNamed('Olena'))?.id}`,
    entry: { action: 'user.remove', target: expect.stringMatching(/^usr_/), detail: { name: 'Olena' } },
  },
  'DELETE /v1/sims/{iccid}/forwarding': {
    url: `${sim}/forwarding`,
    entry: { action: 'forwarding.end', target: ICCID, detail: {} },
  },
};

/** Of each deed one, and one of the second factor that is there to be taken away. */
const ENTRIES = Object.keys(DEEDS).length + 1;

const isMethod = (word: string): word is Method => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(word);

const log = async (): Promise<{ seq: number }[]> => (await rig.call('GET', '/v1/audit?limit=500')).json().data;

describe('the audit log', () => {
  it('X32: every route that changes something, but the daily work, leaves an entry that says who asked for what', async () => {
    const paths: Record<string, object> = (await rig.call('GET', '/openapi.json')).json().paths;
    const changing = Object.entries(paths)
      .flatMap(([path, methods]) => Object.keys(methods).map((word) => ({ method: word.toUpperCase(), path })))
      .filter(({ method }) => isMethod(method))
      .map(({ method, path }) => `${method} ${path}`);
    expect(changing.filter((route) => ![...DAILY, ...WITHOUT_KEY].includes(route)).sort()).toEqual(Object.keys(DEEDS).sort());
    const actor = rig.store.findKey(hashKey(rig.key))?.id;
    for (const [route, { url, body, entry }] of Object.entries(DEEDS)) {
      const method = route.split(' ', 1)[0] ?? '';
      if (!isMethod(method)) throw new Error(route);
      const address = typeof url === 'string' ? url : await url();
      const before = (await log()).length;
      const answer = await rig.call(method, address, {
        ...(body === undefined ? {} : { body }),
        ...(typeof body === 'string' ? { headers: { 'content-type': 'text/csv' } } : {}),
      });
      expect(answer.statusCode, `${route}: ${answer.body}`).toBeLessThan(300);
      const [newest, ...rest] = await log();
      expect(rest.length, route).toBe(before);
      expect(newest).toMatchObject({ at: '2026-11-22T10:00:00.000Z', actor, ...entry });
      expect(Object.keys(entry.detail)).toEqual(Object.keys(newest && 'detail' in newest && newest.detail ? newest.detail : {}));
    }
    expect(JSON.stringify(await log())).not.toMatch(/47114711|380441234567|horse|T0K3N/);
    expect(await rig.store.verifyAudit()).toMatchObject({ brokenAt: null, entries: ENTRIES });
  });

  it('X32: the daily work leaves none, nor does what is refused', async () => {
    const before = (await log()).length;
    const sent = await rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text: 'Hello' } });
    await rig.call('DELETE', String(sent.headers.location));
    expect((await rig.call('POST', `${sent.headers.location}/resolve`, { body: { as: 'sent' } })).statusCode).toBe(409);
    expect((await rig.call('PUT', '/v1/sending', { body: { state: 'off' } })).statusCode).toBe(400);
    expect((await log()).length).toBe(before);
  });

  it('is for administrators, page by page', async () => {
    expect((await rig.call('GET', '/v1/audit', { key: await rig.makeKey('send', 'read', 'operate') })).statusCode).toBe(403);
    const first = (await rig.call('GET', '/v1/audit?limit=3')).json();
    const second = (await rig.call('GET', `/v1/audit?limit=3&cursor=${first.nextCursor}`)).json();
    const seqs = [...first.data, ...second.data].map((e: { seq: number }) => e.seq);
    expect(seqs).toEqual(seqs.map((_, i) => ENTRIES - i));
    expect((await rig.call('GET', '/v1/audit?since=2026-11-23T00:00:00Z')).json()).toEqual({ data: [], nextCursor: null });
    expect((await rig.call('GET', '/v1/audit?since=yesterday')).statusCode).toBe(400);
  });
});
