import type { Clock } from '../base/clock.ts';
import { type Log, maskNumber } from '../base/log.ts';
import { Rounds } from '../base/rounds.ts';
import type { FollowedText } from '../store/records/follow-up.ts';
import type { Store } from '../store/store.ts';

/**
 * What a client's text may set going. It says `taken` when the text was meant for it, and then nobody after it is asked. It may be
 * asked again about a text that it has taken, after a crash in the middle or a fault: what it does for one `seq` it does once.
 */
export type Follower = (text: FollowedText) => Promise<'taken' | 'passed'>;

/** Milliseconds before a text that could not be followed is tried again. */
const AGAIN = 5_000;

/** A text that cannot be followed for so long is left to a person, milliseconds. */
const GIVEN_UP = 10 * 60_000;

/** Texts that are read at once. */
const STEP = 50;

/**
 * Lets things follow after clients' texts, once these are on the disk: each text is handed to the followers in their order until
 * one takes it. The mark that it is still to be followed is durable, so that a process that dies in the middle leaves it to
 * the next one. Texts of one sender go one after the other, in order of arrival: where one cannot be followed yet, the later
 * ones of its sender wait, and those of others go on.
 */
export class FollowUp {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #followers: readonly Follower[];
  readonly #rounds: Rounds;
  /** Since when texts fail, by their numbers. */
  readonly #failing = new Map<number, number>();

  constructor(parts: { store: Store; clock: Clock; log: Log; followers: readonly Follower[] }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#followers = parts.followers;
    this.#rounds = new Rounds(parts.clock, () => this.#round());
  }

  start(): void {
    this.#rounds.start();
  }

  /** There may be texts to follow. */
  go(): void {
    this.#rounds.wake();
  }

  /** Resolves when what was begun is done. */
  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** @returns when there is something to try again. Never rejects. */
  async #round(): Promise<number | undefined> {
    try {
      if (await this.#followAll()) return undefined;
    } catch (error) {
      this.#log.error({ err: error }, 'texts could not be followed; they are tried again');
    }
    return this.#clock.now() + AGAIN;
  }

  /** @returns false where some have to be tried again */
  async #followAll(): Promise<boolean> {
    const waiting = new Set<string>();
    for (let after = 0; ; ) {
      const texts = this.#store.desk.toFollow(after, STEP, this.#clock.now());
      for (const text of texts) {
        if (!this.#rounds.running) return true;
        after = text.seq;
        if (!waiting.has(text.from) && !(await this.#follow(text))) waiting.add(text.from);
      }
      if (texts.length < STEP) break;
    }
    return waiting.size === 0;
  }

  /** @returns false where it has to be tried again */
  async #follow(text: FollowedText): Promise<boolean> {
    try {
      for (const follower of this.#followers) if ((await follower(text)) === 'taken') break;
      await this.#store.desk.finishFollowing(text.seq);
    } catch (error) {
      const now = this.#clock.now();
      const since = this.#failing.get(text.seq) ?? now;
      this.#failing.set(text.seq, since);
      const about = { err: error, inbound: text.id, from: maskNumber(text.from) };
      if (now - since < GIVEN_UP) {
        this.#log.warn(about, 'a text could not be followed yet');
        return false;
      }
      this.#log.error(about, 'a text could not be followed, and is left to a person');
      await this.#store.desk.giveUpFollowing(text.seq, now);
    }
    this.#failing.delete(text.seq);
    return true;
  }
}
