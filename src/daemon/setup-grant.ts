import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../base/certificate.ts';
import { Fault } from '../base/fault.ts';
import type { Random } from '../base/random.ts';

/** In the data folder, for its owner alone. */
const FILE = 'setup.json';

const DAY = 86_400_000;
/** Milliseconds for which the certificate is good, and since when: a box without a battery clock is somewhere in the past. */
const LASTS = 397 * DAY;
const SINCE = 20 * 365 * DAY;

/** That a box may be set up from its network: a word that was told to whoever installed it, and a certificate of its own for that. */
export interface SetupGrant {
  /** 128 bits, hex. */
  readonly word: string;
  /** Both in PEM. */
  readonly cert: string;
  readonly key: string;
}

/**
 * Makes a grant, and takes the place of any before.
 * @param random one that is fit for secrets
 * @returns it, with the SHA-256 of the certificate as browsers show it
 */
export function makeSetupGrant(
  folder: string,
  names: readonly string[],
  now: number,
  random: Random,
): SetupGrant & { fingerprint: string } {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = 'Simpost setup';
  const cert = makeCertificate({
    subject: name,
    publicKey: pair.publicKey,
    from: Math.max(0, now - SINCE),
    until: now + LASTS,
    serial: random.bytes(16),
    issuer: { name, ...pair },
    use: { names },
  });
  const grant = { word: random.bytes(16).toString('hex'), cert, key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
  const file = join(folder, FILE);
  rmSync(file, { force: true });
  writeFileSync(file, `${JSON.stringify(grant)}\n`, { mode: 0o600, flag: 'wx' });
  return { ...grant, fingerprint: new X509Certificate(cert).fingerprint256 };
}

/** The grant of a data folder; undefined where there is none. @throws Fault `unavailable` when it cannot be read */
export function readSetupGrant(folder: string): SetupGrant | undefined {
  const file = join(folder, FILE);
  if (!existsSync(file)) return undefined;
  try {
    const grant: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isGrant(grant)) return grant;
  } catch (error) {
    throw damaged(file, error);
  }
  throw damaged(file, undefined);
}

/** It was used, or is needed no more. */
export const endSetupGrant = (folder: string): void => rmSync(join(folder, FILE), { force: true });

const isGrant = (value: unknown): value is SetupGrant =>
  typeof value === 'object' &&
  value !== null &&
  'word' in value &&
  typeof value.word === 'string' &&
  /^[0-9a-f]{32}$/.test(value.word) &&
  'cert' in value &&
  typeof value.cert === 'string' &&
  'key' in value &&
  typeof value.key === 'string';

const damaged = (file: string, cause: unknown): Fault =>
  new Fault('unavailable', `The file ${file} is damaged: remove it, and run \`simpost setup-token\` for another.`, [], { cause });
