import { once } from 'node:events';
import { createServer } from 'node:net';
import { connect } from 'node:tls';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify from 'fastify';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { makeSetupGrant } from '../../src/daemon/setup-grant.ts';
import { ACCESS } from '../../src/http/access.ts';
import { hashKey } from '../../src/http/auth.ts';
import type { Api } from '../../src/http/parts.ts';
import { listenForSetup } from '../../src/http/setup-listener.ts';
import { type ApiRig, apiRig } from '../support/api-rig.ts';
import { portOf } from '../support/port-of.ts';

const lines: string[] = [];
const OWNER = { name: 'Olena', password: 'correct horse battery' };
const HOUR = 3_600_000;

/** A box with no key and no user. */
let rig: ApiRig;
beforeEach(async () => {
  lines.length = 0;
  rig = await apiRig({ log: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }) });
  const { id } = rig.store.findKey(hashKey(rig.key)) ?? { id: '' };
  await rig.store.revokeKey(id, rig.clock.now());
  await rig.clock.advance(1000);
  await rig.app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => rig.close());

const told = (): string => lines.map((line) => /"setupToken":"([0-9a-f]{32})"/.exec(line)?.[1]).find((word) => word !== undefined) ?? '';
const setUp = (token: string, body: object = OWNER) => rig.call('POST', '/v1/setup', { key: null, body: { token, ...body } });
const isMethod = (word: string): word is 'GET' | 'POST' | 'PUT' | 'DELETE' => ['GET', 'POST', 'PUT', 'DELETE'].includes(word);

describe('a box that nobody owns', () => {
  it('X11: opens nothing but its health and the setup, and says what to do', async () => {
    for (const [route, access] of Object.entries(ACCESS)) {
      const [method = '', url = ''] = route.split(' ');
      if (!isMethod(method)) throw new Error(route);
      for (const key of [null, rig.key]) {
        const answer = await rig.app.inject({
          method,
          url: url.replace(/:\w+/, 'x'),
          headers: key === null ? {} : { authorization: `Bearer ${key}` },
        });
        if (access === 'always') expect(answer.statusCode).not.toBe(403);
        else
          expect(answer.json(), route).toMatchObject({
            status: 403,
            code: 'setupNeeded',
            detail: expect.stringContaining('POST /v1/setup'),
          });
      }
    }
  });

  it('X11: is taken with the token of 128 bits that its log alone shows, once', async () => {
    expect(told()).toMatch(/^[0-9a-f]{32}$/);
    expect((await setUp('0'.repeat(32))).json()).toMatchObject({ status: 401, code: 'loginRefused' });
    for (const wrong of [{ name: 'Olena', password: 'short' }, { name: 'Olena' }, { ...OWNER, name: 'two\nlines' }]) {
      expect((await setUp(told(), wrong)).statusCode).toBe(400);
    }
    const owner = await setUp(told());
    expect(owner.statusCode, owner.body).toBe(201);
    expect(owner.json()).toMatchObject({ name: 'Olena', role: 'owner' });
    expect((await rig.call('GET', '/openapi.json', { key: null })).statusCode).toBe(200);
    expect((await setUp(told(), { ...OWNER, name: 'Other' })).json()).toMatchObject({ status: 409, code: 'tooLate' });
    expect((await rig.store.auditLog({}, { limit: 1, cursor: null })).data).toMatchObject([
      { actor: 'setup', action: 'user.create', target: owner.json().id, detail: { name: owner.json().name, role: 'owner' } },
    ]);
  });

  it('X11: not from another machine, and not after an hour', async () => {
    const payload = { token: told(), ...OWNER };
    for (const remoteAddress of ['192.168.1.5', '::ffff:10.0.0.1', 'fd00::1']) {
      const answer = await rig.app.inject({ method: 'POST', url: '/v1/setup', remoteAddress, payload });
      expect(answer.json()).toMatchObject({ status: 403, code: 'addressForbidden' });
    }
    await rig.clock.advance(HOUR);
    expect((await setUp(told())).json()).toMatchObject({ status: 403, code: 'setupNeeded' });
    expect(await rig.store.users()).toEqual([]);
  });

  it('X11: opens with the first API key too, and its log shows no token where there is one', async () => {
    const key = await rig.makeKey('read');
    expect((await rig.call('GET', '/v1/sims', { key })).statusCode).toBe(200);
    expect((await rig.call('GET', '/v1/sims', { key: null })).json()).toMatchObject({ status: 401, code: 'keyMissing' });
    lines.length = 0;
    await rig.restart();
    await rig.app.listen({ host: '127.0.0.1', port: 0 });
    expect(told()).toBe('');
  });
});

describe('the setup from the network', () => {
  it('X11: listens for an hour and no longer, and ends the connections that it has', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const port = portOf(probe);
    probe.close();
    await once(probe, 'close');
    const grant = makeSetupGrant(rig.path, ['localhost'], rig.clock.now(), seededRandom(1));
    const app: Api = Fastify().withTypeProvider<TypeBoxTypeProvider>();
    app.get('/healthz', () => ({ status: 'ok' }));
    await app.ready();
    const remote = { ...grant, listen: { host: '127.0.0.1', port }, used: () => undefined };
    const cut = await listenForSetup(app, { store: rig.store, clock: rig.clock, log: pino({ enabled: false }) }, remote);
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
    socket.on('error', () => undefined);
    await once(socket, 'secureConnect');
    socket.write('GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n');
    const [answer]: Buffer[] = await once(socket, 'data');
    expect(String(answer)).toContain('200 OK');
    // In the middle of a request, so that it is not idle.
    socket.write('GET /healthz HTTP/1.1\r\n');
    await rig.clock.advance(HOUR - 1);
    const ended = once(socket, 'close');
    const before = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
    await once(before, 'secureConnect');
    await rig.clock.advance(1);
    await ended;
    const after = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
    expect(await once(after, 'error')).toMatchObject([{ code: 'ECONNREFUSED' }]);
    before.destroy();
    cut();
    await app.close();
  });

  it('X11: a port that another program has keeps it from nothing else, and is told', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = portOf(other);
    const grant = makeSetupGrant(rig.path, ['localhost'], rig.clock.now(), seededRandom(1));
    const log: string[] = [];
    const remote = { ...grant, listen: { host: '127.0.0.1', port }, used: () => undefined };
    const cut = await listenForSetup(
      rig.app,
      { store: rig.store, clock: rig.clock, log: pino({}, { write: (line: string) => void log.push(line) }) },
      remote,
    );
    expect(log).toMatchObject([expect.stringContaining('the setup cannot be opened to the network')]);
    cut();
    other.close();
  });
});
