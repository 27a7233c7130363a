import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Purpose } from '../base/purpose.ts';
import type { KeyCaps } from '../store/records/key.ts';
import type { NewMessage } from '../store/records/message.ts';
import type { Store } from '../store/store.ts';
import { NOTICE_KEY } from './notice-key.ts';
import type { Beside } from './together.ts';

/** How much may be asked for. 0 takes a limit away. */
export interface PressureRules {
  /** Segments in the queue from which each answer tells how long it will take. */
  readonly softLimit: number;
  /** Segments in the queue from which nothing more is taken. */
  readonly hardLimit: number;
  /** What one API key may send of these in an hour. */
  readonly quota: { readonly otp: number; readonly urgent: number };
  /** Segments that go out in a second, about. */
  pace(): number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Codes are still taken when offers have filled the queue: they go past all of it. */
const ROOM_FOR_CODES = 1.1;

/** A program that is told to come back does so after this at least and at most, seconds. */
const SHORTEST_RETRY = 5;
const LONGEST_RETRY = 3600;

type Message = Pick<NewMessage, 'keyId' | 'purpose' | 'segments'>;

/**
 * What a key may still ask for. Codes and urgent messages go past everything else, so each key has a quota of them in any
 * hour: a program that calls everything urgent delays nobody but itself. And a queue that grows past what the SIMs can ever
 * send is refused, rather than taken in and left to expire.
 */
export class Pressure {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #rules: PressureRules;
  /** When each message was taken that counts against a quota, on the monotonic clock, oldest first, by key and purpose. */
  readonly #taken = new Map<string, number[]>();
  /** The caps of keys, which never change. */
  readonly #caps = new Map<string, KeyCaps | undefined>();
  /** When each message of a key with caps was taken, oldest first, by key. */
  readonly #takenByKey = new Map<string, number[]>();

  constructor(parts: { store: Store; clock: Clock; rules: PressureRules }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#rules = parts.rules;
  }

  /** Remembers what was taken before the start. */
  async start(): Promise<void> {
    const now = this.#clock.now();
    for (const { keyId, purpose, at } of await this.#store.urgentSince(now - HOUR))
      this.#timesOf(keyId, purpose).push(this.#clock.monotonic() - Math.max(0, now - at));
  }

  /**
   * Whether one more message may be taken.
   * @param beside messages that are asked for together with it
   * @throws Fault `quotaUsedUp`, `queueFull`
   */
  check(message: Message, beside: Beside): void {
    this.#checkQuota(message, beside);
    this.#checkCaps(message, beside);
    this.#checkRoom(message, beside);
  }

  /** Counts messages that are being taken. */
  take(messages: readonly Message[]): void {
    const now = this.#clock.monotonic();
    for (const { keyId, purpose } of messages) {
      if (this.#quota(purpose) > 0) this.#timesOf(keyId, purpose).push(now);
      this.#takenByKey.get(keyId)?.push(now);
    }
  }

  /** They were not taken after all. */
  giveBack(messages: readonly Message[]): void {
    for (const { keyId, purpose } of messages) {
      if (this.#quota(purpose) > 0) this.#timesOf(keyId, purpose).pop();
      this.#takenByKey.get(keyId)?.pop();
    }
  }

  /** How long a message of this purpose will wait, whole seconds; undefined while the queue is short. */
  delaySeconds(purpose: Purpose): number | undefined {
    const { softLimit, pace } = this.#rules;
    if (softLimit === 0 || this.#store.queueDepth().ready < softLimit) return undefined;
    return Math.ceil(this.#store.ahead(purpose) / pace());
  }

  #checkQuota({ keyId, purpose }: Message, beside: Beside): void {
    const quota = this.#quota(purpose);
    if (quota === 0 || keyId === NOTICE_KEY) return;
    const now = this.#clock.monotonic();
    const times = this.#timesOf(keyId, purpose);
    while (times[0] !== undefined && times[0] <= now - HOUR) times.shift();
    if (times.length + beside.of(purpose) < quota) return;
    const retryAfter = retryIn(((times[0] ?? now) + HOUR - now) / 1000);
    throw new Fault(
      'quotaUsedUp',
      `This key has sent ${quota} messages as "${purpose}" in the last hour, and that is its quota: send what is less pressing as "service", or raise messages.quota.${purpose}.`,
      [{ pointer: '/purpose', detail: `${quota} of "${purpose}" in an hour are the quota of this key` }],
      { retryAfter },
    );
  }

  #checkCaps({ keyId }: Message, beside: Beside): void {
    const caps = this.#capsOf(keyId);
    if (!caps || (caps.perHour === 0 && caps.perDay === 0)) return;
    const now = this.#clock.monotonic();
    const times = this.#timesOfKey(keyId, caps, now);
    const check = (cap: number, length: number, words: string): void => {
      if (cap === 0) return;
      const first = firstAfter(times, now - length);
      if (times.length - first + beside.count < cap) return;
      throw new Fault(
        'quotaUsedUp',
        `This key may hand over ${cap} messages in ${words}, and has: come back later, or use another key.`,
        [],
        {
          retryAfter: retryIn(((times[first] ?? now) + length - now) / 1000),
        },
      );
    };
    check(caps.perHour, HOUR, 'an hour');
    check(caps.perDay, DAY, '24 hours');
  }

  #capsOf(keyId: string): KeyCaps | undefined {
    if (!this.#caps.has(keyId)) this.#caps.set(keyId, this.#store.keyCaps(keyId));
    return this.#caps.get(keyId);
  }

  /** Counted from the store when the key is first met, and from memory after. */
  #timesOfKey(keyId: string, caps: KeyCaps, now: number): number[] {
    const times = this.#takenByKey.get(keyId) ?? this.#storedTimesOf(keyId, caps, now);
    while (times[0] !== undefined && times[0] <= now - DAY) times.shift();
    this.#takenByKey.set(keyId, times);
    return times;
  }

  #storedTimesOf(keyId: string, caps: KeyCaps, now: number): number[] {
    const wall = this.#clock.now();
    return this.#store.keyTaken(keyId, wall - DAY, Math.max(caps.perHour, caps.perDay)).map((at) => now - Math.max(0, wall - at));
  }

  #checkRoom({ purpose, segments }: Message, beside: Beside): void {
    const { hardLimit, pace } = this.#rules;
    if (hardLimit === 0) return;
    const { ready, waiting } = this.#store.queueDepth();
    const room = this.#isUrgent(purpose) ? hardLimit * ROOM_FOR_CODES : hardLimit;
    const over = ready + waiting + beside.segments + segments.length - room;
    if (over <= 0) return;
    throw new Fault(
      'queueFull',
      `The queue has ${ready + waiting} segments, and queue.hardLimit is ${hardLimit}: nothing was taken, come back later.`,
      [],
      { retryAfter: retryIn(over / pace()) },
    );
  }

  #isUrgent(purpose: Purpose): purpose is 'otp' | 'urgent' {
    return purpose === 'otp' || purpose === 'urgent';
  }

  #quota(purpose: Purpose): number {
    return this.#isUrgent(purpose) ? this.#rules.quota[purpose] : 0;
  }

  #timesOf(keyId: string, purpose: Purpose): number[] {
    const name = `${purpose} ${keyId}`;
    const times = this.#taken.get(name) ?? [];
    this.#taken.set(name, times);
    return times;
  }
}

/** The place of the first of ascending instants that is after one, or their number. */
function firstAfter(times: readonly number[], instant: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}

function retryIn(seconds: number): number {
  return Math.min(LONGEST_RETRY, Math.max(SHORTEST_RETRY, Math.ceil(seconds)));
}
