import { createHmac, hash } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import type { Random } from '../base/random.ts';
import type { SecondFactor, User } from '../store/records/user.ts';
import type { Store } from '../store/store.ts';
import { base32, stepOf } from './totp.ts';

/** Octets: 160 bits, as RFC 4226 4 recommends. */
const SECRET_OCTETS = 20;
const SEED_OCTETS = 16;

/** A recovery code has 80 random bits, so that nothing slower than SHA-256 is needed to keep it. */
const RECOVERY_OCTETS = 10;
const RECOVERY_CODES = 10;

/** Its own file in the data folder. */
export const SECOND_FACTOR_KEY = 'second-factor.key';

/**
 * Codes that users show besides their passwords. The secret of a user is made of the key of this installation and a seed in the store, so
 * that the store, and each backup of it, tells nothing; of recovery codes there are only hashes.
 */
export class SecondFactors {
  readonly #parts;
  /** Seeds of secrets that were shown to users and that no code has confirmed yet, by user. A restart forgets them. */
  readonly #begun = new Map<string, string>();

  /** @param parts.random one that is fit for secrets */
  constructor(parts: { key: Buffer; store: Pick<Store, 'takeStep' | 'takeRecovery'>; clock: Clock; random: Random }) {
    this.#parts = parts;
  }

  /** A new secret for a user, in base32. It counts for nothing until a code confirms it. */
  begin(userId: string): string {
    const seed = this.#parts.random.bytes(SEED_OCTETS).toString('hex');
    this.#begun.set(userId, seed);
    return base32(this.#secret(userId, seed));
  }

  hasBegun(userId: string): boolean {
    return this.#begun.has(userId);
  }

  /** What is to be kept, and the recovery codes, which nobody sees again; undefined where it is no code of the secret that was begun. */
  confirm(userId: string, typed: string): { factor: SecondFactor; recoveryCodes: string[] } | undefined {
    const seed = this.#begun.get(userId);
    const lastStep = seed === undefined ? undefined : this.#stepOf(userId, { seed, lastStep: -1 }, bare(typed));
    if (seed === undefined || lastStep === undefined) return undefined;
    this.#begun.delete(userId);
    const codes = Array.from({ length: RECOVERY_CODES }, () => base32(this.#parts.random.bytes(RECOVERY_OCTETS)));
    return {
      factor: { seed, lastStep, recovery: codes.map(hashOf) },
      recoveryCodes: codes.map((code) => code.replaceAll(/.{4}(?!$)/g, '$&-')),
    };
  }

  /**
   * Whether it is a code of the app or a recovery code of this user; then it was one, and counts no more.
   * @param address where it comes from, for the audit log
   */
  async take({ id, secondFactor }: User, typed: string, address: string): Promise<boolean> {
    if (!secondFactor) return false;
    const { store, clock } = this.#parts;
    const code = bare(typed);
    if (/^\d{6}$/.test(code)) {
      const step = this.#stepOf(id, secondFactor, code);
      return step !== undefined && (await store.takeStep(id, secondFactor.seed, step));
    }
    const entry = { at: clock.now(), actor: id, action: 'secondFactor.recover', target: id, detail: { address } } as const;
    return await store.takeRecovery(id, hashOf(code), entry);
  }

  #stepOf(userId: string, { seed, lastStep }: Pick<SecondFactor, 'seed' | 'lastStep'>, code: string): number | undefined {
    return stepOf(this.#secret(userId, seed), code, this.#parts.clock.now(), lastStep);
  }

  #secret(userId: string, seed: string): Buffer {
    return createHmac('sha256', this.#parts.key).update(`${userId}.${seed}`).digest().subarray(0, SECRET_OCTETS);
  }
}

/** Apps show codes with a blank in the middle, and people write letters as they like. */
const bare = (typed: string): string => typed.replaceAll(/[\s-]/g, '').toUpperCase();

const hashOf = (code: string): string => hash('sha256', code, 'hex');
