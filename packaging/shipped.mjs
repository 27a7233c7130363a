import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** What is in a package of Simpost, by name: for the list of licences, the SBOM, and whoever counts (X28). */

const root = resolve(import.meta.dirname, '..');

/** The packages with native parts, which stand beside the bundle; what they need only to be built does not. */
export const NATIVE = ['better-sqlite3', '@serialport/bindings-cpp'];
const TO_BUILD = new Set(['prebuild-install', 'node-addon-api']);

const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));

/** `node_modules/a/node_modules/b/lib/x.js` -> `node_modules/a/node_modules/b` */
const placeOf = (path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/|$)/.exec(path)?.[0];

/** Where Node finds a package from a place, as the lock file names it. */
function resolveFrom(place, name, lock) {
  for (let at = place; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const candidate = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (lock[candidate]) return candidate;
    if (at === '' || !at.includes('node_modules')) return lock[`node_modules/${name}`] ? `node_modules/${name}` : undefined;
  }
}

/** The packages that stand beside the bundle, by their places in node_modules. */
export function runtimePlaces() {
  const lock = read('package-lock.json').packages;
  const places = new Set();
  const visit = (place) => {
    if (place === undefined || places.has(place)) return;
    places.add(place);
    for (const name of Object.keys(lock[place]?.dependencies ?? {})) if (!TO_BUILD.has(name)) visit(resolveFrom(place, name, lock));
  };
  for (const name of NATIVE) visit(`node_modules/${name}`);
  return [...places].sort();
}

/** What the console imports, and what that needs. */
async function consolePlaces(lock) {
  const places = new Set();
  const visit = (place) => {
    if (place === undefined || places.has(place)) return;
    places.add(place);
    for (const name of Object.keys(lock[place]?.dependencies ?? {})) visit(resolveFrom(place, name, lock));
  };
  for (const name of await readdir(join(root, 'src/console'), { recursive: true })) {
    if (!/\.tsx?$/.test(name) || name.endsWith('vite.config.ts')) continue;
    for (const [, from = ''] of readFileSync(join(root, 'src/console', name), 'utf8').matchAll(/from '([^.'][^']*)'/g)) {
      if (!from.startsWith('node:')) visit(resolveFrom('', /^(@[^/]+\/)?[^/]+/.exec(from)?.[0] ?? from, lock));
    }
  }
  return places;
}

/**
 * Every package that is shipped, after a build, sorted by name.
 * @returns {Promise<{name: string, version: string, license: string, integrity: string, hasInstallScript: boolean, place: string}[]>}
 */
export async function shippedPackages() {
  const lock = read('package-lock.json').packages;
  const bundled = Object.keys(read('dist/meta.json').inputs).flatMap((input) => placeOf(input) ?? []);
  const places = [...new Set([...bundled, ...runtimePlaces(), ...(await consolePlaces(lock))])];
  return places
    .map((place) => {
      const { version, license = 'unknown', integrity = '', hasInstallScript = false } = lock[place] ?? {};
      const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return { name, version, license, integrity, hasInstallScript, place };
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The bill of materials, CycloneDX 1.5, of exactly what is shipped. */
export function sbom(packages, version) {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', name: 'simpost', version, 'bom-ref': `simpost@${version}` } },
    components: packages.map(({ name, version: of, license, integrity }) => ({
      type: 'library',
      name,
      version: of,
      'bom-ref': `${name}@${of}`,
      purl: `pkg:npm/${name.replace('@', '%40')}@${of}`,
      licenses: [/^[\w.+-]+$/.test(license) ? { license: { id: license } } : { expression: license }],
      hashes: integrity.startsWith('sha512-')
        ? [{ alg: 'SHA-512', content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex') }]
        : [],
    })),
  };
}

/** One line for each package, then the words of its licence. */
export function licences(packages) {
  const list = packages.map(({ name, version, license }) => `${name} ${version}  ${license}`).join('\n');
  const texts = packages.map(({ name, version, place }) => {
    const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENCE', 'license.md'].find((one) => {
      try {
        readFileSync(join(root, place, one));
        return true;
      } catch {
        return false;
      }
    });
    return file === undefined ? '' : `\n---- ${name} ${version} ----\n\n${readFileSync(join(root, place, file), 'utf8').trim()}\n`;
  });
  return `Simpost is under the MIT licence (LICENSE). It is delivered with ${packages.length} packages of others:\n\n${list}\n${texts.join('')}`;
}
