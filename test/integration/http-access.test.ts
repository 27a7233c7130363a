import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRandom } from '../../src/base/random.ts';
import { ACCESS } from '../../src/http/access.ts';
import { hashKey, Keys, REMEMBERED } from '../../src/http/auth.ts';
import { guardRoutes } from '../../src/http/guard.ts';
import { RequestLimits } from '../../src/http/request-limits.ts';
import { heldScopes } from '../../src/http/scopes.ts';
import { Sessions } from '../../src/http/sessions.ts';
import { type ApiRig, apiRig } from '../support/api-rig.ts';
import { portOf } from '../support/port-of.ts';

interface Operation {
  readonly security: { apiKey?: string[]; session?: string[] }[];
}

let rig: ApiRig;
let operations: { method: 'GET' | 'POST' | 'PUT' | 'DELETE'; url: string; scopes: string[]; roles: string[]; isOpen: boolean }[];
const keys: Record<string, string> = {};

/** All that comes on a socket until its end. */
const whole = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
  });

const isMethod = (word: string): word is 'GET' | 'POST' | 'PUT' | 'DELETE' => ['GET', 'POST', 'PUT', 'DELETE'].includes(word);

/** What people open in a browser is no part of the document. */
const PAGES = ['GET /docs', 'GET /faults', 'GET /', 'GET /assets/:name'];

beforeAll(async () => {
  rig = await apiRig();
  keys.send = await rig.makeKey('send');
  keys.read = await rig.makeKey('read');
  keys.operate = await rig.makeKey('operate');
  keys.admin = await rig.makeKey('admin');
  keys.inbox = await rig.makeKey('inbox');
  keys['send:service'] = await rig.makeKey('send:service');
  keys.none = await rig.makeKey();
  const paths: Record<string, Record<string, Operation>> = (await rig.call('GET', '/openapi.json')).json().paths;
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([word, operation]) => {
      const method = word.toUpperCase();
      return isMethod(method)
        ? [
            {
              method,
              url: path.replace(/\{\w+\}/, 'msg_x'),
              scopes: operation.security.flatMap((s) => s.apiKey ?? []),
              roles: operation.security.flatMap((s) => s.session ?? []),
              isOpen: operation.security.length === 0,
            },
          ]
        : [];
    }),
  );
});
afterAll(() => rig.close());

describe('API keys', () => {
  it('X15: every route but health and documents wants one, and says how to get it', async () => {
    const open = operations.filter((o) => o.isOpen).map((o) => o.url);
    expect(open.sort()).toEqual(['/healthz', '/openapi.json', '/readyz', '/v1/session', '/v1/setup']);
    expect(operations.length).toBeGreaterThanOrEqual(14);
    for (const { method, url, isOpen } of operations) {
      const response = await rig.call(method, url, { key: null, ...(method === 'POST' || method === 'PUT' ? { body: {} } : {}) });
      if (isOpen) {
        expect(response.statusCode).toBe(method === 'GET' ? 200 : 400);
        continue;
      }
      expect(response.json(), url).toMatchObject({ status: 401, code: 'keyMissing' });
      expect(response.headers['www-authenticate']).toBe('Bearer realm="simpost"');
    }
  });

  it('X15: one table says who may use what; a route that is not in it keeps the daemon from starting', async () => {
    const table = Object.entries(ACCESS).filter(([route]) => !PAGES.includes(route));
    const told = operations.map(({ method, url, scopes, isOpen }) => `${method} ${url} ${isOpen ? 'open' : scopes.join(' ')}`);
    const line = ([route, access]: (typeof table)[number]): string => {
      const words = access === 'always' || access === 'open' ? 'open' : access === 'anyone' ? '' : access.join(' ');
      return `${route.replace(/:\w+/, 'msg_x').replaceAll(/:(\w+)/g, '{$1}')} ${words}`;
    };
    expect(told.sort()).toEqual(table.map(line).sort());
    const app = Fastify().withTypeProvider<TypeBoxTypeProvider>();
    const keys = new Keys(rig.store, rig.clock, () => {});
    guardRoutes(app, {
      keys,
      sessions: new Sessions(rig.clock, systemRandom),
      accessible: () => true,
      limits: new RequestLimits(rig.clock, 0),
    });
    app.get('/healthz', () => 'ok');
    expect(() => app.get('/v1/secrets', () => 'all of them')).toThrow('GET /v1/secrets has no line in the table of src/http/access.ts');
  });

  it('X10: a revoked key opens nothing once the second is over for which it is remembered', async () => {
    const key = await rig.makeKey('read');
    expect((await rig.call('GET', '/v1/messages', { key })).statusCode).toBe(200);
    const { id } = rig.store.findKey(hashKey(key)) ?? { id: '' };
    expect(await rig.store.revokeKey(id, rig.clock.now())).toBe(true);
    await rig.clock.advance(REMEMBERED);
    expect((await rig.call('GET', '/v1/messages', { key })).json()).toMatchObject({ status: 401, code: 'keyInvalid' });
  });

  it('X15: a key does what its scopes name and nothing else, on every route', async () => {
    for (const { method, url, scopes } of operations.filter((o) => o.scopes.length > 0)) {
      for (const scope of ['send', 'send:service', 'read', 'inbox', 'operate', 'admin', 'none']) {
        const held: ReadonlySet<string> = heldScopes([scope]);
        if (scopes.some((wanted) => held.has(wanted))) continue;
        const response = await rig.call(method, url, {
          key: keys[scope] ?? null,
          ...(method === 'POST' || method === 'PUT' ? { body: {} } : {}),
        });
        expect(response.json(), `${method} ${url} with ${scope}`).toMatchObject({ status: 403, code: 'scopeMissing' });
        expect(response.headers['www-authenticate']).toContain('insufficient_scope');
      }
    }
    expect((await rig.call('POST', '/v1/segments/preview', { key: keys.read ?? null, body: { text: 'x' } })).statusCode).toBe(200);
    expect((await rig.call('POST', '/v1/segments/preview', { key: keys.send ?? null, body: { text: 'x' } })).statusCode).toBe(200);
  });

  it('a wrong, cut, or misplaced key opens nothing', async () => {
    const wrong = [rig.key.slice(0, -1), `${rig.key}x`, rig.key.toUpperCase(), 'simpost_', "' OR 1=1 --", 'x'.repeat(5000)];
    for (const key of wrong) {
      const response = await rig.call('GET', '/v1/messages', { key });
      expect(response.statusCode, key.slice(0, 60)).toBe(401);
      expect(response.body).not.toContain(key);
    }
    for (const authorization of ['', 'Bearer', 'Bearer ', `Basic ${rig.key}`, rig.key, `Bearer ${rig.key} ${rig.key}`]) {
      expect((await rig.call('GET', '/v1/messages', { key: null, headers: { authorization } })).json().code, authorization).toBe(
        'keyMissing',
      );
    }
    expect((await rig.call('GET', '/v1/messages', { key: null, headers: { authorization: `bearer ${rig.key}` } })).statusCode).toBe(200);
  });

  it('X10: is not taken from the address', async () => {
    for (const name of ['access_token', 'key', 'apiKey', 'token']) {
      expect((await rig.call('GET', `/v1/messages?${name}=${rig.key}`, { key: null })).statusCode).toBe(401);
    }
  });

  it('works as soon as it is created', async () => {
    const key = await rig.makeKey('read');
    expect((await rig.call('GET', '/v1/sims', { key })).statusCode).toBe(200);
  });
});

describe('addresses and methods', () => {
  it('an unknown address is 404 before a key is asked for, whatever is sent there', async () => {
    for (const url of ['/', '/v1', '/v1/message', '/V1/messages', '/v1/messages/a/b', '/admin', '/.env', '/v1//messages']) {
      expect((await rig.call('GET', url, { key: null })).json(), url).toMatchObject({ status: 404, code: 'notFound' });
    }
    expect((await rig.call('POST', '/nowhere', { key: null, body: '{"half' })).json()).toMatchObject({ status: 404 });
  });

  it('a method that an address does not take is 405 with those that it takes', async () => {
    const cases: ['PUT' | 'PATCH' | 'DELETE' | 'POST' | 'GET' | 'OPTIONS' | 'HEAD', string, string][] = [
      ['PUT', '/v1/messages', 'GET, HEAD, POST'],
      ['DELETE', '/v1/messages', 'GET, HEAD, POST'],
      ['OPTIONS', '/v1/messages/batch', 'DELETE, GET, HEAD, POST'],
      ['PATCH', '/v1/messages/msg_x', 'DELETE, GET, HEAD'],
      ['GET', '/v1/otp', 'POST'],
      ['POST', '/v1/events', 'GET'],
      ['HEAD', '/v1/events', 'GET'],
      ['POST', '/healthz', 'GET, HEAD'],
    ];
    for (const [method, url, allow] of cases) {
      const response = await rig.call(method, url, { key: null });
      expect(response.statusCode, `${method} ${url}`).toBe(405);
      expect(response.headers.allow).toBe(allow);
      if (method !== 'HEAD') expect(response.json().code).toBe('methodNotAllowed');
    }
  });

  it('an address that is no address is a problem too', async () => {
    expect((await rig.call('GET', '/v1/messages/%zz')).json()).toMatchObject({ status: 400, code: 'requestInvalid' });
    expect((await rig.call('GET', '/v1/messages/%ff')).json()).toMatchObject({ status: 400, code: 'requestInvalid' });
  });

  it('the type of each problem leads to its place in the list of faults', async () => {
    const { type } = (await rig.call('GET', '/nowhere')).json();
    const [path, code] = type.split('#');
    const page = await rig.app.inject({ url: path });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain(`id="${code}"`);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('X06: no answer is for a cache or for a browser to guess about', async () => {
    for (const url of ['/v1/messages', '/v1/inbound', '/healthz', '/nowhere']) {
      const { headers } = await rig.call('GET', url);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });
});

describe('a hostile connection', () => {
  const say = (port: number, octets: string): Promise<string> => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write(octets));
    return whole(socket);
  };

  it('X30: rubbish and endless headers get a problem and the end; time limits are set', async () => {
    const local = await apiRig();
    await local.app.listen({ host: '127.0.0.1', port: 0 });
    const port = portOf(local.app.server);
    const rubbish = await say(port, 'AT+CMGS=23\r\n\r\n');
    expect(rubbish).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(JSON.parse(rubbish.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status: 400, code: 'requestInvalid' });
    const endless = await say(port, `GET /healthz HTTP/1.1\r\nhost: x\r\nx-pad: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(JSON.parse(endless.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status: 431, code: 'headersTooLarge' });
    const { server } = local.app;
    expect([server.headersTimeout, server.requestTimeout, server.timeout]).toEqual([10_000, 1_800_000, 60_000]);
    await local.close();
  });

  it('X30: a body that does not come is cut after 30 s, and one of a list is not', async () => {
    const local = await apiRig();
    const port = Number(new URL(await local.app.listen({ host: '127.0.0.1', port: 0 })).port);
    const begin = (url: string, type: string): { answer: Promise<string>; go: (octets: string) => void } => {
      const head = `POST ${url} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer ${local.key}\r\ncontent-type: ${type}\r\ncontent-length: 22\r\n\r\n`;
      const socket = createConnection(port, '127.0.0.1', () => socket.write(head));
      return { answer: whole(socket), go: (octets) => socket.write(octets) };
    };
    const began = (): Promise<unknown> => once(local.app.server, 'request');
    const [slow] = [begin('/v1/messages', 'application/json'), await began()];
    const [list] = [begin('/v1/contacts/import', 'text/csv'), await began()];
    await local.clock.advance(31_000);
    expect(await slow.answer).toContain('requestTimeout');
    list.go('phone\n+380501234567\n\n\n');
    expect(await list.answer).toContain('"created":1');
    await local.close();
  });
});

describe('several requests on one connection', () => {
  let local: ApiRig;
  let port: number;
  beforeAll(async () => {
    local = await apiRig();
    port = Number(new URL(await local.app.listen({ host: '127.0.0.1', port: 0 })).port);
  });
  afterAll(() => local.close());
  const key = (): string => `authorization: Bearer ${local.key}\r\n`;
  const connect = (octets: string): Socket => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write(octets));
    return socket;
  };

  it('X30: rubbish behind a message that is being accepted is not answered in its place', async () => {
    const body = JSON.stringify({ to: '+380501234567', text: 'x' });
    const head = `POST /v1/messages HTTP/1.1\r\nhost: x\r\n${key()}content-type: application/json\r\n`;
    const answer = await whole(connect(`${head}content-length: ${body.length}\r\n\r\n${body}RUBBISH\r\n\r\n`));
    expect(answer).not.toContain('HTTP/1.1 400');
    const broken = await whole(connect(`${head}transfer-encoding: chunked\r\n\r\nzz\r\n`));
    expect(broken).toContain('HTTP/1.1 400');
  });

  it('X30: live events that wait behind another answer are refused, and hold no place when the connection is gone', async () => {
    const ask = `GET /v1/events HTTP/1.1\r\nhost: x\r\n${key()}\r\n`;
    for (let i = 0; i < 3; i += 1) {
      const greedy = connect(ask.repeat(40));
      await new Promise((resolve) => greedy.once('data', resolve));
      greedy.destroy();
    }
    const late = connect(ask);
    const [first] = await once(late, 'data');
    expect(String(first)).toContain('HTTP/1.1 200');
    late.destroy();
  });

  it('no header is dropped in silence, however many there are', async () => {
    const pad = 'a:\r\n'.repeat(3000);
    const socket = connect(`GET /v1/messages HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${pad}${key()}\r\n`);
    expect(await whole(socket)).toContain('HTTP/1.1 200');
  });
});

describe('closing', () => {
  it('does not wait for a connection that has asked nothing', async () => {
    const local = await apiRig();
    await local.app.listen({ host: '127.0.0.1', port: 0 });
    const socket = createConnection(portOf(local.app.server), '127.0.0.1');
    const gone = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => local.app.server.once('connection', resolve));
    await local.app.close();
    await gone;
    expect(local.clock.monotonic()).toBe(0);
    await local.close();
  });

  it('answers the request that is under way, and cuts one that never comes to its end after 10 s', async () => {
    const local = await apiRig();
    await local.app.listen({ host: '127.0.0.1', port: 0 });
    const port = portOf(local.app.server);
    const body = JSON.stringify({ to: '+380501234567', text: 'x' });
    const head = `POST /v1/messages HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${local.key}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    const begin = (): Promise<{ socket: Socket; answer: Promise<string> }> =>
      new Promise((resolve) => {
        const socket = createConnection(port, '127.0.0.1', () =>
          socket.write(head + body.slice(0, 5), () => resolve({ socket, answer: whole(socket) })),
        );
      });
    let begun = 0;
    local.app.server.on('request', () => {
      begun += 1;
    });
    const [slow, never] = [await begin(), await begin()];
    while (begun < 2) await new Promise((resolve) => setImmediate(resolve));
    let closed = false;
    let answer = '';
    void slow.answer.then((octets) => {
      answer = octets;
    });
    const closing = local.app.close().then(() => {
      closed = true;
    });
    // The answer comes while the clock stands still, however long the network takes over it; then its connection is idle, and closed.
    const said = once(slow.socket, 'data');
    slow.socket.write(body.slice(5));
    await said;
    while (answer === '' && local.clock.monotonic() < 5000) await local.clock.advance(100);
    expect(answer).toMatch(/^HTTP\/1\.1 202 /);
    await local.clock.advance(9999 - local.clock.monotonic());
    expect(closed).toBe(false);
    await local.clock.advance(101);
    await closing;
    expect(await never.answer).toBe('');
    expect(local.accepted.length).toBe(1);
    await local.close();
  });
});

describe('what the log says', () => {
  it('X24: 500 canaries in texts, numbers, keys and addresses, through every kind of failure, leave no trace', async () => {
    const lines: string[] = [];
    let broken = false;
    const local = await apiRig({
      log: pino({ level: 'trace' }, { write: (line: string) => lines.push(line) }),
      sims: () => {
        if (broken) throw new Error('the SIM of +380509999001 said CANARY-IN-ERROR');
        return [];
      },
      readiness: () => {
        throw new TypeError('CANARY-IN-ERROR');
      },
    });
    for (let i = 0; i < 500; i += 1) {
      const canary = `CANARY${i}`;
      const to = `+38050999${String(i).padStart(4, '0')}`;
      const kinds = [
        () => local.call('POST', '/v1/messages', { body: { to, text: canary }, headers: { 'idempotency-key': canary } }),
        () => local.call('POST', '/v1/messages', { body: { to: canary, text: to } }),
        () => local.call('POST', '/v1/messages', { body: `{"to":"${to}","text":"${canary}` }),
        () =>
          local.call('POST', '/v1/messages/batch', {
            body: {
              messages: [
                { to, text: canary },
                { to, [canary]: 1 },
              ],
            },
          }),
        () => local.call('GET', `/v1/messages?to=${encodeURIComponent(to)}&x=${canary}`),
        () => local.call('GET', `/v1/messages/${canary}`, { key: canary }),
      ];
      await kinds[i % kinds.length]?.();
    }
    broken = true;
    const failed = await local.call('GET', '/v1/sims');
    expect(failed.json()).toMatchObject({ status: 500, code: 'internal' });
    expect(failed.body).not.toContain('CANARY');
    expect((await local.call('GET', '/readyz')).statusCode).toBe(500);
    const incident = /incident ([0-9a-f]{12})/.exec(failed.json().detail)?.[1] ?? 'none';
    const log = lines.join('');
    expect(log).toContain(incident);
    expect(log).toContain('/v1/sims');
    expect(log).toContain('http-access.test.ts');
    expect(log).not.toMatch(/CANARY/);
    expect(log).not.toMatch(/38050999/);
    expect(log).not.toContain(local.key);
    await local.close();
  });

  it('a store that was closed is a 503, not a mistake of ours', async () => {
    const local = await apiRig();
    const body = { to: '+380501234567', text: 'x' };
    expect((await local.call('POST', '/v1/messages', { body })).statusCode).toBe(202);
    await local.store.close();
    expect((await local.call('POST', '/v1/messages', { body })).json()).toMatchObject({ status: 503, code: 'closed' });
    await local.close();
  });
});
