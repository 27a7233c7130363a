import { createHash } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { Rounds } from '../base/rounds.ts';
import type { AcceptRequest } from '../dispatch/accept.ts';
import { DAY, writeDay } from '../policy/local-date.ts';
import { instantOf, localTime } from '../policy/local-time.ts';
import type { AcceptOutcome, NewIdempotency } from '../store/records/acceptance.ts';
import type { NewMessage } from '../store/records/message.ts';
import type { Store } from '../store/store.ts';
import { CANCELLED, WAITING } from './sequence.ts';
import type { Sequences } from './sequences.ts';

/** The door into the queue, as `dispatch/accept.ts` has it. */
interface Door {
  prepare(keyId: string, request: AcceptRequest): NewMessage;
  commit(messages: readonly NewMessage[], idempotency: NewIdempotency): Promise<AcceptOutcome>;
}

/** What the day brings. */
export interface DayAhead {
  readonly visits: number;
  readonly confirmed: number;
  /** Neither confirmed nor anything else. */
  readonly silent: number;
}

/** In place of an API key. */
const SELF = 'morning';

/** A morning that was missed is told of for so long, milliseconds. */
const LATE = 2 * 3_600_000;

/** Milliseconds before what could not be told is tried again. */
const AGAIN = 60_000;

const TOGETHER = 200;

/** Tells the owner each morning what the day brings, once, also where the box was off at that moment. */
export class MorningText {
  readonly #store: Store;
  readonly #door: Door;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #sequences: Sequences;
  readonly #to: string;
  /** Since midnight, milliseconds. */
  readonly #time: number;
  readonly #timeZone: string;
  readonly #words: (day: DayAhead) => string;
  readonly #isTimeKnown: () => boolean;
  readonly #rounds: Rounds;

  constructor(parts: {
    store: Store;
    door: Door;
    clock: Clock;
    log: Log;
    sequences: Sequences;
    /** E.164. */
    to: string;
    /** `08:30`, by the clocks of the site. */
    at: string;
    timeZone: string;
    words: (day: DayAhead) => string;
    isTimeKnown: () => boolean;
  }) {
    const [hours = 0, minutes = 0] = parts.at.split(':').map(Number);
    this.#store = parts.store;
    this.#door = parts.door;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#sequences = parts.sequences;
    this.#to = parts.to;
    this.#time = (hours * 60 + minutes) * 60_000;
    this.#timeZone = parts.timeZone;
    this.#words = parts.words;
    this.#isTimeKnown = parts.isTimeKnown;
    this.#rounds = new Rounds(parts.clock, () => this.#round());
  }

  start(): void {
    this.#rounds.start();
  }

  /** Resolves when what was begun is done. */
  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** @returns when to look again. Never rejects. */
  async #round(): Promise<number> {
    const now = this.#clock.now();
    if (!this.#isTimeKnown()) return now + AGAIN;
    try {
      const { day } = localTime(this.#timeZone, now);
      const moment = instantOf(this.#timeZone, { day, time: this.#time });
      if (moment > now) return moment;
      if (now - moment < LATE) await this.#tellOnce(day, now);
      return instantOf(this.#timeZone, { day: day + 1, time: this.#time });
    } catch (error) {
      this.#log.error({ err: error }, 'the morning text could not be sent; it is tried again');
      return now + AGAIN;
    }
  }

  async #tellOnce(day: number, now: number): Promise<void> {
    const idempotencyKey = `morning-${writeDay(day)}`;
    if (await this.#store.recall(SELF, idempotencyKey, now)) return;
    const message = this.#door.prepare(SELF, {
      to: this.#to,
      text: this.#words(await this.#ahead(day)),
      purpose: 'urgent',
      validFor: LATE / 1000,
    });
    await this.#door.commit([message], {
      keyId: SELF,
      idempotencyKey,
      bodyHash: createHash('sha256').update(idempotencyKey).digest('hex'),
      status: 202,
      response: message.id,
      location: null,
      at: now,
    });
  }

  async #ahead(day: number): Promise<DayAhead> {
    const [from, until] = [day, day + 1].map((one) => instantOf(this.#timeZone, { day: one, time: 0 }));
    const ahead = { visits: 0, confirmed: 0, silent: 0 };
    for (let after = 0; ; ) {
      const part = await this.#store.occasions.between(from ?? 0, until ?? DAY, after, TOGETHER);
      for (const { seq, occasion } of part) {
        after = seq;
        const { status, answer } = occasion;
        if (this.#sequences.of(occasion.kind)?.tells !== 'time' || status === CANCELLED || status === WAITING) continue;
        ahead.visits += 1;
        if (answer === 'confirmed') ahead.confirmed += 1;
        else if (answer === null) ahead.silent += 1;
      }
      if (part.length < TOGETHER) return ahead;
    }
  }
}
