import { readClock } from '../at/answers.ts';
import type { Channel } from '../at/channel.ts';
import * as commands from '../at/commands.ts';
import type { Clock } from '../base/clock.ts';
import { attemptOk } from './ask.ts';

/** The network tells its time when it takes a modem in, so until something was read it is asked for soon, and then rarely; milliseconds. */
const SOON = 25_000;
const RARELY = 600_000;

/** Reads the time of the network (NITZ, TS 22.042) from the modem's own clock, which it sets. */
export class NetworkClock {
  readonly #channel: Channel;
  readonly #clock: Clock;
  readonly #heard: ((instants: readonly number[]) => void) | undefined;
  #follows = false;
  #next = Number.NEGATIVE_INFINITY;

  /** @param parts.heard what it may be, milliseconds since 1970; undefined where nobody wants to know, and nothing is asked */
  constructor(parts: { channel: Channel; clock: Clock; heard: ((instants: readonly number[]) => void) | undefined }) {
    this.#channel = parts.channel;
    this.#clock = parts.clock;
    this.#heard = parts.heard;
  }

  /** Asks if it is time; never rejects. */
  async look(): Promise<void> {
    const now = this.#clock.monotonic();
    if (!this.#heard || now < this.#next) return;
    this.#next = now + SOON;
    try {
      if (!this.#follows) {
        // A modem that does not follow the network may say what somebody set years ago.
        this.#follows = (await attemptOk(this.#channel, commands.takeNetworkTime(), 'idle')) !== undefined;
        if (!this.#follows) {
          this.#next = now + RARELY;
          return;
        }
      }
      const answer = await attemptOk(this.#channel, commands.ownClock(), 'idle');
      const instants = answer ? readClock(answer.info) : [];
      if (instants.length === 0) return;
      this.#next = this.#clock.monotonic() + RARELY;
      this.#heard(instants);
    } catch {
      // The session is over.
    }
  }
}
