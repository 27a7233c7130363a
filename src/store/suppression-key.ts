import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../base/random.ts';
import { writeSecret } from './secret-file.ts';

/** Beside the store, and in no backup: with both, numbers could be tried one after the other. */
const KEY_FILE = 'suppression.key';

const KEY_OCTETS = 32;

/** What no number looks like: its mark says which key made the others. */
const NO_NUMBER = 'simpost';

/** The key in a data folder; undefined where there is none. What is no key made no mark: it is as good as none. */
function keyIn(file: string): Buffer | undefined {
  if (!existsSync(file)) return undefined;
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  return key.length === KEY_OCTETS ? key : undefined;
}

const markBy = (key: Buffer, number: string): Buffer => createHmac('sha256', key).update(number).digest();

/** By this a store knows the key of its data folder. */
export function proofIn(folder: string): Buffer | undefined {
  const key = keyIn(join(folder, KEY_FILE));
  return key && markBy(key, NO_NUMBER);
}

/** The key by which numbers become marks. */
export class SuppressionKey {
  readonly file: string;
  readonly #random: Random;
  #key: Buffer | undefined;

  /** Reads the key, if there is one. @throws whatever keeps the file from being read */
  constructor(folder: string, random: Random) {
    this.#random = random;
    this.file = join(folder, KEY_FILE);
    this.#key = keyIn(this.file);
  }

  /** The mark of a number in E.164, 32 octets; undefined while there is no key. */
  markOf(number: string): Buffer | undefined {
    return this.#key && markBy(this.#key, number);
  }

  /** By this a store knows its key. */
  get proof(): Buffer | undefined {
    return this.markOf(NO_NUMBER);
  }

  /** Makes a key where there is none; it is on the disk when this returns. */
  make(): void {
    if (this.#key) return;
    const key = this.#random.bytes(KEY_OCTETS);
    writeSecret(this.file, key);
    this.#key = Buffer.from(key);
  }
}
