import type { Clock } from '../base/clock.ts';
import type { Random } from '../base/random.ts';
import { sameSecret } from './same-secret.ts';

/** Milliseconds after the start for which a box may be set up. */
const OPEN = 3_600_000;
const OCTETS = 16;

/** What whoever sets up the box must know: 128 bits, told to its log alone, good for an hour and for this machine. */
export class SetupToken {
  readonly #clock: Clock;
  readonly #until: number;
  readonly word: string;

  /** @param random one that is fit for secrets */
  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#until = clock.monotonic() + OPEN;
    this.word = random.bytes(OCTETS).toString('hex');
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
