import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ARCHITECTURES, crossCompiled } from './native.mjs';
import { licences, NATIVE, runtimePlaces, sbom, shippedPackages } from './shipped.mjs';

/**
 * `npm run package`: a .deb out of `dist` and what is in node_modules, with nothing but dpkg-deb, and a cross compiler for another architecture.
 * `npm run package -- [--arch amd64|arm64|armhf] [--version VERSION] [FOLDER]`
 */

// What is made here is read by everybody on the machine where it is installed, whatever the files of whoever builds it are.
process.umask(0o022);

const root = resolve(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const here = execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim();
const { values, positionals } = parseArgs({
  options: { arch: { type: 'string', default: here }, version: { type: 'string', default: manifest.version } },
  allowPositionals: true,
});
const out = resolve(positionals[0] ?? join(root, 'dist/packages'));
const { license } = manifest;
const { arch, version } = values;
if (ARCHITECTURES[arch] === undefined) throw new Error(`There are packages for ${Object.keys(ARCHITECTURES).join(', ')}, and none for ${arch}.`);
const HOME = '/usr/lib/simpost';

// Not beside the package: what is made in dist would be copied into itself.
const stage = mkdtempSync(join(tmpdir(), 'simpost-deb-'));
chmodSync(stage, 0o755);
mkdirSync(out, { recursive: true });
process.on('exit', () => rmSync(stage, { recursive: true, force: true }));

const put = (path, text, mode = 0o644) => {
  const file = join(stage, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
};
const copy = (from, to, filter = () => true) => {
  mkdirSync(dirname(join(stage, to)), { recursive: true });
  cpSync(join(root, from), join(stage, to), { recursive: true, dereference: true, filter });
  const made = join(stage, to);
  for (const path of [made, ...(statSync(made).isDirectory() ? readdirSync(made, { recursive: true }).map((name) => join(made, name)) : [])])
    chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
};
/** Units name the folder of an installation by hand. */
const unit = (text) => text.replaceAll('/opt/simpost', HOME);

// ---- the program -----------------------------------------------------------------------------------------------------

copy('dist', `${HOME}/dist`, (path) => !/\/(meta\.json|made-of|packages|native)(\/|$)/.test(path.slice(join(root, 'dist').length)));
for (const part of ['firmware-config', 'package.json', 'LICENSE', 'simpost.example.toml']) copy(part, `${HOME}/${part}`);
for (const place of runtimePlaces()) {
  const native = NATIVE.some((name) => place === `node_modules/${name}`);
  const keep = native ? /(package\.json|LICENSE|\/(lib|dist)(\/.*)?|\/build|\/build\/Release|\/better_sqlite3\.node|\/prebuilds|\/prebuilds\/[^/]*)$/ : /./;
  const foreign = new RegExp(`/prebuilds/(?!${ARCHITECTURES[arch].prebuilds}(/|$)|$)`);
  copy(place, `${HOME}/${place}`, (path) => {
    const rest = path.slice(join(root, place).length);
    if (rest === '') return true;
    if (/\.d\.ts$|\.map$|^\/test(\/|$)/.test(rest)) return false;
    // What is nested there comes by itself, where it is needed.
    if (rest.startsWith('/node_modules')) return false;
    if (foreign.test(rest)) return false;
    if (!native) return true;
    return rest.startsWith('/prebuilds/') || keep.test(rest);
  });
}
const sqlite = `${HOME}/node_modules/better-sqlite3/build/Release/better_sqlite3.node`;
if (arch !== here) copyFileSync(crossCompiled(arch), join(stage, sqlite));
if (!existsSync(join(stage, sqlite))) throw new Error('better-sqlite3 is not built: npm ci, and npm rebuild better-sqlite3');
execFileSync(`${ARCHITECTURES[arch].compiler}-strip`, ['--strip-unneeded', join(stage, sqlite)]);
const packages = await shippedPackages();
put(`${HOME}/sbom.cdx.json`, `${JSON.stringify(sbom(packages, version), null, 1)}\n`);
put('/usr/share/doc/simpost/LICENCES', licences(packages));
put('/usr/share/doc/simpost/copyright', `Simpost ${version}, ${license}. See ${HOME}/LICENSE, and LICENCES beside this file for what it is delivered with.\n`);
for (const doc of ['README.md', 'CHANGELOG.md', 'docs']) copy(doc, `/usr/share/doc/simpost/${doc}`);
copy('observability', '/usr/share/doc/simpost/observability');
put('/usr/bin/simpost', `#!/bin/sh\nexec /usr/bin/node ${HOME}/dist/main.js "$@"\n`, 0o755);

// ---- the system ------------------------------------------------------------------------------------------------------

for (const name of ['simpost.service', 'simpost-usb.service', 'simpost-usb.socket', 'simpost-backup.service', 'simpost-backup.timer', 'simpost-upgrade.service', 'simpost-upgrade.timer']) {
  put(`/usr/lib/systemd/system/${name}`, unit(readFileSync(join(root, 'systemd', name), 'utf8')));
}
for (const [name, folder] of [
  ['sysusers.conf', 'sysusers.d'],
  ['tmpfiles.conf', 'tmpfiles.d'],
  ['modules-load.conf', 'modules-load.d'],
]) {
  copy(`systemd/${name}`, `/usr/lib/${folder}/simpost.conf`);
}
for (const name of readdirSync(join(root, 'firmware-config/udev'))) copy(`firmware-config/udev/${name}`, `/usr/lib/udev/rules.d/${name}`);
put(`${HOME}/upgrade-in-window`, unit(readFileSync(join(root, 'packaging/deb/upgrade-in-window'), 'utf8')), 0o755);
put(`${HOME}/keep-uplink`, readFileSync(join(root, 'packaging/deb/keep-uplink'), 'utf8'), 0o755);
copy('packaging/deb/apt.conf', '/etc/apt/apt.conf.d/52simpost');
copy('packaging/deb/needrestart.conf', '/etc/needrestart/conf.d/simpost.conf');
copy('simpost.example.toml', '/etc/simpost/simpost.toml');
chmodSync(join(stage, '/etc/simpost/simpost.toml'), 0o640);

// ---- dpkg ------------------------------------------------------------------------------------------------------------

const sizeOf = (path) =>
  readdirSync(path, { withFileTypes: true }).reduce(
    (sum, entry) => sum + (entry.isDirectory() ? sizeOf(join(path, entry.name)) : statSync(join(path, entry.name)).size),
    0,
  );
put(
  'DEBIAN/control',
  `Package: simpost
Version: ${version}
Architecture: ${arch}
Maintainer: Simpost <simpost@localhost>
Section: net
Priority: optional
Installed-Size: ${Math.ceil(sizeOf(stage) / 1024)}
Depends: nodejs (>= 20.19), nodejs (<< 21) | nodejs-abi-115, systemd (>= 247), udev, adduser
Recommends: usbutils, usb-modeswitch
Suggests: uhubctl, curl
Description: SMS gateway that you own
 Drives USB GSM modems over their serial ports and gives your software one dependable HTTP API to
 reach your clients, and to hear them answer. No cloud account, no phone app, no database server.
`,
);
put('DEBIAN/conffiles', '/etc/simpost/simpost.toml\n/etc/apt/apt.conf.d/52simpost\n/etc/needrestart/conf.d/simpost.conf\n');
for (const script of ['preinst', 'postinst', 'prerm', 'postrm']) {
  put(`DEBIAN/${script}`, readFileSync(join(root, 'packaging/deb', script), 'utf8'), 0o755);
}
const file = join(out, `simpost_${version}_${arch}.deb`);
execFileSync('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', stage, file], { stdio: ['ignore', 'ignore', 'inherit'] });
process.stdout.write(`${file}\n`);
