import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashKey } from '../../src/http/auth.ts';
import type { Scope } from '../../src/http/scopes.ts';
import { makeBackup } from '../../src/store/backup.ts';
import { type ApiRig, apiRig } from '../support/api-rig.ts';

let rig: ApiRig;
beforeEach(async () => {
  rig = await apiRig();
});
afterEach(() => rig.close());

const HOUR = 3_600_000;
const BODY = { to: '+380501234567', text: 'Hello' };
const send = (key: string, purpose?: string) =>
  rig.call('POST', '/v1/messages', { key, body: purpose === undefined ? BODY : { ...BODY, purpose } });
const create = (body: object) => rig.call('POST', '/v1/keys', { body });

describe('scopes of sending', () => {
  it('O12: a key sends for the purposes of its scopes, `send` for all; another purpose is 403, also where it is not said', async () => {
    const cases: [Scope[], string[]][] = [
      [['send'], ['otp', 'urgent', 'service', 'promotional']],
      [['send:service'], ['service']],
      [
        ['send:otp', 'send:promotional'],
        ['otp', 'promotional'],
      ],
    ];
    for (const [scopes, may] of cases) {
      const key = await rig.makeKey(...scopes);
      for (const purpose of ['otp', 'urgent', 'service', 'promotional']) {
        const answer = await send(key, purpose);
        expect(answer.statusCode, `${scopes} ${purpose}`).toBe(may.includes(purpose) ? 202 : 403);
        const dry = await rig.call('POST', '/v1/messages', { key, body: { ...BODY, purpose, dryRun: true } });
        expect(dry.statusCode).toBe(may.includes(purpose) ? 200 : 403);
        if (!may.includes(purpose))
          expect(answer.json()).toMatchObject({ code: 'scopeMissing', detail: expect.stringContaining(`needs send:${purpose}`) });
      }
      expect((await send(key)).statusCode).toBe(may.includes('service') ? 202 : 403);
    }
  });

  it('O12: in a batch each message is judged by its own purpose', async () => {
    const key = await rig.makeKey('send:promotional');
    const messages = [{ ...BODY, purpose: 'promotional' }, BODY, { ...BODY, purpose: 'otp' }];
    const { results } = (await rig.call('POST', '/v1/messages/batch', { key, body: { messages } })).json();
    expect(results.map((r: { status?: string; problem?: { code: string } }) => r.problem?.code ?? r.status)).toEqual([
      'queued',
      'scopeMissing',
      'scopeMissing',
    ]);
    expect(rig.accepted.map((m) => m.purpose)).toEqual(['promotional']);
  });
});

describe('/v1/keys', () => {
  it('X10: makes a key that is shown once and works at once, lists it without its secret, and ends it at once', async () => {
    const made = await create({ name: 'CRM', scopes: ['send', 'read'], perHour: 5, allowFrom: ['127.0.0.1'] });
    expect(made.statusCode).toBe(201);
    const { key, id, ...facts } = made.json();
    expect(key).toMatch(/^simpost_[\w-]{43}$/);
    expect(facts).toMatchObject({
      name: 'CRM',
      scopes: ['send', 'read'],
      perHour: 5,
      perDay: 0,
      allowFrom: ['127.0.0.1'],
      lastUsedAt: null,
    });
    expect((await send(key)).statusCode).toBe(202);
    const list = await rig.call('GET', '/v1/keys');
    expect(list.json().data.find((k: { id: string }) => k.id === id)).toEqual({ id, ...facts, lastUsedAt: '2026-11-22T10:00:00.000Z' });
    expect(list.body).not.toContain(key.slice(20));
    expect((await rig.call('DELETE', `/v1/keys/${id}`)).json()).toEqual({ id, revoked: true });
    expect((await send(key)).json()).toMatchObject({ status: 401, code: 'keyInvalid' });
    expect((await rig.call('DELETE', `/v1/keys/${id}`)).statusCode).toBe(404);
  });

  it('refuses what no key can be, and makes none', async () => {
    const before = (await rig.store.keys()).length;
    const good = { name: 'CRM', scopes: ['read'] };
    const wrong: object[] = [
      { name: 'CRM' },
      { ...good, name: 'two\nlines' },
      { ...good, scopes: [] },
      { ...good, scopes: ['root'] },
      { ...good, expiresAt: '2026-11-22T10:00:00Z' },
      { ...good, expiresAt: '2027-02-30T10:00:00Z' },
      { ...good, allowFrom: ['10.0.0.0/33'] },
      { ...good, allowFrom: ['example.com'] },
      { ...good, perDay: -1 },
      { ...good, weight: 0 },
      { ...good, key: 'simpost_mine' },
    ];
    for (const body of wrong) expect((await create(body)).statusCode, JSON.stringify(body)).toBe(400);
    expect((await rig.store.keys()).length).toBe(before);
  });

  it('writes when a key was last used at once, then at most each minute, and before it closes', async () => {
    const key = await rig.makeKey('read');
    const lastUsed = (): number | null | undefined => rig.store.findKey(hashKey(key))?.lastUsedAt;
    const use = () => rig.call('GET', '/v1/sims', { key });
    /** Commits follow one another. */
    const committed = () => rig.store.keysUsed(new Map());
    const first = rig.clock.now();
    await use();
    await committed();
    expect(lastUsed()).toBe(first);
    for (let i = 0; i < 5; i += 1) {
      await rig.clock.advance(10_000);
      await use();
    }
    await rig.clock.advance(9999);
    expect(lastUsed()).toBe(first);
    await rig.clock.advance(1);
    await committed();
    expect(lastUsed()).toBe(first + 50_000);
    await rig.clock.advance(120_000);
    await use();
    await committed();
    expect(lastUsed()).toBe(first + 180_000);
    await rig.clock.advance(1000);
    await rig.call('GET', '/v1/sims', { key });
    const at = rig.clock.now();
    await rig.restart();
    expect(lastUsed()).toBe(at);
  });
});

describe('what a key is bound to', () => {
  it('its end, from which on it opens nothing', async () => {
    const key = await rig.makeKeyAs({ scopes: ['read'], expiresAt: rig.clock.now() + HOUR });
    await rig.clock.advance(HOUR - 1);
    expect((await rig.call('GET', '/v1/sims', { key })).statusCode).toBe(200);
    await rig.clock.advance(1);
    expect((await rig.call('GET', '/v1/sims', { key })).json()).toMatchObject({
      status: 401,
      code: 'keyInvalid',
      detail: expect.stringContaining('was good until 2026-11-22T11:00:00.000Z'),
    });
  });

  it('X20: the networks that it may come from', async () => {
    const from = async (allowFrom: string[], remoteAddress: string): Promise<number> => {
      const key = await rig.makeKeyAs({ scopes: ['read'], allowFrom });
      const response = await rig.app.inject({ url: '/v1/sims', remoteAddress, headers: { authorization: `Bearer ${key}` } });
      return response.statusCode;
    };
    const lan = ['192.168.1.0/24', 'fd00::/8', '203.0.113.7'];
    for (const inside of ['192.168.1.1', '192.168.1.255', '::ffff:192.168.1.9', 'fd12:3456::1', '203.0.113.7'])
      expect(await from(lan, inside)).toBe(200);
    for (const outside of ['192.168.2.1', '::ffff:10.0.0.1', 'fe80::1', '203.0.113.8', '127.0.0.1', '::1'])
      expect(await from(lan, outside)).toBe(403);
    expect(await from([], '198.51.100.1')).toBe(200);
    expect(await from(['0.0.0.0/0'], '198.51.100.1')).toBe(200);
  });

  it('its caps in any hour and any day, over restarts, and a batch that would pass one is taken in part', async () => {
    const key = await rig.makeKeyAs({ scopes: ['send'], perHour: 3, perDay: 5 });
    const statuses = async (n: number): Promise<number[]> => {
      const found: number[] = [];
      for (let i = 0; i < n; i += 1) found.push((await send(key)).statusCode);
      return found;
    };
    expect(await statuses(2)).toEqual([202, 202]);
    await rig.restart();
    const batch = await rig.call('POST', '/v1/messages/batch', { key, body: { messages: [BODY, BODY] } });
    expect(batch.json().results.map((r: { problem?: { code: string } }) => r.problem?.code)).toEqual([undefined, 'quotaUsedUp']);
    const refused = await send(key);
    expect([refused.statusCode, refused.headers['retry-after'], refused.json().code]).toEqual([429, '3600', 'quotaUsedUp']);
    expect((await send(rig.key)).statusCode).toBe(202);
    await rig.clock.advance(HOUR);
    expect(await statuses(3)).toEqual([202, 202, 429]);
    await rig.clock.advance(22 * HOUR);
    expect(await statuses(1)).toEqual([429]);
    await rig.clock.advance(HOUR);
    expect(await statuses(4)).toEqual([202, 202, 202, 429]);
  });
});

describe('what is left of a key', () => {
  it('X10: of 100 keys that were made, used, misused and revoked, none stands in the store, its backup, the log or an answer', async () => {
    const lines: string[] = [];
    const folder = await mkdtemp(join(tmpdir(), 'simpost-canaries-'));
    const local = await apiRig({ log: pino({ level: 'trace' }, { write: (line: string) => lines.push(line) }) });
    const canaries: string[] = [];
    for (let i = 0; i < 100; i += 1) {
      const { key, id } = (await local.call('POST', '/v1/keys', { body: { name: `canary ${i}`, scopes: ['send'] } })).json();
      canaries.push(key);
      const told = [
        await local.call('POST', '/v1/messages', { key, body: BODY, headers: { 'idempotency-key': `k${i}` } }),
        await local.call('GET', '/v1/sims', { key }),
        await local.call('GET', `/v1/sims?key=${key}`, { key }),
        await local.call('GET', '/v1/sims', { key: null, headers: { authorization: `Basic ${key}` } }),
        await local.call('GET', '/v1/sims', { key: `${key}x` }),
        await local.call('DELETE', `/v1/keys/${id}`),
      ];
      for (const { body } of told) expect(body).not.toContain(key);
    }
    await local.clock.advance(60_000);
    const answers = (await local.call('GET', '/v1/keys')).body + (await local.call('GET', '/v1/audit?limit=500')).body;
    await makeBackup({ folder: local.path, directory: folder, now: local.clock.now() });
    const files = [local.path, folder].flatMap((path) => readdirSync(path).map((name) => join(path, name)));
    expect(files.filter((path) => /simpost.*\.db/.test(path)).length).toBeGreaterThanOrEqual(2);
    const kept = [answers, ...lines, ...files.map((path) => readFileSync(path, 'latin1'))].join('\n');
    // Half a secret would be one too; the prefix is for people.
    expect(canaries.filter((key) => kept.includes(key.slice(14, 36)))).toEqual([]);
    expect(kept).toContain(canaries[0]?.slice(0, 14));
    await local.close();
    await rm(folder, { recursive: true });
  });
});
