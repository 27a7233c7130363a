import type { Clock } from '../base/clock.ts';
import type { Random } from '../base/random.ts';
import { sameSecret } from './same-secret.ts';

/** Milliseconds after the start for which a box may be set up. */
export const SETUP_LASTS = 3_600_000;
const OCTETS = 16;

/** What whoever sets up the box must know: 128 bits, told to its log alone, or by whoever installed it, and good for an hour. */
export class SetupToken {
  readonly #clock: Clock;
  readonly #until: number;
  readonly word: string;

  /**
   * @param random one that is fit for secrets
   * @param granted the word of the installer, where it made one
   */
  constructor(clock: Clock, random: Random, granted?: string) {
    this.#clock = clock;
    this.#until = clock.monotonic() + SETUP_LASTS;
    this.word = granted ?? random.bytes(OCTETS).toString('hex');
  }

  get isOver(): boolean {
    return this.#clock.monotonic() >= this.#until;
  }

  matches(word: string): boolean {
    return sameSecret(word, this.word) && !this.isOver;
  }
}

/** Whether an address is of this machine itself (RFC 1122 3.2.1.3, RFC 4291 2.5.3). */
export const isThisMachine = (address: string): boolean => /^(::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/i.test(address);
