import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { seededRandom } from '../../src/base/random.ts';
import { type Answer, ask as askAt, calls, saw, withKey } from '../support/attack.ts';
import { type DaemonProcess, makeKey, makeSite, runSimpost, type SiteFolder, startDaemonProcess } from '../support/daemon-process.ts';
import { appCode } from '../support/totp-app.ts';

/**
 * The built daemon, attacked from outside as whoever finds its port would: `npm run test:security`. Each row of the requirements
 * says what was tried and what was seen.
 */

const PASSWORD = 'correct horse battery';

let site: SiteFolder;
let daemon: DaemonProcess;
let port: number;
/** Keys, once there are some. */
let admin: string;
let reader: string;

beforeAll(async () => {
  site = makeSite([]);
  daemon = await startDaemonProcess(site);
  port = Number(new URL(daemon.url).port);
});
afterAll(async () => {
  await daemon.kill();
  site.remove();
});

const ask = (method: string, path: string, asked?: Parameters<typeof askAt>[3]): Promise<Answer> => askAt(port, method, path, asked);

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

/** A new key with this scope. */
async function keyWith(scope: string): Promise<string> {
  const { status, body } = await ask('POST', '/v1/keys', { headers: withKey(admin), body: { name: scope, scopes: [scope] } });
  expect(status, body).toBe(201);
  return JSON.parse(body).key;
}

describe('a new box', () => {
  it('X11: of all calls only health and setup answer, until the token of the log has made an owner', async () => {
    const open: string[] = [];
    for (const { method, path } of calls) {
      const { status, code } = await ask(method, path, method === 'GET' || method === 'DELETE' ? {} : { body: {} });
      if (status === 403 && code === 'setupNeeded') continue;
      open.push(path);
    }
    expect(open.sort()).toEqual(['/healthz', '/readyz', '/v1/setup']);
    const token = daemon.log.map((line) => line.setupToken).find((word) => typeof word === 'string');
    expect((await ask('POST', '/v1/setup', { body: { token: '0'.repeat(32), name: 'thief', password: PASSWORD } })).status).toBe(401);
    expect((await ask('POST', '/v1/setup', { body: { token, name: 'owner', password: PASSWORD } })).status).toBe(201);
    expect((await ask('POST', '/v1/setup', { body: { token, name: 'thief', password: PASSWORD } })).status).toBe(409);
    const db = new Database(join(site.folder, 'data', 'simpost.db'), { readonly: true });
    expect(db.prepare('SELECT password FROM users').pluck().get()).toMatch(/^scrypt\$15\$8\$1\$/);
    db.close();
    saw('X11', `${calls.length} calls on a new box: 3 answered, health and setup`);
  });

  it('X12: listens on the loopback alone, on one port, and to no name that is not its own', async () => {
    const listening = execFileSync('cat', ['/proc/net/tcp', '/proc/net/tcp6'], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state]) => state === '0A');
    const sockets = readdirSync(`/proc/${daemon.child.pid}/fd`).map((fd) => {
      try {
        return readlinkSync(`/proc/${daemon.child.pid}/fd/${fd}`);
      } catch {
        return '';
      }
    });
    const ours = listening.filter((fields) => sockets.includes(`socket:[${fields[9]}]`)).map((fields) => fields[1]);
    expect(ours).toEqual([`0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`]);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example']) {
      expect(await ask('GET', '/v1/session', { headers: { host } })).toMatchObject({ status: 421, code: 'hostUnknown' });
    }
    saw('X12', `listens on ${ours.join(', ')}; 3 foreign names: 421`);
  });

  it('X12: on the LAN without TLS where that was asked for, and says so at its start and wherever it says how it is', async () => {
    const open = makeSite([]);
    writeFileSync(open.config, readFileSync(open.config, 'utf8').replace('"127.0.0.1:0"', '"0.0.0.0:0"\ninsecureLan = true'));
    const there = await startDaemonProcess(open);
    const inTheClear = expect.stringContaining('cross the network in the clear');
    expect(there.log).toContainEqual(expect.objectContaining({ level: 40, msg: inTheClear }));
    expect(JSON.parse((await askAt(Number(new URL(there.url).port), 'GET', '/readyz', {})).body).reasons).toContainEqual(inTheClear);
    expect(JSON.parse((await ask('GET', '/readyz')).body).reasons).not.toContainEqual(inTheClear);
    await there.kill();
    open.remove();
    saw('X12', 'insecureLan: said in the log, in /readyz and by the check of the configuration');
  });

  it('X12: a request that names two boxes, or two callers, is not taken for the one that suits it', async () => {
    const said = async (head: string): Promise<string | undefined> => {
      const socket = createConnection(port, '127.0.0.1');
      socket.write(`${head}\r\nConnection: close\r\n\r\n`);
      const octets = await socket.setEncoding('latin1').toArray();
      return /^HTTP\/1\.1 (\d+)/.exec(octets.join(''))?.[1];
    };
    expect(await said('GET /healthz HTTP/1.1\r\nHost: localhost')).toBe('200');
    expect(await said('GET http://localhost/healthz HTTP/1.1\r\nHost: localhost')).toBe('200');
    const refused: Record<string, string> = {
      'GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example': '400',
      'GET /healthz HTTP/1.1\r\nhost: localhost\r\nHOST: localhost': '400',
      'GET /v1/site HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer y\r\nAuthorization: Bearer x': '400',
      'GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost': '421',
      'GET http://localhost/healthz HTTP/1.1\r\nHost: evil.example': '421',
      'GET /healthz HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 4': '400',
      'GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: 4': '400',
      'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n Host: evil.example': '400',
    };
    for (const [head, status] of Object.entries(refused)) expect(await said(head), head).toBe(status);
    saw('X12', `${Object.keys(refused).length} requests that say two things at once: all refused`);
  });
});

describe('keys', () => {
  it('X15: no call does anything with no key, a wrong one, or one without its scope', async () => {
    admin = await makeKey(site, 'admin');
    const none = await keyWith('inbox');
    let tried = 0;
    for (const { method, path, scopes } of calls.filter(({ path, isOpen }) => path.startsWith('/v1/') && !isOpen)) {
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
      for (const headers of [
        {},
        withKey('simpost_wrong'),
        withKey(`${none}x`),
        { authorization: `Basic ${none}` },
        { cookie: 'simpost=guess' },
      ]) {
        expect((await ask(method, path, { headers, ...body })).status, `${method} ${path}`).toBe(401);
        tried += 1;
      }
      expect((await ask(method, `${path}?key=${none}&access_token=${none}`, body)).status).toBe(401);
      tried += 1;
      if (scopes.length === 0 || scopes.includes('inbox')) continue;
      expect((await ask(method, path, { headers: withKey(none), ...body })).code, `${method} ${path}`).toBe('scopeMissing');
      tried += 1;
    }
    saw('X15', `${tried} requests without the right key: all refused`);
  });

  it('X10: none of the keys that were used stands in any file of the box or in its log', async () => {
    const keys = [await keyWith('send'), admin];
    for (const key of keys) {
      await ask('GET', '/v1/keys', { headers: withKey(key) });
      await ask('GET', `/v1/keys?key=${key}`, { headers: withKey(`${key}x`) });
    }
    const files = filesOf(site.folder);
    const kept = [JSON.stringify(daemon.log), ...files.map((path) => readFileSync(path, 'latin1'))].join('\n');
    expect(kept.length).toBeGreaterThan(100_000);
    for (const key of keys) expect(kept.includes(key.slice(14))).toBe(false);
    expect(kept).not.toContain(PASSWORD);
    saw('X10', `${files.length} files and ${daemon.log.length} lines of log: no key, no password`);
  });

  it('X16: a key named __proto__ or constructor is an unknown field, and changes nothing', async () => {
    const headers = withKey(await keyWith('send'));
    const to = '"to":"+380501234567","text":"x"';
    const bodies = [
      `{${to},"__proto__":{"admin":true}}`,
      `{${to},"constructor":{"prototype":{"admin":true}}}`,
      `{"__proto__":{${to}}}`,
      `{${to},"\\u005f_proto__":1}`,
    ];
    for (const body of bodies) expect((await ask('POST', '/v1/messages', { headers, body })).status, body).toBe(400);
    expect((await ask('GET', '/v1/keys', { headers })).code).toBe('scopeMissing');
    saw('X16', `${bodies.length} bodies: all refused`);
  });
});

describe('people', () => {
  it('X32: nobody is called what looks like another in the audit log', async () => {
    const unseen = ['ow\u200Bner', 'owner\u202E', 'ow\u00ADner', '\uFEFFowner', 'owner\u2060', 'ow\u0000ner', 'owner\u2028x'];
    for (const name of [...unseen, ' OWNER ']) {
      const user = await ask('POST', '/v1/users', { headers: withKey(admin), body: { name, password: PASSWORD, role: 'owner' } });
      expect([400, 409], JSON.stringify(name)).toContain(user.status);
    }
    for (const name of unseen) {
      const key = await ask('POST', '/v1/keys', { headers: withKey(admin), body: { name, scopes: ['read'] } });
      expect(key.status, JSON.stringify(name)).toBe(400);
    }
    saw('X32', `${unseen.length} names with characters that nobody sees: no user and no key is called so`);
  });

  it('X14: a page of another site changes nothing in a session', async () => {
    const login = await ask('POST', '/v1/session', { body: { name: 'owner', password: PASSWORD } });
    expect(login.status).toBe(200);
    const cookie = String(login.headers['set-cookie']).split(';', 1)[0] ?? '';
    expect(String(login.headers['set-cookie'])).toMatch(/^simpost=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const csrf: string = JSON.parse(login.body).csrfToken;
    let tried = 0;
    for (const { method, path } of calls.filter(({ method, path }) => method !== 'GET' && !/\/(setup)$/.test(path))) {
      if (method === 'POST' && path === '/v1/session') continue;
      const body = method === 'DELETE' ? {} : { body: {} };
      for (const headers of [{ cookie }, { cookie, origin: 'http://evil.example', 'x-csrf-token': csrf }, { cookie, origin: daemon.url }]) {
        expect((await ask(method, path, { headers, ...body })).code, `${method} ${path}`).toBe('crossSite');
        tried += 1;
      }
    }
    expect((await ask('GET', '/v1/session', { headers: { cookie } })).status).toBe(200);
    const own = { cookie, origin: daemon.url, 'x-csrf-token': csrf };
    expect((await ask('PUT', '/v1/sending', { headers: own, body: { state: 'running' } })).status).toBe(200);
    saw('X14', `${tried} requests of another site: all refused`);
  });

  it('X13: of many guesses only five are looked at', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 100 }, (_, i) => ask('POST', '/v1/session', { body: { name: 'owner', password: `guess ${i}` } })),
    );
    expect(guesses.filter(({ status }) => status === 401).length).toBe(5);
    expect(guesses.filter(({ status }) => status === 429).length).toBe(95);
    expect((await ask('POST', '/v1/session', { body: { name: 'owner', password: PASSWORD } })).status).toBe(429);
    saw('X13', '100 guesses at once: 5 looked at');
  });

  it('X13: who knows a password guesses no code, and finds nothing on the box to make one of', async () => {
    const mine = { name: 'guarded', password: PASSWORD };
    await ask('POST', '/v1/users', { headers: withKey(admin), body: { ...mine, role: 'desk' } });
    const login = await ask('POST', '/v1/session', { body: mine });
    const cookie = String(login.headers['set-cookie']).split(';', 1)[0] ?? '';
    const headers = { cookie, origin: daemon.url, 'x-csrf-token': JSON.parse(login.body).csrfToken };
    const begun = await ask('POST', '/v1/session/second-factor', { headers, body: { current: PASSWORD } });
    const { secret } = JSON.parse(begun.body);
    const code = appCode(secret, systemClock.now());
    const on = await ask('PUT', '/v1/session/second-factor', { headers, body: { code } });
    expect(on.status, on.body).toBe(200);
    expect(await ask('POST', '/v1/session', { body: mine })).toMatchObject({ status: 401, code: 'codeNeeded' });
    const codes = [code, ...Array.from({ length: 99 }, (_, i) => String(i).padStart(6, '0'))];
    const guesses = await Promise.all(codes.map((one) => ask('POST', '/v1/session', { body: { ...mine, code: one } })));
    expect(guesses.filter(({ status }) => status === 401).length).toBe(4);
    expect(guesses.filter(({ status }) => status === 429).length).toBe(96);
    const kept = [JSON.stringify(daemon.log), ...filesOf(site.folder).map((path) => readFileSync(path, 'latin1'))].join('\n');
    for (const hidden of [secret, ...JSON.parse(on.body).recoveryCodes]) expect(kept.includes(hidden)).toBe(false);
    saw('X13', '100 codes at once beside the right password, one of them used before: 4 looked at, none opened; no file has the secret');
  });
});

describe('the port', () => {
  it('X30: outlives rubbish, and answers after it', async () => {
    const random = seededRandom(20261122);
    let refused = 0;
    for (let i = 0; i < 300; i += 1) {
      const socket = createConnection(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.resume();
      const head = ['', 'GET / HTTP/1.1\r\n', 'POST /v1/messages HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99\r\n\r\n'][i % 3] ?? '';
      socket.end(Buffer.concat([Buffer.from(head), random.bytes(1 + (i % 200))]));
      await once(socket, 'close');
      refused += 1;
    }
    expect((await ask('GET', '/healthz')).status).toBe(200);
    expect(daemon.child.exitCode).toBeNull();
    saw('X30', `${refused} connections of rubbish: it answers`);
  });
});

describe('the audit log', () => {
  it('X32: has what those in charge did here, and shows a change in its file', async () => {
    const { body } = await ask('GET', '/v1/audit?limit=500', { headers: withKey(admin) });
    for (const action of ['user.create', 'key.create', 'session.begin', 'session.refuse', 'sending.set'])
      expect(body).toContain(`"${action}"`);
    reader = await keyWith('read');
    const verify = () => runSimpost(['audit', 'verify', '--config', site.config]);
    const whole = await verify();
    expect([whole.code, whole.out]).toEqual([0, expect.stringMatching(/^The audit log is whole: \d+ entries/)]);
    expect(await daemon.stop()).toBe(0);
    const db = new Database(join(site.folder, 'data', 'simpost.db'));
    db.exec("DROP TRIGGER audit_is_not_changed; UPDATE audit SET actor = 'nobody' WHERE seq = 2");
    db.close();
    const broken = await verify();
    expect([broken.code, broken.out]).toEqual([1, expect.stringContaining('entry 2 was changed')]);
    saw('X32', `${whole.out.split('.')[0]}; one changed entry was found`);
  });

  it('X18: one key asks as often in a second as it may, and no more', async () => {
    writeFileSync(site.config, readFileSync(site.config, 'utf8').replace('requestsPerSecond = 0', 'requestsPerSecond = 5'));
    daemon = await startDaemonProcess(site);
    port = Number(new URL(daemon.url).port);
    const headers = withKey(reader);
    const answers = await Promise.all(Array.from({ length: 300 }, () => ask('GET', '/v1/time', { headers })));
    const taken = answers.filter(({ status }) => status === 200).length;
    expect(taken).toBeGreaterThanOrEqual(5);
    expect(answers.filter(({ status }) => status === 429).length).toBe(300 - taken);
    expect(answers.find(({ status }) => status === 429)?.headers).toMatchObject({
      'retry-after': '1',
      'ratelimit-policy': '"requests";q=5;w=1',
    });
    saw('X18', `300 requests at once where 5 a second may be: ${taken} answered, the others 429`);
  });
});
