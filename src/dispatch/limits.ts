import { type Clock, rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Log } from '../base/log.ts';
import type { NewMessage } from '../store/records/message.ts';
import type { Store } from '../store/store.ts';
import { AdjacentNumbers, type Block } from './adjacent-numbers.ts';
import { ALONE, type Beside } from './together.ts';

/** How many messages are taken; 0 takes a limit away. */
export interface LimitRules {
  readonly recipientPerHour: number;
  readonly recipientPerDay: number;
  readonly otpPerTenMinutes: number;
  readonly adjacentNumbers: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Whoever was heard of so lately is being answered, milliseconds. */
const ANSWER = 30 * MINUTE;

/** Numbers that nothing was taken for in a day are forgotten about once an hour. */
const SWEEP = HOUR;

type Message = Pick<NewMessage, 'to' | 'purpose'>;

interface Taken {
  readonly at: number;
  readonly isCode: boolean;
}

interface Limit {
  readonly name: keyof LimitRules;
  readonly most: number;
  readonly window: number;
  readonly codesOnly: boolean;
  readonly words: string;
}

/**
 * What one number gets from all keys together, however many programs have gone wrong or keys were stolen: so many messages
 * in an hour and a day, so many codes in ten minutes; and how many numbers next to each other are written to at all. A client
 * who is writing or calling may be answered as often as they like.
 */
export class Limits {
  readonly #store: Pick<Store, 'acceptedSince' | 'heardSince' | 'notice'>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #limits: readonly Limit[];
  readonly #adjacent: AdjacentNumbers;
  /** What was taken in the last day, oldest first, by number. */
  readonly #taken = new Map<string, Taken[]>();
  #swept = 0;
  #blockedUntil = 0;

  constructor(parts: { store: Pick<Store, 'acceptedSince' | 'heardSince' | 'notice'>; clock: Clock; log: Log; rules: LimitRules }) {
    const { recipientPerHour, recipientPerDay, otpPerTenMinutes, adjacentNumbers } = parts.rules;
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#log = parts.log;
    const limits: readonly Limit[] = [
      { name: 'otpPerTenMinutes', most: otpPerTenMinutes, window: 10 * MINUTE, codesOnly: true, words: 'codes in ten minutes' },
      { name: 'recipientPerHour', most: recipientPerHour, window: HOUR, codesOnly: false, words: 'messages in an hour' },
      { name: 'recipientPerDay', most: recipientPerDay, window: DAY, codesOnly: false, words: 'messages in 24 hours' },
    ];
    this.#limits = limits.filter(({ most }) => most > 0);
    this.#adjacent = new AdjacentNumbers(adjacentNumbers);
  }

  /** Whether numbers next to each other are blocked now. */
  get blocks(): boolean {
    return this.#blockedUntil > this.#clock.now();
  }

  /** Remembers what was taken before the start. */
  async start(): Promise<void> {
    if (this.#limits.length === 0) return;
    for (const { to, purpose, at } of await this.#store.acceptedSince(this.#clock.now() - DAY)) this.#remember({ to, purpose }, at);
  }

  /**
   * Whether one more message may be taken.
   * @param beside messages that are asked for together with it
   * @throws Fault `recipientLimit`, `adjacentNumbers`
   */
  check(message: Message, beside: Beside): void {
    const { to, purpose } = message;
    const now = this.#clock.now();
    if (purpose !== 'promotional' && this.#adjacent.watches) {
      const block = this.#adjacent.blocks(to, beside.neighbours, now);
      if (block?.isNew) this.#tell(block);
      if (block) throw blocked(block.until, now);
    }
    this.#checkRecipient(message, beside, now);
  }

  /** Counts messages that are being taken. @throws Fault as `check`, for all of them, when others that were taken meanwhile leave no room */
  take(messages: readonly Message[]): void {
    const now = this.#clock.now();
    let taken = 0;
    try {
      for (const message of messages) {
        // A block that began among these messages is no reason to take none of them.
        const counts = message.purpose !== 'promotional';
        if (counts && this.#adjacent.areTooMany(message.to, undefined, now)) throw blocked(now + HOUR, now);
        this.#checkRecipient(message, ALONE, now);
        this.#remember(message, now);
        if (counts) this.#adjacent.take(message.to, now);
        taken += 1;
      }
    } catch (error) {
      this.giveBack(messages.slice(0, taken));
      throw error;
    }
    this.#sweep(now);
  }

  /** They were not taken after all. Numbers next to each other stay seen. */
  giveBack(messages: readonly Message[]): void {
    for (const { to } of messages) this.#taken.get(to)?.pop();
  }

  #checkRecipient({ to, purpose }: Message, beside: Beside, now: number): void {
    if (this.#limits.length === 0) return;
    const isCode = purpose === 'otp';
    const ours = beside.to(to).map((code) => ({ at: now, isCode: code }));
    const taken = [...(this.#taken.get(to) ?? []), ...ours];
    for (const { name, most, window, codesOnly, words } of this.#limits) {
      if (codesOnly && !isCode) continue;
      const within = taken.filter((one) => one.at > now - window && (one.isCode || !codesOnly));
      const oldest = within.at(-most);
      if (oldest === undefined || this.#isAnswer(to, purpose, now)) continue;
      const why = `this number has had ${most} ${words}, from all keys`;
      throw new Fault(
        'recipientLimit',
        `Nothing was taken: ${why}. Wait, or raise limits.${name} if that is meant.`,
        [{ pointer: '/to', detail: why }],
        { retryAfter: Math.ceil((oldest.at + window - now) / 1000) },
      );
    }
  }

  #isAnswer(to: string, purpose: Message['purpose'], now: number): boolean {
    return purpose !== 'promotional' && purpose !== 'otp' && this.#store.heardSince(to, now - ANSWER);
  }

  #tell({ prefix, until }: Block): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, until);
    const sentence = `Many numbers next to each other were written to within ten minutes: those that begin like +${prefix.slice(0, 6)} are blocked until ${rfc3339(until)}. If nobody meant that, revoke the key.`;
    this.#log.warn({ until: rfc3339(until) }, 'numbers next to each other are blocked');
    this.#store
      .notice('limits.adjacentNumbers', sentence, this.#clock.now())
      .catch((error: unknown) => this.#log.error({ err: error }, 'a block could not be told of'));
  }

  #remember({ to, purpose }: Message, at: number): void {
    if (this.#limits.length === 0) return;
    const one = { at, isCode: purpose === 'otp' };
    const taken = this.#taken.get(to);
    if (taken) taken.push(one);
    else this.#taken.set(to, [one]);
  }

  #sweep(now: number): void {
    if (now - this.#swept < SWEEP) return;
    this.#swept = now;
    for (const [to, taken] of this.#taken) {
      const young = taken.filter(({ at }) => at > now - DAY);
      if (young.length === 0) this.#taken.delete(to);
      else if (young.length < taken.length) this.#taken.set(to, young);
    }
  }
}

function blocked(until: number, now: number): Fault {
  const why = `too many numbers next to this one were written to in ten minutes, and none like it is until ${rfc3339(until)}`;
  return new Fault(
    'adjacentNumbers',
    `Nothing was taken: ${why}. If they are all clients, raise limits.adjacentNumbers.`,
    [{ pointer: '/to', detail: why }],
    { retryAfter: Math.ceil((until - now) / 1000) },
  );
}
