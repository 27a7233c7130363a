import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { Agent, request as tlsRequest } from 'node:https';
import { createConnection, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../src/base/fault.ts';
import { seededRandom } from '../../src/base/random.ts';
import { restore } from '../../src/commands/restore.ts';
import { ask as askAt, calls, saw, withKey } from '../support/attack.ts';
import { type DaemonProcess, makeKey, makeSite, runSimpost, type SiteFolder, startDaemonProcess } from '../support/daemon-process.ts';
import { freePort, portOf } from '../support/port-of.ts';

/** A daemon with clients and people in it, attacked by programs and persons who may do a little, and by strangers: `npm run test:security`. */

/** Milliseconds, on a machine that does much else. */
const LONG = 240_000;
const PASSWORD = 'correct horse battery';
/** Of somebody: nobody may read it who may not. */
const CANARY = { text: 'CANARYTEXT', number: '+380507773311', name: 'CANARYNAME' };

let site: SiteFolder;
let daemon: DaemonProcess;
let port: number;
let admin: string;
let slow: Socket[];
const ask = (method: string, path: string, asked?: Parameters<typeof askAt>[3]) => askAt(port, method, path, asked);

beforeAll(async () => {
  site = makeSite([]);
  admin = await makeKey(site, 'admin,send,read:all,operate');
  daemon = await startDaemonProcess(site);
  port = Number(new URL(daemon.url).port);
  // Slow clients, from now on: half a head, half a body, nothing at all; an octet now and then is as good as none.
  const body = `POST /v1/messages HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${admin}\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"to"`;
  slow = ['GET /healthz HTTP/1.1\r\nhost: loc', 'POST /v1/setup HTTP/1.1\r\nx-a: b\r\n', body].flatMap((begun) =>
    Array.from({ length: 30 }, () => {
      const socket = createConnection(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.resume();
      socket.write(begun);
      return socket;
    }),
  );
  const headers = withKey(admin);
  expect((await ask('POST', '/v1/messages', { headers, body: { to: CANARY.number, text: CANARY.text } })).status).toBe(202);
  const contact = { name: CANARY.name, numbers: [CANARY.number] };
  expect((await ask('PUT', '/v1/contacts/canary', { headers, body: contact })).status).toBe(201);
});
afterAll(async () => {
  await daemon.kill();
  site.remove();
});

/** A call with the body that each expects to refuse: what is asked is whether it comes that far. */
const tried = (method: string, path: string, headers: Record<string, string>) =>
  ask(method, path, { headers, ...(method === 'GET' || method === 'DELETE' ? {} : { body: {} }) });

async function logIn(name: string): Promise<Record<string, string>> {
  const { status, headers, body } = await ask('POST', '/v1/session', { body: { name, password: PASSWORD } });
  expect(status, body).toBe(200);
  return { cookie: String(headers['set-cookie']).split(';', 1)[0] ?? '', origin: daemon.url, 'x-csrf-token': JSON.parse(body).csrfToken };
}

describe('who may what', () => {
  it('X15: every route opens to the keys and the roles that its line names, and to no other', { timeout: LONG }, async () => {
    const doors = calls.filter(({ path, isOpen }) => path.startsWith('/v1/') && path !== '/v1/session' && !isOpen);
    const scopes = ['send:otp', 'send:promotional', 'read', 'inbox', 'read:all', 'operate', 'admin'];
    const holds: Readonly<Record<string, readonly string[]>> = { 'read:all': ['read:all', 'read', 'inbox'], read: ['read', 'inbox'] };
    let refused = 0;
    let opened = 0;
    for (const scope of scopes) {
      const { body } = await ask('POST', '/v1/keys', { headers: withKey(admin), body: { name: scope, scopes: [scope] } });
      const headers = withKey(JSON.parse(body).key);
      for (const door of doors) {
        // A second factor is a person's: the call itself refuses a key.
        const isOwn = door.path === '/v1/session/second-factor' && door.method === 'GET';
        const may = !isOwn && (door.scopes.length === 0 || (holds[scope] ?? [scope]).some((held) => door.scopes.includes(held)));
        const { status, code } = await tried(door.method, door.path, headers);
        expect(status, `${scope} ${door.method} ${door.path}`).not.toBe(500);
        expect(code === 'scopeMissing', `${scope} ${door.method} ${door.path}`).toBe(!may);
        if (may) opened += 1;
        else refused += 1;
      }
    }
    for (const role of ['desk', 'readOnly', 'technician']) {
      await ask('POST', '/v1/users', { headers: withKey(admin), body: { name: role, password: PASSWORD, role } });
      const headers = await logIn(role);
      for (const door of doors) {
        const may = door.roles.includes(role);
        const { status, code, body } = await tried(door.method, door.path, headers);
        expect(status, `${role} ${door.method} ${door.path}: ${body}`).not.toBe(500);
        expect(code === 'scopeMissing', `${role} ${door.method} ${door.path}`).toBe(!may);
        if (may) opened += 1;
        else refused += 1;
      }
    }
    saw('X15', `${doors.length} routes by ${scopes.length} keys and 3 roles: ${opened} opened, ${refused} refused, as the table says`);
  });

  it('X24: a technician reads no text, no name and no whole number on any page', async () => {
    const headers = await logIn('technician');
    const { body: list } = await ask('GET', '/v1/messages', { headers: withKey(admin) });
    const { id } = JSON.parse(list).data[0];
    const paths = calls.filter(({ method, path }) => method === 'GET' && path.startsWith('/v1/') && path !== '/v1/openapi.json');
    const own = [
      `/v1/messages/${id}`,
      '/v1/contacts/canary',
      '/v1/contacts/export',
      '/v1/consents/export',
      '/v1/contacts?search=CANARY',
      `/v1/contacts?number=${encodeURIComponent(CANARY.number)}`,
    ];
    const leaks: string[] = [];
    for (const path of [...paths.map((call) => call.path), ...own]) {
      const { body } = await ask('GET', path, { headers });
      // What was typed into the address comes back.
      if (/CANARY(TEXT|NAME)/.test(body) || body.includes('380507773311') || body.includes('0507773311')) leaks.push(path);
    }
    expect(leaks).toEqual([]);
    saw('X24', `${paths.length + own.length} pages by a technician: no text, no name, no number`);
  });

  it('X14: a session that somebody planted is not the one that begins', async () => {
    const planted = 'A'.repeat(43);
    const { headers, body } = await ask('POST', '/v1/session', {
      headers: { cookie: `simpost=${planted}` },
      body: { name: 'desk', password: PASSWORD },
    });
    expect(String(headers['set-cookie'])).not.toContain(planted);
    expect((await ask('GET', '/v1/session', { headers: { cookie: `simpost=${planted}` } })).status).toBe(401);
    const mine = String(headers['set-cookie']).split(';', 1)[0] ?? '';
    // A login over an old session ends that one; logging out ends it on the box and not only in the browser.
    const again = await ask('POST', '/v1/session', { headers: { cookie: mine }, body: { name: 'desk', password: PASSWORD } });
    expect((await ask('GET', '/v1/session', { headers: { cookie: mine } })).status).toBe(401);
    const newer = String(again.headers['set-cookie']).split(';', 1)[0] ?? '';
    const own = { cookie: newer, origin: daemon.url, 'x-csrf-token': JSON.parse(again.body).csrfToken };
    expect((await ask('DELETE', '/v1/session', { headers: { ...own, 'x-csrf-token': JSON.parse(body).csrfToken } })).code).toBe(
      'crossSite',
    );
    expect((await ask('DELETE', '/v1/session', { headers: own })).status).toBe(200);
    expect((await ask('GET', '/v1/session', { headers: { cookie: newer } })).status).toBe(401);
    saw('X14', 'a planted cookie, an old one, the token of another session, a cookie after logging out: none is taken');
  });
});

describe('what goes out', () => {
  it('X08: no webhook leads to the box or its neighbours, in however strange a writing', async () => {
    let connects = 0;
    const inside: Server = createServer((_request, response) => response.end());
    inside.on('connection', () => (connects += 1));
    await once(inside.listen(0, '127.0.0.1'), 'listening');
    const near = portOf(inside);
    const hosts = [
      ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '017700000001', '127.0.0.1.', '0.0.0.0', '0', '[::1]', '[::]'],
      ...['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]', '[fe80::1]', '[fd00::1]', '[ff02::1]', '169.254.169.254'],
      ...['10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', 'localhost'],
      ...['%31%32%37.0.0.1', '１２７.0.0.1', '127。0。0。1', '①②⑦.0.0.1', 'user@127.0.0.1', '127.0.0.1%23@example.com'],
    ];
    const urls = [
      ...hosts.flatMap((host) => [`http://${host}:${near}/`, `https://${host}:${port}/v1/setup`]),
      ...[
        'file:///etc/passwd',
        'gopher://127.0.0.1:25/',
        'ftp://127.0.0.1/',
        'data:,x',
        'javascript:1',
        `//127.0.0.1:${near}`,
        'unix:/run/x',
      ],
    ];
    for (const url of urls) {
      const { status, body } = await ask('POST', '/v1/webhooks', { headers: withKey(admin), body: { url, events: ['*'] } });
      expect([400, 422], `${url}: ${body}`).toContain(status);
    }
    // A name that means nothing today is asked again with each call.
    const names = ['LOCALHOST.', 'a.localhost', 'box.localhost.'];
    const ids: string[] = [];
    for (const name of names) {
      const { status, body } = await ask('POST', '/v1/webhooks', {
        headers: withKey(admin),
        body: { url: `http://${name}:${near}/`, events: ['*'] },
      });
      if (status === 201) ids.push(JSON.parse(body).id);
      else expect(status).toBe(422);
    }
    await ask('POST', '/v1/messages', { headers: withKey(admin), body: { to: CANARY.number, text: 'an event' } });
    const triedOnce = async (id: string): Promise<boolean> => {
      const { data } = JSON.parse((await ask('GET', `/v1/webhooks/${id}/deliveries`, { headers: withKey(admin) })).body);
      return data.some(({ tries }: { tries: number }) => tries > 0);
    };
    for (const id of ids) {
      while (!(await triedOnce(id)));
      await ask('DELETE', `/v1/webhooks/${id}`, { headers: withKey(admin) });
    }
    expect(connects).toBe(0);
    inside.close();
    saw('X08', `${urls.length + names.length} addresses of the inside: refused, or called in vain; none connected to`);
  });

  it('X07: no cell of an export begins a formula', async () => {
    const begins = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠', ' =', '"=', "'=", '=cmd|'];
    const headers = withKey(admin);
    for (const [n, begin] of begins.entries()) {
      const cell = `${begin}HYPERLINK("http://evil.example")`;
      await ask('PUT', `/v1/contacts/cell-${n}`, {
        headers,
        body: { name: `x${n}`, firstName: cell, numbers: ['+380501234567'], fields: { note: cell, doctor: cell } },
      });
    }
    const { status, body } = await ask('GET', '/v1/contacts/export', { headers });
    expect(status).toBe(200);
    const cells = [...body.replace('\uFEFF', '').matchAll(/(?:^|[,;\r\n])(?:"((?:[^"]|"")*)"|([^,;\r\n"]*))/g)].map(([, quoted, plain]) =>
      (quoted ?? plain ?? '').replaceAll('""', '"'),
    );
    expect(cells.filter((cell) => cell.includes('HYPERLINK')).length).toBeGreaterThan(10);
    expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell) && !/^\+\d{7,15}$/.test(cell))).toEqual([]);
    saw('X07', `${cells.length} cells of an export: none begins a formula`);
  });
});

describe('what comes back in', () => {
  it('X05: nothing but a store is restored, and nothing is written beside the data folder', { timeout: LONG }, async () => {
    const other = makeSite([]);
    await makeKey(other, 'read');
    const hostile = join(other.folder, 'hostile');
    mkdirSync(hostile);
    const file = (name: string, content: string | Buffer): string => {
      writeFileSync(join(hostile, name), content);
      return join(hostile, name);
    };
    const db = (name: string, sql: string): string => {
      const made = new Database(join(hostile, name));
      made.exec(sql);
      made.close();
      return join(hostile, name);
    };
    symlinkSync('/etc/passwd', join(hostile, 'link.db'));
    const whole = readFileSync(join(other.folder, 'data/simpost.db'));
    const files = [
      file('zip.db', Buffer.from('PK\x03\x04../../../../etc/cron.d/x', 'latin1')),
      file('tar.db', Buffer.concat([Buffer.from('../../../../tmp/simpost-evil'.padEnd(512, '\0')), Buffer.alloc(1024)])),
      file('empty.db', ''),
      file('header.db', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8192, 0xff)])),
      file('cut.db', whole.subarray(0, Math.floor(whole.length / 2))),
      file('torn.db', Buffer.concat([whole.subarray(0, 8192), Buffer.alloc(8192, 0xaa), whole.subarray(16_384)])),
      join(hostile, 'link.db'),
      hostile,
      '/etc/passwd',
      '/dev/null',
      '../../../../../etc/passwd',
      join(hostile, 'none\n.db'),
      db('foreign.db', 'CREATE TABLE messages (id TEXT); INSERT INTO messages VALUES (1)'),
      db('trigger.db', "CREATE TABLE users (id); CREATE TRIGGER t AFTER INSERT ON users BEGIN SELECT load_extension('/tmp/evil'); END"),
      db('view.db', "CREATE VIEW messages AS SELECT writefile('/tmp/simpost-evil', 'x')"),
      db('attach.db', 'PRAGMA user_version = 9999; CREATE TABLE x (y)'),
    ];
    const shape = (): string => readdirSync(other.folder).sort().join();
    const before = shape();
    for (const path of files) {
      const said = await restore(path, { config: other.config }).catch((error: unknown) => error);
      // A sentence for a person: of ours, or of the system, which the command line puts into words.
      const isPlain = said instanceof Fault || (said instanceof Error && 'code' in said && typeof said.code === 'string');
      expect(isPlain, `${path}: ${said instanceof Error ? said.stack : String(said)}`).toBe(true);
    }
    expect(shape()).toBe(before);
    expect(existsSync('/tmp/simpost-evil')).toBe(false);
    expect(readFileSync(join(other.folder, 'data/simpost.db')).equals(whole)).toBe(true);
    // Beside a daemon at work nothing is restored at all.
    expect((await runSimpost(['restore', join(other.folder, 'data/simpost.db'), '--config', site.config])).code).not.toBe(0);
    other.remove();
    saw('X05', `${files.length} files that are no store: all refused, nothing changed`);
  });

  it('X15: no path leads to a file', async () => {
    const tricks = [
      '../',
      '..%2f',
      '%2e%2e/',
      '%2e%2e%2f',
      '..%5c',
      '..\\',
      '....//',
      '%252e%252e%252f',
      '..;/',
      '%c0%ae%c0%ae/',
      './.././',
      '/\\../',
    ];
    const ends = ['etc/passwd', 'simpost.toml', 'data/simpost.db', 'package.json', 'main.js'];
    let asked = 0;
    for (const start of ['/', '/assets/', '/assets/x/', '/v1/', '/docs/', '/v1/posters/', '//', '/\\']) {
      for (const trick of tricks) {
        for (const end of ends) {
          const { status, body } = await ask('GET', `${start}${trick.repeat(4)}${end}`, { headers: withKey(admin) });
          expect(body, start + trick + end).not.toMatch(/root:x:|SQLite format|\[site\]|createRequire/);
          expect(status, start + trick + end).toBeGreaterThanOrEqual(400);
          expect(status, start + trick + end).toBeLessThan(500);
          asked += 1;
        }
      }
    }
    saw('X15', `${asked} paths that climb: none leads to a file`);
  });
});

describe('the setup from the network', () => {
  it('X11: opens nothing but the setup, over TLS, to the token of the installer, and is over with the owner', {
    timeout: LONG,
  }, async () => {
    const lan = Object.values(networkInterfaces())
      .flat()
      .find((one) => one && !one.internal && one.family === 'IPv4')?.address;
    const fresh = makeSite([]);
    const open = await freePort();
    writeFileSync(fresh.config, readFileSync(fresh.config, 'utf8').replace('[http]\n', `[http]\nsetupListen = "0.0.0.0:${open}"\n`));
    const { out } = await runSimpost(['setup-token', '--config', fresh.config]);
    const token = /^ {2}([0-9a-f]{32})$/m.exec(out)?.[1];
    expect(statSync(join(fresh.folder, 'data/setup.json')).mode & 0o777).toBe(0o600);
    const box = await startDaemonProcess(fresh);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const from = (method: string, path: string, body?: object): Promise<{ status: number | undefined; body: string }> =>
      new Promise((resolve, reject) => {
        const payload = body === undefined ? '' : JSON.stringify(body);
        const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
        const host = lan ?? '127.0.0.1';
        const request = tlsRequest({ host, port: open, method, path, headers, agent, rejectUnauthorized: false }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('end', () => resolve({ status: response.statusCode, body: text }));
        });
        request.on('error', reject);
        request.end(payload === '' ? undefined : payload);
      });
    try {
      expect(JSON.stringify(box.log)).not.toContain(token);
      const answered: string[] = [];
      for (const { method, path } of calls) {
        const { body } = await from(method, path, method === 'GET' || method === 'DELETE' ? undefined : {});
        if (!body.includes('"setupNeeded"')) answered.push(path);
      }
      expect(answered.sort()).toEqual(['/healthz', '/readyz', '/v1/setup']);
      // In the clear it says nothing.
      await expect(askAt(open, 'GET', '/healthz')).rejects.toThrow();
      const owner = { name: 'owner', password: PASSWORD };
      expect((await from('POST', '/v1/setup', { token: '0'.repeat(32), ...owner })).status).toBe(401);
      expect((await from('POST', '/v1/setup', { token, ...owner })).status).toBe(201);
      expect((await from('GET', '/healthz')).body).toContain('setupDone');
      await expect(from('GET', '/healthz')).rejects.toThrow();
      expect(existsSync(join(fresh.folder, 'data/setup.json'))).toBe(false);
      expect((await runSimpost(['setup-token', '--config', fresh.config])).code).toBe(1);
    } finally {
      agent.destroy();
      await box.kill();
      fresh.remove();
    }
    saw('X11', `${calls.length} calls over the network of a new box: 3 answered; closed with the owner`);
  });
});

describe('the port', () => {
  const COUNT = process.env.SIMPOST_TEST_FULL === undefined ? 1000 : 10_000;

  it(`X30: of ${COUNT} malformed requests none is an error of ours, none is stored, and it answers after them`, {
    timeout: 300_000,
  }, async () => {
    const random = seededRandom(20261122);
    const pick = <T>(list: readonly [T, ...T[]]): T => list[random.bytes(4).readUInt32BE() % list.length] ?? list[0];
    const headers = withKey(admin);
    const good = '{"to":"+380501234567","text":"x","purpose":"service","validFor":60,"sendAt":"2027-01-01T00:00:00Z"}';
    const rubbish = ['\0', '"', '{', '}', '[', ']', ',', ':', '\\', '\\u0000', '\\ud800', '1e999', '-0', 'null', 'true', '"a":'] as const;
    const spoil = (text: string): string => {
      let spoilt = text;
      for (let n = 1 + ((random.bytes(1)[0] ?? 0) % 6); n > 0; n -= 1) {
        const at = random.bytes(4).readUInt32BE() % (spoilt.length + 1);
        spoilt = spoilt.slice(0, at) + pick([...rubbish, ...rubbish]) + spoilt.slice(at + ((random.bytes(1)[0] ?? 0) % 4));
      }
      return spoilt;
    };
    const deep = '['.repeat(100_000);
    const shapes: [() => Promise<{ status: number; body: string }>, ...(() => Promise<{ status: number; body: string }>)[]] = [
      () => ask('POST', '/v1/messages?x=1', { headers, body: spoil(good) }),
      () =>
        ask(pick(['PUT', 'PATCH', 'POST']), pick(['/v1/keys', '/v1/rules/x', '/v1/contacts/x', '/v1/segments/count', '/v1/webhooks']), {
          headers,
          body: spoil('{"name":"x","scopes":["admin"]}'),
        }),
      () =>
        ask(
          'GET',
          `/v1/${pick(['messages', 'inbound', 'contacts', 'audit', 'statistics', 'costs'])}?${encodeURIComponent(spoil('limit'))}=${encodeURIComponent(spoil('5'))}`,
          { headers },
        ),
      () => ask('GET', `/v1/messages?cursor=${encodeURIComponent(random.bytes(20).toString('latin1'))}`, { headers }),
      () => ask('POST', '/v1/messages/batch', { headers, body: spoil(`{"messages":[${good}]}`) }),
      () => ask('POST', '/v1/messages', { headers, body: `{"to":${deep}` }),
      () =>
        ask('POST', '/v1/contacts/import', {
          headers: { ...headers, 'content-type': pick(['text/csv', 'text/csv; charset=x', 'multipart/form-data']) },
          body: spoil('a;b\n1;2'),
        }),
      () =>
        ask('POST', '/v1/messages', {
          headers: { ...headers, 'content-type': pick(['text/plain', 'application/xml', 'application/json; charset=utf-16', '']) },
          body: good,
        }),
      () => ask(pick(['TRACE', 'OPTIONS', 'PROPFIND', 'DELETE']), pick(['/', '/v1/messages', '/v1/keys', '/healthz']), { headers }),
      () =>
        ask('POST', '/v1/templates/preview', {
          headers,
          body: JSON.stringify({ text: spoil('{firstName|x} {link:https://x} {{7*7}} $(7*7)') }),
        }),
    ];
    const stored = async (): Promise<number> => JSON.parse((await ask('GET', '/v1/messages?limit=500', { headers })).body).data.length;
    const before = await stored();
    const seen = new Map<number, number>();
    let accepted = 0;
    for (let begun = 0; begun < COUNT; begun += 20) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => pick(shapes)()));
      for (const { status, body } of answers) {
        seen.set(status, (seen.get(status) ?? 0) + 1);
        expect(status, body).not.toBe(500);
        expect(body).not.toMatch(/\bat .*\.js:\d+|SQLITE_|node:internal/);
        if (status === 202) accepted += 1;
      }
    }
    // A text in which only the text was spoilt is a good one.
    expect(await stored()).toBeLessThanOrEqual(before + accepted + COUNT / 10);
    expect((await ask('GET', '/healthz')).status).toBe(200);
    saw(
      'X30',
      `${COUNT} malformed requests: ${[...seen]
        .sort(([a], [b]) => a - b)
        .map(([status, count]) => `${count} x ${status}`)
        .join(', ')}`,
    );
  });

  it('X30: slow clients are sent away, and held nobody up', async () => {
    await Promise.all(slow.filter((socket) => !socket.destroyed).map((socket) => once(socket, 'close')));
    expect((await ask('GET', '/healthz')).status).toBe(200);
    saw('X30', `${slow.length} clients that never finished: all sent away`);
  });

  it('X24: nothing of all this stands in the log', () => {
    const log = JSON.stringify(daemon.log);
    expect(log).not.toMatch(/CANARY|380507773311|HYPERLINK|correct horse/);
    expect(log).not.toContain(admin.slice(14));
    saw('X24', `${daemon.log.length} lines of log after all this: no text, name, number, password or key`);
  });
});
