import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** The native parts for an architecture that is not that of this machine: SQLite is compiled by a cross compiler of Debian, and the serial bindings come built. */

const root = resolve(import.meta.dirname, '..');

/** By the architectures of Debian: how Node calls them, which prebuilt file of the serial bindings is theirs, and who compiles for them. */
export const ARCHITECTURES = {
  amd64: { node: 'x64', prebuilds: 'linux-x64', compiler: 'x86_64-linux-gnu' },
  arm64: { node: 'arm64', prebuilds: 'linux-arm64', compiler: 'aarch64-linux-gnu' },
  armhf: { node: 'arm', prebuilds: 'linux-arm', compiler: 'arm-linux-gnueabihf' },
};

/** Where the headers of Node are; those of Debian and of the images of Node stand beside the program. */
function headers() {
  const found = [resolve(process.execPath, '../..'), '/usr', '/usr/local'].find((prefix) => existsSync(join(prefix, 'include/node/node.h')));
  if (found === undefined) throw new Error('The headers of Node are not here: apt install libnode-dev');
  return found;
}

/** node-gyp as npm brings it. */
function nodeGyp() {
  const npm = execFileSync('npm', ['root', '--global'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  return createRequire(join(npm, 'npm/package.json')).resolve('node-gyp/bin/node-gyp.js');
}

/**
 * better_sqlite3.node for another architecture, compiled once for each version in `dist/native`.
 * @returns the file
 */
export function crossCompiled(arch) {
  const { node, compiler } = ARCHITECTURES[arch];
  const source = join(root, 'node_modules/better-sqlite3');
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const place = join(root, 'dist/native', arch);
  const made = join(place, 'build/Release/better_sqlite3.node');
  const mark = join(place, 'made-of');
  if (existsSync(made) && existsSync(mark) && readFileSync(mark, 'utf8') === version) return made;
  mkdirSync(place, { recursive: true });
  cpSync(source, place, { recursive: true, filter: (path) => !/\/better-sqlite3\/build(\/|$)/.test(path) });
  const tools = { CC: `${compiler}-gcc`, CXX: `${compiler}-g++`, AR: `${compiler}-ar`, LINK: `${compiler}-g++` };
  execFileSync(process.execPath, [nodeGyp(), 'rebuild', '--release', '--loglevel=error', `--nodedir=${headers()}`, `--arch=${node}`], {
    cwd: place,
    env: { ...process.env, ...tools },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  writeFileSync(mark, version);
  return made;
}
