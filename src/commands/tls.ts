import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { makeCertificate } from '../base/certificate.ts';
import { rfc3339, systemClock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { systemRandom } from '../base/random.ts';
import { FORMATS } from '../config/formats.ts';
import { loadConfig } from '../config/load.ts';
import { hostNames } from './host-names.ts';
import { makeNamedFolder } from './system-error.ts';

const DAY = 86_400_000;
/** Ten years for the root, which one installs once; 397 days for the server, since browsers take nothing longer. */
const ROOT_LASTS = 3650 * DAY;
const SERVER_LASTS = 397 * DAY;
/** Clocks differ: it is good since a day ago. */
const SINCE = DAY;

interface Authority {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/**
 * `simpost tls init`: a certificate for this machine, signed by a root of its own. Run again, it makes another certificate under the same
 * root, so that nobody has to install a new one.
 * @param options.name further names and addresses
 * @returns what to tell the person who asked
 * @throws Fault `requestInvalid` for a name that no machine can have
 */
export function initTls(options: { name?: readonly string[]; dir?: string; config?: string }): string {
  const named = (options.name ?? []).map((name) => name.toLowerCase());
  for (const name of named) {
    const flaw = isIP(name) ? undefined : FORMATS.hostName(name);
    if (flaw !== undefined) throw new Fault('requestInvalid', `--name "${name}" ${flaw}.`);
  }
  const folder = resolve(options.dir ?? join(loadConfig(options.config, process.env).store.path, 'tls'));
  makeNamedFolder(folder);
  const files = {
    root: join(folder, 'ca.crt'),
    rootKey: join(folder, 'ca.key'),
    cert: join(folder, 'server.crt'),
    key: join(folder, 'server.key'),
  };
  const now = systemClock.now();
  const isNew = !existsSync(files.rootKey);
  const root = isNew ? makeRoot(files, now) : readRoot(files);
  const names = [...new Set([...named, ...hostNames(), 'localhost', ...addresses()])];
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const until = now + SERVER_LASTS;
  const serial = systemRandom.bytes(16);
  const cert = makeCertificate({
    subject: names[0] ?? 'localhost',
    publicKey,
    from: now - SINCE,
    until,
    serial,
    issuer: root,
    use: { names },
  });
  writeKey(files.key, privateKey);
  writeFileSync(files.cert, cert);
  const lines = [
    `${files.cert} is for ${names.join(', ')}, until ${rfc3339(until)}; then run this again.`,
    `${isNew ? 'Install' : 'As before, it is signed by'} ${files.root}${isNew ? ' once on each computer that uses the box. Keep ca.key to yourself: whoever has it can pretend to be any site to them.' : '.'}`,
    'In the configuration, and then start the daemon again:',
    '',
    '[http]',
    `certFile = ${JSON.stringify(files.cert)}`,
    `keyFile = ${JSON.stringify(files.key)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function makeRoot({ root, rootKey }: { root: string; rootKey: string }, now: number): Authority {
  const name = `Simpost of ${hostNames()[0] ?? 'this machine'}`;
  const authority = { name, ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
  const dates = { from: now - SINCE, until: now + ROOT_LASTS, serial: systemRandom.bytes(16) };
  writeKey(rootKey, authority.privateKey);
  writeFileSync(root, makeCertificate({ ...dates, subject: name, publicKey: authority.publicKey, issuer: authority, use: 'root' }));
  return authority;
}

function readRoot({ root, rootKey }: { root: string; rootKey: string }): Authority {
  const privateKey = createPrivateKey(readFileSync(rootKey));
  const name = new X509Certificate(readFileSync(root)).subject.replace(/^CN=/, '');
  return { name, publicKey: createPublicKey(privateKey), privateKey };
}

/** For its owner alone from its first octet on. */
function writeKey(file: string, key: KeyObject): void {
  writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  chmodSync(file, 0o600);
}

/** Those of this machine; one with a zone is of no use to others. */
const addresses = (): string[] =>
  Object.values(networkInterfaces())
    .flat()
    .flatMap((one) => (one && !one.address.startsWith('fe80:') ? [one.address] : []));
