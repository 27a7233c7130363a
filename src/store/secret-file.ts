import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault } from '../base/fault.ts';
import type { Random } from '../base/random.ts';
import { sync } from './sync.ts';

/** Octets of a secret: as many as SHA-256 gives. */
const LENGTH = 32;

/**
 * A secret of this installation, in a file of its own in the data folder that only its owner may read; made when it is not there.
 * It is no part of the store: a copy of that tells nothing of what was made with it.
 * @param random one that is fit for secrets
 * @throws Fault `unavailable` when the file is there and is no such secret
 */
export function secretFile(folder: string, name: string, random: Random): Buffer {
  const file = join(folder, name);
  if (!existsSync(file)) writeSecret(file, random.bytes(LENGTH));
  chmodSync(file, 0o600);
  const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (secret.length === LENGTH) return secret;
  throw new Fault('unavailable', `The file ${file} is damaged: remove it, and a new one is made; what was made with the old one is void.`);
}

/** Written beside, synced and renamed, so that a crash leaves all of it or nothing; on the disk when this returns. */
export function writeSecret(file: string, secret: Buffer): void {
  const part = `${file}.part`;
  const to = openSync(part, 'w', 0o600);
  try {
    writeSync(to, `${secret.toString('hex')}\n`);
    fsyncSync(to);
  } finally {
    closeSync(to);
  }
  renameSync(part, file);
  sync(dirname(file));
}
