import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canMakeRootFolder, makeRootFolder, type RootFolder } from '../support/root-folder.ts';

/** The package in a Debian 13 of its own: installed, started, upgraded, taken back and purged. With `npm run test:full`, as root, with debootstrap. */
const runs = process.env.SIMPOST_TEST_FULL !== undefined && canMakeRootFolder;

const LONG = 600_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** One request on a connection of its own: the daemon comes and goes. */
const ask = (address: string, key = '', body?: object): Promise<{ status: number | undefined; body: string }> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const asked = plainRequest(address, { method: body === undefined ? 'GET' : 'POST', headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, body: text }));
    });
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });

/** Posts over the TLS that no authority vouches for. */
const setUp = (port: number, body: object): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const payload = JSON.stringify(body);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
    const asked = request(
      { host: '127.0.0.1', port, path: '/v1/setup', method: 'POST', headers, rejectUnauthorized: false },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    asked.on('error', reject);
    asked.end(payload);
  });

describe.skipIf(!runs)('the package in a root folder of Debian 13', () => {
  let folder: string;
  let root: RootFolder;
  let url: string;
  let setupPort: number;
  let key: string;

  const packed = (version: string): string =>
    execFileSync(process.execPath, ['packaging/build-deb.mjs', '--version', version, folder], { encoding: 'utf8' }).trim();

  /** A version that is spoilt: what a mistake of ours could do, done to its program. */
  function spoilt(version: string, spoil: (program: string) => string): string {
    const made = packed(version);
    const open = mkdtempSync(join(folder, 'open-'));
    rmSync(open, { recursive: true });
    execFileSync('dpkg-deb', ['-R', made, open]);
    const main = join(open, 'usr/lib/simpost/dist/main.js');
    writeFileSync(main, spoil(readFileSync(main, 'utf8')));
    execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '-b', open, made], { stdio: 'ignore' });
    return made;
  }

  function install(deb: string): { code: number | null; out: string } {
    copyFileSync(deb, join(root.path, 'root/simpost.deb'));
    return root.run('apt-get install -y -q --no-install-recommends /root/simpost.deb');
  }

  const accept = async (text: string): Promise<number | undefined> =>
    (await ask(`${url}/v1/messages`, key, { to: '+380501234567', text })).status;
  const texts = async (): Promise<string[]> => {
    const { data }: { data: { text: string }[] } = JSON.parse((await ask(`${url}/v1/messages`, key)).body);
    return data.map(({ text }) => text).reverse();
  };
  const store = (): string => join(root.path, 'var/lib/simpost');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'simpost-debs-'));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    setupPort = await freePort();
    root = makeRootFolder({
      SIMPOST_HTTP_LISTEN: `127.0.0.1:${port}`,
      SIMPOST_HTTP_SETUP_LISTEN: `127.0.0.1:${setupPort}`,
      SIMPOST_LIMITS_RECIPIENT_PER_HOUR: '0',
      SIMPOST_POLICY_PROFILE: 'off',
    });
  }, LONG);
  afterAll(() => {
    root.remove();
    rmSync(folder, { recursive: true, force: true });
  }, LONG);

  it('is installed, starts as a user of its own, and says where to go next; without a screen, on the boot partition', {
    timeout: LONG,
  }, async () => {
    mkdirSync(join(root.path, 'boot/firmware'), { recursive: true });
    writeFileSync(join(root.path, 'boot/firmware/config.txt'), '');
    const { code, out } = install(packed('0.1.0'));
    expect(code, out).toBe(0);
    expect(out).toContain('Next:\n  1. Become its owner. The same stands in /boot/firmware/simpost-setup.txt:');
    expect((await ask(`${url}/healthz`)).status).toBe(200);
    expect(root.run('stat -c "%U %a" /var/lib/simpost /etc/simpost /var/lib/simpost/simpost.db').out).toBe(
      'simpost 700\nroot 750\nsimpost 600\n',
    );
    expect(root.run('stat -c %U /proc/[0-9]*/task/*/comm | sort | uniq').out).toContain('simpost\n');
    expect(root.run('id simpost').out).toContain('dialout');
    // X11: the token is on the boot partition, and good once.
    const told = readFileSync(join(root.path, 'boot/firmware/simpost-setup.txt'), 'utf8');
    const token = /^ {2}([0-9a-f]{32})$/m.exec(told)?.[1];
    expect(told).toMatch(/SHA-256 fingerprint\n {2}(?:[0-9A-F]{2}:){31}[0-9A-F]{2}\n/);
    const owner = { name: 'Olena', password: 'correct horse battery' };
    expect(await setUp(setupPort, { token: '0'.repeat(32), ...owner })).toBe(401);
    expect(await setUp(setupPort, { token, ...owner })).toBe(201);
    expect(await setUp(setupPort, { token, ...owner })).toBe(403);
    await expect(setUp(setupPort, { token, ...owner })).rejects.toThrow();
    key = root.run('runuser -u simpost -- simpost keys create --name test --scopes send,read:all,admin').out.trim();
    expect(await accept('before')).toBe(202);
  });

  it('X29: is upgraded with a backup first, and goes on with what waited', { timeout: LONG }, async () => {
    const { code, out } = install(packed('0.1.1'));
    expect(code, out).toBe(0);
    expect(out).toContain('stopping; what is on the air gets its answer first');
    expect(out).toContain('The store is whole and up to date.');
    expect(await texts()).toEqual(['before']);
    expect(await accept('after the upgrade')).toBe(202);
    expect(existsSync(join(root.path, 'var/lib/simpost-upgrade'))).toBe(false);
  });

  it.each([
    {
      what: 'wrecks the store and ends',
      version: '0.1.2',
      spoil: (main: string) =>
        main.replace(
          '\n',
          "\nif (process.argv[2] === 'store') { (await import('node:fs')).writeFileSync('/var/lib/simpost/simpost.db', 'wreck'); process.exit(1); }\n",
        ),
    },
    { what: 'has no /healthz', version: '0.1.3', spoil: (main: string) => main.replaceAll('"ok" }', '"ok" }.nothing.there') },
    { what: 'cannot even be read by Node', version: '0.1.4', spoil: () => 'const =' },
  ])('X29: a version that $what is taken back, with the store of before', { timeout: LONG }, async ({ what, version, spoil }) => {
    const before = await texts();
    const { code, out } = install(spoilt(version, spoil));
    expect(code, out).not.toBe(0);
    expect(out, what).toContain('the new version cannot take the store over; going back to the version of before');
    expect((await ask(`${url}/healthz`)).status).toBe(200);
    expect(await texts()).toEqual(before);
    expect(await accept(`after one that ${what}`)).toBe(202);
    expect(root.run('dpkg --configure -a').out).toContain('the one of before runs; install another one');
    expect(root.run('systemctl is-active simpost').code).toBe(0);
  });

  it('S08: a version that passes the gate and does not start is taken back: sending is paused, since something may have gone', {
    timeout: LONG,
  }, async () => {
    const before = await texts();
    const { code, out } = install(spoilt('0.1.5', (main) => main.replace('\n', "\nif (process.argv[2] === 'serve') process.exit(1);\n")));
    expect(code, out).not.toBe(0);
    expect(out).toContain('the new version does not start; going back to the version of before');
    expect((await texts()).slice(0, before.length)).toEqual(before);
    expect((await ask(`${url}/v1/sending`, key)).body).toContain('paused');
  });

  it('is upgraded by the next version that works', { timeout: LONG }, async () => {
    const { code, out } = install(packed('0.1.6'));
    expect(code, out).toBe(0);
    expect((await texts())[0]).toBe('before');
    expect(root.run('dpkg -s simpost').out).toContain('Status: install ok installed\n');
  });

  it('leaves unattended upgrades to its window', { timeout: LONG }, () => {
    expect(root.run('apt-get install -y -q --no-install-recommends unattended-upgrades python3-apt').code).toBe(0);
    const newer = packed('0.1.7');
    mkdirSync(join(root.path, 'srv/repo'), { recursive: true });
    copyFileSync(newer, join(root.path, 'srv/repo/simpost_0.1.7_amd64.deb'));
    const packages = execFileSync('dpkg-scanpackages', ['--multiversion', '.'], { cwd: join(root.path, 'srv/repo'), encoding: 'utf8' });
    writeFileSync(join(root.path, 'srv/repo/Packages'), packages);
    writeFileSync(join(root.path, 'srv/repo/Release'), 'Origin: Simpost\nSuite: stable\nLabel: Simpost\n');
    writeFileSync(join(root.path, 'etc/apt/sources.list.d/simpost.list'), 'deb [trusted=yes] file:/srv/repo ./\n');
    writeFileSync(join(root.path, 'etc/apt/apt.conf.d/60all'), 'Unattended-Upgrade::Origins-Pattern { "origin=*"; };\n');
    expect(root.run('apt-get update').code).toBe(0);
    const installed = (): string => root.run("dpkg -s simpost | sed -n 's/^Version: //p'").out;
    const before = installed();
    root.run('unattended-upgrade --debug');
    expect(installed()).toBe(before);
    const { code, out } = root.run('/usr/lib/simpost/upgrade-in-window');
    expect(code, out).toBe(0);
    expect(installed()).toBe('0.1.7\n');
    expect(root.run('systemctl is-active simpost').code).toBe(0);
  });

  it('leaves nothing when it is purged but the backups', { timeout: LONG }, () => {
    expect(root.run('runuser -u simpost -- simpost backup').code).toBe(0);
    const { code, out } = root.run('apt-get purge -y -q simpost');
    expect(code, out).toBe(0);
    expect(readdirSync(store())).toEqual(['backups']);
    expect(statSync(join(store(), 'backups')).isDirectory()).toBe(true);
    const left = root.run('find / -xdev -path /proc -prune -o -path /srv -prune -o -name "*simpost*" -print').out.trim().split('\n');
    expect(
      left.filter((path) => !/^\/var\/(lib\/simpost(\/|$)|lib\/(dpkg|apt)\/|log\/|cache\/)|^\/root\/|sources\.list\.d|^\/run\//.test(path)),
    ).toEqual([]);
    expect(root.run('systemctl is-active simpost').code).not.toBe(0);
  });
});
