import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IMPERSONAL_TABLES, PERSONAL_TABLES } from '../../src/store/personal-tables.ts';
import { type ApiRig, apiRig, ICCID } from '../support/api-rig.ts';
import { mustClaim } from '../support/store-samples.ts';

const NUMBER = '+380509173846';
const OTHER = '+380671112233';
const TEXT = 'CANARY-8aa1';

/** The number as it may stand anywhere: plain, as people write it, with swapped semi-octets as in a PDU (TS 23.040 9.1.2.3). */
const TRACES = ['380509173846', '050 917 38 46', '830590718364', TEXT, 'Olena-8aa1'];

let rig: ApiRig;
beforeAll(async () => {
  rig = await apiRig({ webhookWorld: { allow: ['127.0.0.1'] } });
  await rig.call('POST', '/v1/webhooks', { body: { url: 'http://127.0.0.1:9/x' } });
  await fill(NUMBER);
  await fill(OTHER);
  fillTheRest(NUMBER, 1);
  fillTheRest(OTHER, 2);
});
afterAll(() => rig.close());

const post = async (url: string, body: unknown, headers: Record<string, string> = {}): Promise<{ id: string }> => {
  const answer = await rig.call('POST', url, { body, headers });
  expect(answer.statusCode, `${url}: ${answer.body}`).toBeLessThan(300);
  return answer.json();
};

/** Everything that may come to be known of somebody. */
async function fill(number: string): Promise<void> {
  const now = rig.clock.now();
  const answered = await post(
    '/v1/messages',
    { to: number, text: TEXT, reference: TEXT },
    { 'Idempotency-Key': number === NUMBER ? 'one' : `for:${number}` },
  );
  let claim = await mustClaim(rig.store, ICCID, now);
  // The code of the one before goes first.
  while (claim.to !== number) {
    await rig.store.settle(claim.attemptId, { kind: 'sent', mr: 6, at: now });
    claim = await mustClaim(rig.store, ICCID, now);
  }
  await rig.store.settle(claim.attemptId, { kind: 'sent', mr: 7, at: now });
  const report = { iccid: ICCID, mr: 7, recipient: number, tpStatus: 0, smscAt: now, dischargedAt: now, receivedAt: now } as const;
  await rig.store.report({ ...report, meaning: 'delivered', pdu: '0601830590718364', attemptId: claim.attemptId });
  await rig.store.report({ ...report, mr: 99, meaning: 'pending', pdu: '0602830590718364', attemptId: null });
  await rig.store.receive(
    {
      inboundId: `in_${number === NUMBER ? 1 : 2}`,
      iccid: ICCID,
      imei: '1',
      from: number,
      text: TEXT,
      alphabet: 'ucs2',
      smscAt: null,
      smscTime: null,
      receivedAt: now,
      pdu: `0004${'830590718364'}${Buffer.from(TEXT).toString('hex')}`,
      placement: { kind: 'single' },
      answers: answered.id,
    },
    () => ({
      meaning: 'unsure',
      suppress: [],
      release: [],
      agrees: { source: 'doubleOptIn', wording: 'Так' },
      holdOffersUntil: null,
      task: 'optOutUnsure',
      reply: 'help',
    }),
  );
  const call = {
    iccid: ICCID,
    from: number,
    withheld: false,
    startedAt: now + Number(number.slice(-3)),
    rings: 3,
    duration: 9000,
    hungUp: false,
  };
  await rig.store.keepCall(call, now);
  await post('/v1/otp', { to: number });
  await rig.call('PUT', `/v1/contacts/${number.slice(1)}`, { body: { name: `Olena-8aa1`, numbers: [number], fields: { note: TEXT } } });
  const visit = {
    contact: { to: number, name: 'Olena-8aa1', language: 'uk' },
    startsAt: '2026-11-26T15:00:00+02:00',
    data: { address: TEXT },
  };
  await rig.call('PUT', `/v1/occasions/visit/${number === NUMBER ? 'one' : 'two'}`, { body: visit });
  await rig.clock.advance(0);
  await post('/v1/suppressions', { to: number, scope: 'purpose:promotional' });
  // With both of them in one answer.
  if (number === OTHER) {
    const messages = [NUMBER, OTHER].map((to) => ({ to, text: TEXT, sendAt: '2026-11-22T15:00:00Z' }));
    await post('/v1/messages/batch', { messages }, { 'Idempotency-Key': 'both' });
  }
}

/** What only comes about with time or with much besides: as it is stored then. */
function fillTheRest(number: string, n: number): void {
  const db = new Database(join(rig.path, 'simpost.db'), { timeout: 5000 });
  const now = rig.clock.now();
  const insert = (table: string, row: Record<string, string | number | null>): number => {
    const names = Object.keys(row);
    const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`;
    return Number(db.prepare(sql).run(row).lastInsertRowid);
  };
  const fields = { name: 'Olena-8aa1', wish: TEXT };
  const run = {
    language: 'uk',
    fields,
    trail: [{ state: 'ask', fields, held: 1 }],
    held: [],
    misses: 0,
    steps: 1,
    silentAt: null,
    endsAt: now,
  };
  const dialogue = insert('dialogues', {
    id: `dlg_${n}`,
    definition: 'table',
    version: 1,
    contact: number,
    iccid: ICCID,
    state: 'ask',
    run: JSON.stringify(run),
    begun_at: now,
    changed_at: now,
    due_at: now + 86_400_000,
  });
  insert('stock', { pool: 'tables', thing: `t${n}`, label: 'at seven', place: n, dialogue_seq: dialogue });
  insert('auctions', { definition: `bike${n}`, best: 5, leader_seq: dialogue, at: now });
  insert('events', {
    id: `evt_d${n}`,
    at: now,
    notice: 'dialogue.changed',
    dialogue: JSON.stringify({ id: `dlg_${n}`, contact: number, fields }),
  });
  insert('campaign_recipients', { campaign_seq: 9, n, contact: number, recipient: number, variant: 0, state: 'planned' });
  insert('campaign_links', { token: `lnk${n}`, campaign_seq: 9, n, url: 'https://clinic.example/' });
  insert('public_links', { token: `tok${n}`, recipient: number, made_at: now });
  const occasion = Number(db.prepare('SELECT seq FROM occasions WHERE recipient = ?').pluck().get(number));
  const shown = { occasion: { to: number, name: 'Olena-8aa1', contact: number, data: { address: TEXT } }, detail: {} };
  insert('occasion_events', { occasion_seq: occasion, type: 'occasion.confirmed', at: now, shown: JSON.stringify(shown) });
  insert('ratings', { occasion_seq: occasion, rating: 5, inbound_id: `in_${n}`, at: now });
  insert('sim_recipients', { iccid: ICCID, recipient: number, at: now });
  db.close();
}

const octets = (): string =>
  readdirSync(rig.path)
    .filter((name) => name.startsWith('simpost.db'))
    .map((name) => readFileSync(join(rig.path, name)).toString('latin1'))
    .join('\n');

/** Which of them stand in the files of the store. */
function traces(...more: string[]): string[] {
  const all = octets();
  return [...TRACES, ...more].filter((trace) => all.includes(trace));
}

const exported = async (to: string): Promise<{ tables: Record<string, Record<string, unknown>[]>; suppressions: unknown[] }> =>
  (await rig.call('POST', '/v1/persons/export', { body: { to } })).json();

const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

describe('what is known of a person', () => {
  it('X25: every table of the store is either looked through for a person or known to hold none', () => {
    const db = new Database(join(rig.path, 'simpost.db'), { readonly: true });
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck().all();
    db.close();
    expect([...PERSONAL_TABLES.map(({ table }) => table), ...IMPERSONAL_TABLES].sort()).toEqual([...tables].sort());
  });

  it('X25: is told whole, from every table that knows of people', async () => {
    const { tables, suppressions } = await exported('050 917 38 46');
    expect(Object.keys(tables).sort()).toEqual(PERSONAL_TABLES.map(({ table }) => camel(table)).sort());
    expect(tables.messages).toHaveLength(4);
    expect(tables.messageTexts?.[0]).toMatchObject({ text: TEXT, reference: TEXT });
    expect(tables.messages?.[0]).toMatchObject({ recipient: NUMBER, purpose: 'service', acceptedAt: '2026-11-22T10:00:00.000Z' });
    expect(tables.inbound).toMatchObject([{ sender: NUMBER, text: TEXT }]);
    expect(suppressions).toMatchObject([{ scope: 'purpose:promotional', source: 'api' }]);
    expect(JSON.stringify(tables)).not.toContain('"mac"');
    expect(JSON.stringify({ ...tables, idempotency: [] })).not.toContain(OTHER);
  });

  it('O09: X25: is erased from every file without a trace, and only of that person; what was opted out of stays so', async () => {
    // Nobody wrote it that way.
    expect(traces()).toEqual(TRACES.filter((trace) => !['050 917 38 46'].includes(trace)));
    const before = await exported(OTHER);
    const { data: listed } = (await rig.call('GET', '/v1/messages?limit=100')).json();
    const answer = await rig.call('POST', '/v1/persons/erase', { body: { to: NUMBER } });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toMatchObject({ cancelled: 1, backupsUntil: null });
    expect((await exported(NUMBER)).tables).toEqual({});
    // Erased of the other one too, so that what both share is seen to be gone.
    expect((await exported(OTHER)).tables).toMatchObject(before.tables);
    expect((await rig.call('POST', '/v1/persons/erase', { body: { to: OTHER } })).statusCode).toBe(200);
    expect(traces('380671112233')).toEqual([]);
    expect((await exported(NUMBER)).suppressions).toMatchObject([{ scope: 'purpose:promotional' }]);
    // Lists and totals are as they were, and every row reads as it was written.
    const { data: after } = (await rig.call('GET', '/v1/messages?limit=100')).json();
    expect(after.length).toBe(listed.length);
    expect(after.every((message: { to: string; text: string | null }) => /^erased-/.test(message.to) && message.text === null)).toBe(true);
    for (const { id } of after) expect((await rig.call('GET', `/v1/messages/${id}`)).json().damaged ?? false).toBe(false);
    await rig.store.examine();
    expect((await rig.call('GET', '/v1/inbound')).json().data).toHaveLength(2);
  });

  it('O09: a report that comes later brings the number back nowhere, and a repeated request sends nothing twice', async () => {
    const now = rig.clock.now();
    await rig.store.report({
      iccid: ICCID,
      mr: 7,
      recipient: NUMBER,
      tpStatus: 0,
      smscAt: now,
      dischargedAt: now,
      receivedAt: now,
      meaning: 'delivered',
      pdu: '0603830590718364',
      attemptId: null,
    });
    expect(traces()).toEqual([]);
    const count = rig.accepted.length;
    const again = await rig.call('POST', '/v1/messages', {
      body: { to: NUMBER, text: TEXT, reference: TEXT },
      headers: { 'Idempotency-Key': 'one' },
    });
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(rig.accepted.length).toBe(count);
  });

  it('O09: is not erased while something is on its way, and then nothing is', async () => {
    const third = '+380631234567';
    await post('/v1/messages', { to: third, text: 'one' });
    const claim = await mustClaim(rig.store, ICCID, rig.clock.now());
    await post('/v1/messages', { to: third, text: 'two' });
    const refused = await rig.call('POST', '/v1/persons/erase', { body: { to: third } });
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'underWay']);
    const { data } = (await rig.call('GET', `/v1/messages?to=${encodeURIComponent(third)}`)).json();
    expect(data.map((message: { status: string }) => message.status).sort()).toEqual(['queued', 'sending']);
    await rig.store.settle(claim.attemptId, { kind: 'uncertain', cause: 'EV-TIMEOUT', at: rig.clock.now(), decideAt: null });
    const erased = await rig.call('POST', '/v1/persons/erase', { body: { to: third, optOut: true } });
    expect(erased.json()).toMatchObject({ cancelled: 1 });
    expect((await rig.call('POST', '/v1/messages', { body: { to: third, text: 'three' } })).json().code).toBe('optedOut');
  });

  it('O09: nothing that was planned for the person is told any more', async () => {
    const count = rig.accepted.length;
    await rig.clock.advance(5 * 86_400_000);
    expect(rig.accepted.length).toBe(count);
  });

  it('X32: stands in the audit log, with nothing that says who it was', async () => {
    const { data } = (await rig.call('GET', '/v1/audit?limit=100')).json();
    const actions = data.map((entry: { action: string }) => entry.action);
    expect(actions).toEqual(expect.arrayContaining(['person.export', 'person.erase']));
    expect(JSON.stringify(data)).not.toMatch(/380509173846|CANARY/);
    expect(await rig.store.verifyAudit()).toMatchObject({ brokenAt: null });
  });
});
