import { scrypt, timingSafeEqual } from 'node:crypto';
import type { Random } from '../base/random.ts';

/** RFC 7914: N = 2^15, r = 8, p = 1, which takes 32 MB and a tenth of a second or so. */
const WORK = 15;
const COST = { r: 8, p: 1, maxmem: 64 * 2 ** 20 } as const;
const SALT_OCTETS = 16;
const HASH_OCTETS = 32;

/** Salt and hash in base64url, behind `scrypt`, log2 N, r and p. */
const STORED = /^([\w-]{22})\$([\w-]{43})$/;

/** What is compared with where there is no such user, so that it takes the same time. */
const NOBODY = ['', 'A'.repeat(22), 'A'.repeat(43)] as const;

/**
 * Passwords as they are kept. One is computed at a time, so that a crowd at the door takes 32 MB and one core, not all of both.
 */
export class Passwords {
  readonly #random: Random;
  readonly #work: number;
  /** What is kept begins so. */
  readonly #beginning: string;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param random one that is fit for secrets
   * @param work log2 N; less only for tests of what else happens at a login
   */
  constructor(random: Random, work = WORK) {
    this.#random = random;
    this.#work = work;
    this.#beginning = `scrypt$${work}$${COST.r}$${COST.p}$`;
  }

  /** What is kept of a password. */
  async hash(password: string): Promise<string> {
    const salt = this.#random.bytes(SALT_OCTETS);
    return `${this.#beginning}${salt.toString('base64url')}$${(await this.#derive(password, salt)).toString('base64url')}`;
  }

  /** Whether it is the password that `kept` was made of; never where nothing is kept, after the same work. */
  async matches(password: string, kept: string | undefined): Promise<boolean> {
    const known = kept?.startsWith(this.#beginning) ? STORED.exec(kept.slice(this.#beginning.length)) : null;
    const [, salt = '', hash = ''] = known ?? NOBODY;
    const found = await this.#derive(password, Buffer.from(salt, 'base64url'));
    return timingSafeEqual(found, Buffer.from(hash, 'base64url')) && known !== null;
  }

  #derive(password: string, salt: Buffer): Promise<Buffer> {
    // The same word may be written in two ways, and keyboards differ in which.
    const derived = this.#last.then(() => deriveKey(password.normalize('NFKC'), salt, this.#work));
    this.#last = derived.catch(() => undefined);
    return derived;
  }
}

const deriveKey = (password: string, salt: Buffer, work: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_OCTETS, { ...COST, N: 2 ** work }, (error, key) => (error ? reject(error) : resolve(key)));
  });
