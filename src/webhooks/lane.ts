import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import { Alarm } from '../base/waits.ts';
import type { Delivery, DeliveryFailure, StoredEvent } from '../store/records/event.ts';
import type { Store } from '../store/store.ts';
import { call } from './call.ts';
import type { Post } from './post.ts';
import { retryDelay } from './retry.ts';
import { secretOctets, signedHeaders } from './signature.ts';

/** Calls under way to one endpoint at a time. */
const AT_ONCE = 8;
/** Deliveries read from the store at a time. */
const PAGE = 64;
/** Milliseconds after which due deliveries are looked for again, whatever was foreseen: wall time may step. */
const LOOK_AGAIN = 60_000;

export interface WebhookEndpoint {
  /** In the rows of the store: stable over restarts. */
  readonly name: string;
  readonly url: string;
  /** `whsec_` and base64. */
  readonly secret: string;
  /** The one of before, which signs too until then (milliseconds since 1970). */
  readonly previous: { readonly secret: string; readonly until: number } | null;
  /** Event types, `message.*` for all of a family, `*` for all. */
  readonly events: readonly string[];
  /** Its address came by API, so it may not lead everywhere. */
  readonly guarded: boolean;
}

export interface LaneParts {
  readonly store: Store;
  /** For addresses of the configuration, and for those that came by API. */
  readonly post: Post;
  readonly guardedPost: Post;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** The body of a call about an event: `{type, timestamp, data}`. */
  shape(event: StoredEvent): unknown;
}

/**
 * The deliveries to one endpoint. What is due is read from the store and called, several at a time, but never two about
 * the same message at once, so that `message.sent` is tried before `message.delivered`. A lane is
 *
 * - *idle* while nothing is due: it waits for an event, or for the time of the next retry,
 * - *busy* while calls are under way: each that ends takes the next from what was read, or reads more,
 * - *gone* after a 410: what is due is given up uncalled, until the store says that somebody has it called again,
 * - *stopped*: calls are broken off, and stay due in the store for the next start.
 *
 * Each endpoint has a lane of its own, so that one that is dead or slow delays no other.
 */
export class Lane {
  readonly #parts: LaneParts;
  readonly #endpoint: WebhookEndpoint;
  readonly #secret: Buffer;
  readonly #previous: { readonly secret: Buffer; readonly until: number } | null;
  /** Host and no more: the rest of a URL may hold a token. */
  readonly #host: string;
  readonly #alarm: Alarm;
  readonly #stop = new AbortController();
  readonly #calls = new Map<number, Promise<void>>();
  /** Ids of messages that a call under way is about. */
  readonly #busy = new Set<string>();
  /** When the alarm goes off, on the monotonic clock. */
  #alarmAt = Number.POSITIVE_INFINITY;
  #backlog: Delivery[] = [];
  #reading: Promise<void> | undefined;
  #news = false;
  /** It said that it is gone: what is due is given up uncalled. */
  #isGone = false;

  constructor(parts: LaneParts, endpoint: WebhookEndpoint) {
    this.#parts = parts;
    this.#endpoint = endpoint;
    this.#secret = secretOctets(endpoint.secret);
    this.#previous = endpoint.previous && { secret: secretOctets(endpoint.previous.secret), until: endpoint.previous.until };
    this.#host = new URL(endpoint.url).host;
    this.#alarm = new Alarm(parts.clock, () => {
      this.#alarmAt = Number.POSITIVE_INFINITY;
      this.wake();
    });
  }

  /** There may be something due. */
  wake(): void {
    this.#news = true;
    this.#advance();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#alarm.cancel();
    await this.#reading;
    await Promise.all(this.#calls.values());
  }

  /** Starts what can be started, then reads more if that was not enough. */
  #advance(): void {
    if (this.#stop.signal.aborted) return;
    for (let i = 0; i < this.#backlog.length && this.#calls.size < AT_ONCE; ) {
      const delivery = this.#backlog[i];
      if (!delivery || this.#busy.has(subject(delivery))) {
        i += 1;
        continue;
      }
      this.#backlog.splice(i, 1);
      this.#begin(delivery);
    }
    if (this.#backlog.length === 0 && this.#news && this.#calls.size < AT_ONCE && !this.#reading) this.#read();
  }

  #begin(delivery: Delivery): void {
    const about = subject(delivery);
    this.#busy.add(about);
    const done = this.#deliver(delivery)
      .then(
        () => true,
        (error: unknown) => {
          // It is due still, and called again under the same id: but not at once, since the store is not well.
          this.#parts.log.error({ err: error, host: this.#host }, 'a webhook delivery could not be recorded');
          this.#lookIn(LOOK_AGAIN);
          return false;
        },
      )
      .then((recorded) => {
        this.#busy.delete(about);
        this.#calls.delete(delivery.id);
        // While calls are under way they hide what is due after them; once all have ended the store is asked again.
        if (recorded && this.#calls.size === 0) this.#news = true;
        this.#advance();
      });
    this.#calls.set(delivery.id, done);
  }

  #read(): void {
    this.#reading = this.#fill()
      .catch((error: unknown) => {
        this.#parts.log.error({ err: error, host: this.#host }, 'due webhook deliveries could not be read');
        this.#lookIn(LOOK_AGAIN);
      })
      .finally(() => {
        this.#reading = undefined;
        this.#advance();
      });
  }

  async #fill(): Promise<void> {
    const { store, clock } = this.#parts;
    this.#news = false;
    const limit = PAGE + this.#calls.size;
    const now = clock.now();
    this.#isGone = (await store.webhooks.gone()).has(this.#endpoint.name);
    const due = await store.dueDeliveries(this.#endpoint.name, now, limit);
    this.#backlog = due.filter((delivery) => !this.#calls.has(delivery.id));
    // What is under way is due still, so it is read again: a full page may hide more.
    if (due.length === limit) this.#news = true;
    else await this.#setAlarm(now);
  }

  /** @param readAt what was due then is read, and says when it ends when it is due again */
  async #setAlarm(readAt: number): Promise<void> {
    const { store, clock } = this.#parts;
    const next = await store.nextDelivery(this.#endpoint.name, readAt);
    if (next === undefined || this.#stop.signal.aborted) return;
    this.#lookIn(Math.max(0, next - clock.now()));
  }

  /** Sees to it that due deliveries are looked for so many milliseconds from now, or sooner. */
  #lookIn(wait: number): void {
    const delay = Math.min(wait, LOOK_AGAIN);
    const at = this.#parts.clock.monotonic() + delay;
    if (at >= this.#alarmAt) return;
    this.#alarmAt = at;
    this.#alarm.in(delay);
  }

  #secrets(now: number): Buffer[] {
    return this.#previous && now < this.#previous.until ? [this.#secret, this.#previous.secret] : [this.#secret];
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { store, clock, random, log, post, guardedPost } = this.#parts;
    const { url, guarded } = this.#endpoint;
    const { event } = delivery;
    if (this.#isGone) {
      await store.settleDelivery(delivery.id, {
        kind: 'uncalled',
        at: clock.now(),
        reason: 'uncalled',
        error: 'not called: it said that it is gone (HTTP 410)',
      });
      return;
    }
    const body = JSON.stringify(this.#parts.shape(event));
    const headers = signedHeaders(this.#secrets(clock.now()), event.id, clock.now(), body);
    const result = await call({ post: guarded ? guardedPost : post, clock, url, headers, body, stop: this.#stop.signal });
    if (this.#stop.signal.aborted && result.kind === 'failed') return;
    const at = clock.now();
    if (result.kind === 'answered' && result.status >= 200 && result.status < 300) {
      await store.settleDelivery(delivery.id, { kind: 'delivered', at, status: result.status });
      return;
    }
    const failure: DeliveryFailure =
      result.kind === 'answered' ? { reason: result.status === 410 ? 'gone' : 'status', error: `HTTP ${result.status}` } : result;
    const { reason, error } = failure;
    const tries = delivery.tries + 1;
    const facts = { host: this.#host, event: event.id, type: event.type, tries, error };
    // The receiver's own word for "never again": the endpoint is not called any more (Standard Webhooks).
    if (reason === 'gone') {
      log.error(facts, 'a webhook says that it is gone, and is not called any more');
      await store.settleDelivery(delivery.id, { kind: 'gone', at, reason, error });
      this.#isGone = true;
      return;
    }
    const delay = retryDelay(tries, random);
    if (delay === undefined) {
      log.error(facts, 'a webhook delivery is given up');
      await store.settleDelivery(delivery.id, { kind: 'abandoned', at, reason, error });
      return;
    }
    log.warn({ ...facts, retryInSeconds: Math.round(delay / 1000) }, 'a webhook delivery failed');
    await store.settleDelivery(delivery.id, { kind: 'retry', dueAt: at + delay, reason, error });
    if (!this.#stop.signal.aborted) this.#lookIn(delay);
  }
}

const subject = ({ event }: Delivery): string => event.message?.id ?? event.inbound?.id ?? event.occasion?.occasion.id ?? event.id;
