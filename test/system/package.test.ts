import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';

/** A .deb as `npm run package` makes it, unpacked into a folder as its root. */
const here = spawnSync('dpkg-deb', ['--version']).status === 0;

let folder: string;
let root: string;
let deb: string;
beforeAll(() => {
  if (!here) return;
  folder = mkdtempSync(join(tmpdir(), 'simpost-package-'));
  root = join(folder, 'root');
  deb = execFileSync(process.execPath, ['packaging/build-deb.mjs'], { encoding: 'utf8' }).trim();
  execFileSync('dpkg-deb', ['-x', deb, root]);
}, 120_000);
afterAll(() => {
  if (here) rmSync(folder, { recursive: true, force: true });
});

const run = (...words: string[]): string =>
  execFileSync(process.execPath, [join(root, 'usr/lib/simpost/dist/main.js'), ...words], { encoding: 'utf8' });

describe.skipIf(!here)('the package', () => {
  it('has the program, its units, rules and configuration, and no file that only builds or tests need', () => {
    const names = execFileSync('dpkg-deb', ['-c', deb], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/)[5]?.slice(1) ?? '');
    expect(names).toEqual(
      expect.arrayContaining([
        '/usr/bin/simpost',
        '/usr/lib/simpost/dist/main.js',
        '/usr/lib/simpost/dist/usb-helper.js',
        '/usr/lib/simpost/dist/console/index.html',
        '/usr/lib/simpost/firmware-config/profiles/generic.json',
        '/usr/lib/simpost/node_modules/better-sqlite3/build/Release/better_sqlite3.node',
        '/usr/lib/simpost/sbom.cdx.json',
        '/usr/lib/systemd/system/simpost.service',
        '/usr/lib/systemd/system/simpost-backup.timer',
        '/usr/lib/systemd/system/simpost-upgrade.timer',
        '/usr/lib/sysusers.d/simpost.conf',
        '/usr/lib/tmpfiles.d/simpost.conf',
        '/usr/lib/modules-load.d/simpost.conf',
        '/usr/lib/udev/rules.d/60-simpost.rules',
        '/usr/lib/udev/rules.d/62-simpost-only-serial.rules',
        '/usr/lib/simpost/keep-uplink',
        '/etc/simpost/simpost.toml',
        '/usr/share/doc/simpost/LICENCES',
      ]),
    );
    expect(names.filter((name) => /\.ts$|\/test\/|vitest|typescript|\/deps\/|\.[ch]pp$|\.o$|prebuilds\/(win32|darwin)/.test(name))).toEqual(
      [],
    );
    expect(statSync(deb).size).toBeLessThan(20e6);
    // Whoever builds it may keep what is theirs to themselves; the daemon is another user.
    const modes = execFileSync('dpkg-deb', ['-c', deb], { encoding: 'utf8' }).trim().split('\n');
    const closed = modes.filter((line) => !/^(-r[w-][x-]r-[x-]r-[x-]|drwxr-xr-x|l)/.test(line)).map((line) => line.split(/\s+/)[5]);
    expect(closed).toEqual(['./etc/simpost/simpost.toml']);
    const control = execFileSync('dpkg-deb', ['-f', deb], { encoding: 'utf8' });
    expect(control).toMatch(/^Package: simpost$/m);
    expect(control).toMatch(/^Depends: nodejs \(>= 20\.19\)/m);
    expect(execFileSync('dpkg-deb', ['-I', deb, 'conffiles'], { encoding: 'utf8' })).toBe(
      '/etc/simpost/simpost.toml\n/etc/apt/apt.conf.d/52simpost\n/etc/needrestart/conf.d/simpost.conf\n',
    );
  });

  it('has units that name its own folder and that systemd understands, and scripts that a shell does', () => {
    const unit = readFileSync(join(root, 'usr/lib/systemd/system/simpost.service'), 'utf8');
    expect(unit).toMatch(/^ExecStart=\/usr\/bin\/node \/usr\/lib\/simpost\/dist\/main\.js serve/m);
    expect(unit).not.toContain('/opt/');
    for (const script of ['preinst', 'postinst', 'prerm', 'postrm']) {
      const text = execFileSync('dpkg-deb', ['-I', deb, script], { encoding: 'utf8' });
      expect(spawnSync('sh', ['-n'], { input: text }).status, script).toBe(0);
    }
    if (spawnSync('systemd-analyze', ['--version']).status !== 0) return;
    const { stderr } = spawnSync(
      'systemd-analyze',
      ['verify', `--root=${root}`, 'simpost.service', 'simpost-backup.timer', 'simpost-upgrade.timer'],
      {
        encoding: 'utf8',
      },
    );
    // A root folder of nothing but the package lacks the targets of systemd itself, and node.
    expect(stderr.split('\n').filter((line) => /simpost/.test(line) && /Unknown|Failed to parse|Invalid|ignoring/.test(line))).toEqual([]);
  });

  it('runs from where it is unpacked: the store, the console and the native parts are all in it', async () => {
    expect(run('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
    const config = join(folder, 'simpost.toml');
    writeFileSync(
      config,
      `[http]\nlisten = "127.0.0.1:0"\n[store]\npath = "${join(folder, 'store')}"\n[time]\ntrust = "always"\n[modems]\ndiscover = false\n`,
    );
    expect(run('keys', 'create', '--name', 'x', '--scopes', 'read', '--config', config)).toMatch(/^simpost_/m);
    expect(run('store', 'check', '--config', config)).toBe('The store is whole and up to date.\n');
    const daemon = await startDaemonProcess({ config }, {}, join(root, 'usr/lib/simpost/dist/main.js'));
    expect((await fetch(`${daemon.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${daemon.url}/`)).text()).toContain('<html');
    await daemon.kill();
  });

  it('X29: what an upgrade breaks is refused at the gate, before anything is accepted or sent', () => {
    const config = join(folder, 'broken.toml');
    mkdirSync(join(folder, 'broken'));
    writeFileSync(join(folder, 'broken/simpost.db'), Buffer.alloc(8192, 7));
    writeFileSync(config, `[store]\npath = "${join(folder, 'broken')}"\n`);
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(root, 'usr/lib/simpost/dist/main.js'), 'store', 'check', '--config', config],
      {
        encoding: 'utf8',
      },
    );
    expect(status).not.toBe(0);
    expect(stderr).toContain('is not a store of Simpost');
  });

  it('X28: ships few packages, each from the registry, with its licence and its place in the bill of materials', () => {
    const bill: { components: { name: string; version: string; licenses: object[]; hashes: object[] }[] } = JSON.parse(
      readFileSync(join(root, 'usr/lib/simpost/sbom.cdx.json'), 'utf8'),
    );
    const names = bill.components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['fastify', 'better-sqlite3', 'serialport', 'nodemailer', 'preact', 'debug']));
    expect(names.length).toBeLessThanOrEqual(120);
    process.stdout.write(`X28  ${names.length} packages are shipped\n`);
    for (const { name, hashes } of bill.components) expect(hashes, name).toHaveLength(1);
    const licences = readFileSync(join(root, 'usr/share/doc/simpost/LICENCES'), 'utf8');
    for (const { name, version } of bill.components) expect(licences).toContain(`${name} ${version}  `);
    expect(licences).not.toContain('unknown');
    const lock: { packages: Record<string, { resolved?: string; hasInstallScript?: boolean }> } = JSON.parse(
      readFileSync('package-lock.json', 'utf8'),
    );
    expect(Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined && !resolved.startsWith('https://'))).toEqual([]);
    const scripted = Object.entries(lock.packages).filter(
      ([place, { hasInstallScript }]) => hasInstallScript && names.some((name) => place === `node_modules/${name}`),
    );
    expect(scripted.length).toBeLessThanOrEqual(2);
    const manifest: { dependencies: Record<string, string>; devDependencies: Record<string, string> } = JSON.parse(
      readFileSync('package.json', 'utf8'),
    );
    for (const version of Object.values({ ...manifest.dependencies, ...manifest.devDependencies }))
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(existsSync(join(root, 'usr/lib/simpost/node_modules/vitest'))).toBe(false);
  });
});
