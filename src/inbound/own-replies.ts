import { createHash } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { Fault, isTransient } from '../base/fault.ts';
import { type Log, maskNumber } from '../base/log.ts';
import type { Purpose } from '../base/purpose.ts';
import { Alarm } from '../base/waits.ts';
import type { AcceptOutcome, NewIdempotency } from '../store/records/acceptance.ts';
import { OWN_WORDS, type OwnReply, type OwnWords } from '../store/records/inbound-rules.ts';
import type { NewMessage } from '../store/records/message.ts';
import type { Store } from '../store/store.ts';

/** What Simpost asks of the door, as `dispatch/accept.ts` has it. */
interface AcceptRequest {
  readonly to: string;
  readonly text: string;
  readonly sim?: string;
  readonly purpose?: Purpose;
  readonly topic?: string;
  readonly validFor?: number;
  readonly isOwnReply?: boolean;
}

/** The door into the queue, as `dispatch/accept.ts` has it. */
interface Door {
  prepare(keyId: string, request: AcceptRequest): NewMessage;
  commit(messages: readonly NewMessage[], idempotency: NewIdempotency): Promise<AcceptOutcome>;
}

/** Whose messages they are, in place of an API key. */
const SELF = 'rules';

/** Milliseconds before what the door did not take now is tried again. */
const AGAIN = 5_000;

/** After this a reply is none any more, milliseconds. */
const LATE = 30 * 60_000;

/**
 * Puts our own replies into the queue, each once: it is written down with the text that it answers, and the queue knows it by
 * its number, so that neither a crash nor a second try makes two of it (O04).
 */
export class OwnReplies {
  readonly #store: Store;
  readonly #door: Door;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #words: (kind: OwnWords, heard: string) => string;
  readonly #again: Alarm;
  #working: Promise<void> | undefined;
  #stopped = false;

  constructor(parts: { store: Store; door: Door; clock: Clock; log: Log; words: (kind: OwnWords, heard: string) => string }) {
    this.#store = parts.store;
    this.#door = parts.door;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#words = parts.words;
    this.#again = new Alarm(parts.clock, () => this.send());
  }

  /** Sends what is written down. */
  send(): void {
    if (this.#stopped) return;
    const before = this.#working ?? Promise.resolve();
    const work = before.then(() => this.#sendAll());
    this.#working = work;
    const over = (): void => {
      if (this.#working === work) this.#working = undefined;
    };
    work.then(over, over);
  }

  /** Resolves when what was begun is done. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#again.cancel();
    await this.#working;
  }

  async #sendAll(): Promise<void> {
    // What goes to one number goes in its order; one that cannot go now holds up nobody else.
    const waiting = new Set<string>();
    for (const reply of this.#store.desk.openReplies()) {
      if (waiting.has(reply.to)) continue;
      try {
        await this.#sendOne(reply);
      } catch (error) {
        this.#log.warn({ err: error, to: maskNumber(reply.to) }, 'a reply could not be sent yet');
        waiting.add(reply.to);
      }
    }
    if (waiting.size > 0 && !this.#stopped && !this.#again.pending) this.#again.in(AGAIN);
  }

  #request(reply: OwnReply, left: number): AcceptRequest {
    const { to, iccid: sim, text, heard, topic } = reply;
    const own = OWN_WORDS.find((kind) => kind === reply.kind);
    if (own) return { to, text: this.#words(own, heard), sim, isOwnReply: true };
    const asked = { to, text: text ?? '', purpose: reply.purpose ?? 'service', validFor: Math.ceil(left / 1000) } as const;
    // The duty phone is nobody's client: any SIM will do.
    if (reply.kind === 'alarm') return asked;
    return { ...asked, ...(sim === '' ? {} : { sim }), ...(topic === null ? {} : { topic }) };
  }

  async #sendOne(reply: OwnReply): Promise<void> {
    const now = this.#clock.now();
    const until = reply.until ?? reply.at + LATE;
    if (now > until) return await this.#store.desk.settleReply(reply.seq, 'late');
    let message: NewMessage;
    try {
      message = this.#door.prepare(SELF, this.#request(reply, until - now));
    } catch (error) {
      if (!(error instanceof Fault) || isTransient(error)) throw error;
      this.#log.warn({ to: maskNumber(reply.to), code: error.code }, 'a reply is not sent');
      return await this.#store.desk.settleReply(reply.seq, error.code);
    }
    const { id } = message;
    const outcome = await this.#door.commit([message], {
      keyId: SELF,
      idempotencyKey: `reply-${reply.seq}`,
      bodyHash: createHash('sha256').update(String(reply.seq)).digest('hex'),
      status: 202,
      response: id,
      location: null,
      at: now,
    });
    await this.#store.desk.settleReply(reply.seq, outcome.kind === 'repeated' ? outcome.earlier.response : id);
  }
}
