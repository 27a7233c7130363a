import type { CountryCode } from 'libphonenumber-js/min';
import type { Clock } from '../base/clock.ts';
import { type Log, maskNumber } from '../base/log.ts';
import { Alarm } from '../base/waits.ts';
import { toE164 } from '../policy/e164.ts';
import type { NewCall } from '../store/records/call.ts';
import type { Store } from '../store/store.ts';
import { judgeCall } from './rules/judge-inbound.ts';

/** A call as a modem heard it. */
export interface HeardCall extends Omit<NewCall, 'from'> {
  /** As the network gave it; null where it was not told. */
  readonly number: string | null;
}

/** Milliseconds before what the store did not take is tried again. */
const AGAIN = 5_000;

/** Keeps calls, in the order in which they were heard, and goes on trying while the store does not take them. */
export class CallKeeper {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #country: CountryCode | undefined;
  readonly #optsOut: (iccid: string) => boolean;
  readonly #onReply: () => void;
  readonly #waiting: NewCall[] = [];
  readonly #again: Alarm;
  #working: Promise<void> = Promise.resolve();
  #busy = false;

  constructor(parts: {
    store: Store;
    clock: Clock;
    log: Log;
    country: CountryCode | undefined;
    /** Whether a missed call to this SIM ends offers to the caller. */
    optsOut: (iccid: string) => boolean;
    /** A reply of our own is written down and is to go out. */
    onReply: () => void;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#country = parts.country;
    this.#optsOut = parts.optsOut;
    this.#onReply = parts.onReply;
    this.#again = new Alarm(parts.clock, () => this.#work());
  }

  /** Ends the calls that rang when an earlier process died. */
  start(): Promise<void> {
    return this.#store.endRingingCalls(this.#clock.now());
  }

  /** Resolves when what was heard is kept, or cannot be. */
  async stop(): Promise<void> {
    await this.#working;
    this.#again.cancel();
  }

  keep({ number, ...call }: HeardCall): void {
    const from = number === null ? null : this.#e164(number);
    this.#waiting.push({ ...call, from });
    if (call.duration !== null) this.#log.info({ iccid: call.iccid, from: from === null ? null : maskNumber(from) }, 'a call was missed');
    this.#work();
  }

  #work(): void {
    if (this.#busy) return;
    this.#busy = true;
    this.#working = this.#keepAll();
  }

  /** Never rejects. */
  async #keepAll(): Promise<void> {
    try {
      for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
        const replies = await this.#store.keepCall(next, this.#clock.now(), this.#optsOut(next.iccid) ? judgeCall : undefined);
        if (replies) this.#onReply();
        this.#waiting.shift();
      }
    } catch (error) {
      this.#log.error({ err: error }, 'a call could not be kept; it is tried again');
      this.#again.in(AGAIN);
    }
    this.#busy = false;
  }

  /** Short numbers stay as they are. */
  #e164(number: string): string {
    if (number.startsWith('+')) return number;
    try {
      return toE164(number, this.#country);
    } catch {
      return number;
    }
  }
}
