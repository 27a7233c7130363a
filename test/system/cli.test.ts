import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { usbPorts } from '../../src/serial/usb-ports.ts';
import { makeKey, makeSite, runSimpost, type SiteFolder, startDaemonProcess } from '../support/daemon-process.ts';

let site: SiteFolder;

beforeEach(() => {
  site = makeSite([]);
});

afterEach(() => site.remove());

const withKey = (key: string): RequestInit => ({ headers: { authorization: `Bearer ${key}` } });

describe('simpost keys', () => {
  it('prints only the key, and the daemon takes it: made before the start and while it runs', async () => {
    const before = await makeKey(site);
    const daemon = await startDaemonProcess(site);
    const during = await makeKey(site);
    for (const key of [before, during]) {
      expect(key).toMatch(/^simpost_[\w-]{43}$/);
      expect((await fetch(`${daemon.url}/v1/messages`, withKey(key))).status).toBe(200);
    }
    expect((await fetch(`${daemon.url}/v1/messages`, withKey(`${before.slice(0, -1)}x`))).status).toBe(401);
    const { out } = await runSimpost(['keys', 'list', '--config', site.config]);
    expect(out.trim().split('\n')).toHaveLength(2);
    for (const key of [before, during]) expect(out).not.toContain(key.slice(20));
    expect(await daemon.stop()).toBe(0);
  });

  it('X10: revokes a key by name or id, and the running daemon takes it no more when the command returns', async () => {
    const daemon = await startDaemonProcess(site);
    const first = await makeKey(site);
    const second = await makeKey(site);
    const statusOf = async (key: string): Promise<number> => (await fetch(`${daemon.url}/v1/messages`, withKey(key))).status;
    const revoke = (name: string) => runSimpost(['keys', 'revoke', name, '--config', site.config]);
    expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200]);

    const both = await revoke('test');
    expect([both.code, both.err]).toEqual([1, expect.stringMatching(/2 keys are called "test"; give the id of one: key_\w+ \(.*, key_/)]);
    const { out } = await runSimpost(['keys', 'list', '--config', site.config]);
    const [id = ''] = out.split(/\s/);
    expect((await revoke(id)).out).toMatch(/^The key "test" \(key_\w+, simpost_\S+…\) is revoked/);
    expect([await statusOf(first), await statusOf(second)].sort()).toEqual([200, 401]);
    expect((await revoke('test')).code).toBe(0);
    // Nobody may do anything any more, until a key is made.
    expect([await statusOf(first), await statusOf(second)]).toEqual([403, 403]);

    expect((await revoke('test')).err).toBe('simpost: There is no key "test"; `simpost keys list` shows their ids and names.\n');
    expect((await runSimpost(['keys', 'list', '--config', site.config])).out).toMatch(/^There is no API key yet/);
    expect(await daemon.stop()).toBe(0);
  });

  it('X10: keeps nothing of the key but its hash', async () => {
    const key = await makeKey(site);
    const files = ['simpost.db', 'simpost.db-wal'].map((name) => join(site.folder, 'data', name)).filter((path) => existsSync(path));
    expect(files.length).toBeGreaterThan(0);
    for (const path of files) expect(readFileSync(path).includes(key.slice(20))).toBe(false);
  });

  it('refuses a scope that there is not, and makes no key', async () => {
    const { code, out, err } = await runSimpost(['keys', 'create', '--name', 'x', '--scopes', 'send,root', '--config', site.config]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(
      'simpost: There is no scope "root"; there are send, send:otp, send:urgent, send:service, send:promotional, read, read:all, inbox, operate, admin.\n',
    );
  });
});

describe('simpost serve', async () => {
  it('S12: refuses a data folder that another daemon uses, and names it', async () => {
    const daemon = await startDaemonProcess(site);
    const { code, err } = await runSimpost(['serve', '--config', site.config]);
    expect(code).toBe(1);
    expect(err).toContain(join(site.folder, 'data'));
    expect(await daemon.stop()).toBe(0);
  });

  it('S12: refuses an address that another program listens on, and ends', async () => {
    const daemon = await startDaemonProcess(site);
    const other = makeSite(['tcp://127.0.0.1:9']);
    writeFileSync(other.config, readFileSync(other.config, 'utf8').replace('127.0.0.1:0', new URL(daemon.url).host));
    const { code, err } = await runSimpost(['serve', '--config', other.config]);
    expect(code).toBe(1);
    expect(err).toContain('another program listens there. Choose another http.listen.');
    expect(await daemon.stop()).toBe(0);
    other.remove();
  });

  it('ends when it was delivered without its modem profiles, and says where they belong', async () => {
    const [root, app] = [resolve(import.meta.dirname, '../..'), join(site.folder, 'app')];
    mkdirSync(app);
    for (const name of ['dist', 'package.json']) cpSync(join(root, name), join(app, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(app, 'node_modules'));
    const { code, err } = await runSimpost(['serve', '--config', site.config], join(app, 'dist/main.js'));
    expect(code).toBe(78);
    expect(err).toContain('put the folder firmware-config beside package.json');
  });

  it('ends with 78 and every mistake, each with its line, when the configuration is wrong', async () => {
    writeFileSync(site.config, '[site]\ntimeZone = "Kyiv"\n[http]\nlisten = 8025\n');
    for (const command of [['serve'], ['config', 'check']]) {
      const { code, err } = await runSimpost([...command, '--config', site.config]);
      expect(code).toBe(78);
      expect(err).toMatch(/site\.timeZone: line 2: [\s\S]*http\.listen: line 4: /);
    }
  });

  it('D04: ends with 0 on SIGTERM', async () => {
    const daemon = await startDaemonProcess(site);
    expect(await daemon.stop()).toBe(0);
  });

  const isNotReady = async (sentence: string): Promise<void> => {
    const daemon = await startDaemonProcess(site);
    expect((await fetch(`${daemon.url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${daemon.url}/readyz`);
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining(sentence)]);
    await daemon.stop();
  };

  it('is not ready without a modem, and says so', () => isNotReady('No modem is configured'));

  // One that is plugged into this machine is somebody's, and nobody looks for it.
  it.skipIf((await usbPorts('/')).length > 0)('is not ready when it looked for modems and found none, and says so', async () => {
    writeFileSync(site.config, readFileSync(site.config, 'utf8').replace('discover = false', 'discover = true'));
    await isNotReady('No modem was found');
  });

  it('names a port that is not there, and goes on', async () => {
    const broken = makeSite(['/dev/simpost-no-such-port', 'tcp://127.0.0.1:9']);
    const key = await makeKey(broken);
    const daemon = await startDaemonProcess(broken);
    const { data } = JSON.parse(await (await fetch(`${daemon.url}/v1/modems`, withKey(key))).text());
    expect(data).toMatchObject([
      { port: '/dev/simpost-no-such-port', imei: null, sim: null, sentence: expect.stringMatching(/\.$/) },
      { port: 'tcp://127.0.0.1:9', imei: null, sim: null },
    ]);
    expect(await daemon.stop()).toBe(0);
    broken.remove();
  });
});

describe('simpost demo', () => {
  it('refuses a folder that is not its own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'simpost-real-'));
    writeFileSync(join(folder, 'something'), 'of somebody’s');
    const { code, err } = await runSimpost(['demo', '--data', folder]);
    expect(code).toBe(1);
    expect(err).toMatch(/is not a demo's folder/);
    rmSync(folder, { recursive: true });
  });
});

describe('a mistake of the user ends with a sentence and no stack', () => {
  const file = (): string => join(site.folder, 'simpost.toml');
  const cases: readonly (readonly [string, () => string[], RegExp])[] = [
    ['demo on a device', () => ['demo', '--data', '/dev/null'], /\/dev\/null is not a demo's folder/],
    ['demo in a folder that cannot be', () => ['demo', '--data', join(file(), 'x')], /simpost\.toml.* a part of it is a file/],
    ['demo below /proc', () => ['demo', '--data', '/proc/nope'], /\/proc\/nope .*\.$/m],
    ['demo on no address', () => ['demo', '--listen', 'foo'], /--listen "foo" is no address to listen on; write it as 127\.0\.0\.1:8025/],
    [
      'demo on an address of others',
      () => ['demo', '--listen', '0.0.0.0:8025'],
      /listens on this machine only; write --listen 127\.0\.0\.1:8025/,
    ],
    [
      'more ports than there are',
      () => ['simulate', '--modems', '4', '--tcp', '65534'],
      /up to 65537, and 65535 is the last there is: give --tcp 65532 or less/,
    ],
    [
      'ptys on a device',
      () => ['simulate', '--modems', '1', '--pty', join(file(), 'x')],
      /is there already and is no folder; name another/,
    ],
    [
      'a ledger that cannot be',
      () => ['simulate', '--modems', '1', '--tcp', '18291', '--ledger', '/nope/x'],
      /The ledger file \/nope\/x cannot be opened/,
    ],
    ['a store in no folder', () => ['keys', 'create', '--name', 'x', '--config', file()], /data folder .* cannot be used/],
    [
      'a list of keys where there is no store',
      () => ['keys', 'list', '--config', file()],
      /There is no store in .*: start the daemon, or make a key, first/,
    ],
  ];

  it.each(cases)('%s', async (_, args, sentence) => {
    writeFileSync(file(), `[store]\npath = ${JSON.stringify(join(file(), 'store'))}\n`);
    const { code, out, err } = await runSimpost(args());
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(sentence);
    expect(err).toMatch(/^simpost: [^\n]+\n$/);
  });
});

describe('simpost doctor', () => {
  it('asks the running daemon, ends with 1 for a problem, and writes its report once', async () => {
    const broken = makeSite(['/dev/simpost-no-such-port']);
    const daemon = await startDaemonProcess(broken);
    const keyFile = join(broken.folder, 'key');
    writeFileSync(keyFile, await makeKey(broken));
    const report = join(broken.folder, 'report.txt');
    const args = ['doctor', '--config', broken.config, '--url', daemon.url, '--key-file', keyFile, '--report', report];
    const { code, out } = await runSimpost(args);
    expect(out).toMatch(/- \/dev\/simpost-no-such-port: There is no port/);
    expect(code).toBe(1);
    expect(readFileSync(report, 'utf8')).toContain('# Configuration\n');
    expect((await runSimpost(args)).err).toMatch(/^simpost: The report was not written: .* is there already; name another\.\n$/);
    await daemon.stop();
    broken.remove();
  });
});

describe('simpost config check', () => {
  it('names the file that it read', async () => {
    const { code, out } = await runSimpost(['config', 'check', '--config', site.config]);
    expect([code, out]).toEqual([
      0,
      `${site.config} has no mistakes.\nThere is no [[modem]] and modems.discover is false, so nothing can be sent.\n`,
    ]);
  });
});

describe('simpost', () => {
  it.each([[[]], [['serve', '--config']], [['nonsense']], [['simulate']]])('%j is answered with how it is used', async (args) => {
    const { code, out, err } = await runSimpost(args);
    expect(code).not.toBe(0);
    expect(out + err).toMatch(/Usage|--help/);
  });

  it.each([
    ['BOGUS --help', "error: unknown command 'BOGUS'\n(add --help for what there is)\n"],
    ['-h sned', "error: unknown command 'sned'\n(Did you mean send?)\n(add --help for what there is)\n"],
    ['keys lst --help', "error: unknown command 'lst'\n(Did you mean list?)\n(add --help for what there is)\n"],
    ['help keys lst', "error: unknown command 'lst'\n(Did you mean list?)\n(add --help for what there is)\n"],
  ])('"simpost %s" says that there is no such command, and what is nearest', async (line, sentence) => {
    expect(await runSimpost(line.split(' '))).toEqual({ code: 1, out: '', err: sentence });
  });

  it.each(['help', 'help keys', 'help keys list', 'keys list -h'])('"simpost %s" is answered with the help of that', async (line) => {
    const command = line.split(' ').filter((word) => word !== 'help' && word !== '-h');
    const { code, out, err } = await runSimpost(line.split(' '));
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(new RegExp(`^Usage: ${['simpost', ...command].join(' ')} \\[options\\]`));
  });

  it.each([
    ['serve'],
    ['demo'],
    ['simulate'],
    ['keys create'],
    ['keys list'],
    ['keys revoke'],
    ['users take-factor'],
    ['config check'],
    ['config print'],
    ['send'],
    ['status'],
    ['tail'],
    ['doctor'],
  ])('%s --help describes every option', async (command) => {
    const { code, out } = await runSimpost([...command.split(' '), '--help']);
    expect(code).toBe(0);
    for (const line of out.split('\n').filter((l) => /^ {2}-/.test(l))) expect(line).toMatch(/^ {2}-\S+.*\S {2,}\S|^ {2}-.{20,}$/);
  });
});
