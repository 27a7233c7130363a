import type { ServerResponse } from 'node:http';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { Alarm, type Deferred, deferred } from '../base/waits.ts';
import type { StoredEvent } from '../store/records/event.ts';
import type { Store } from '../store/store.ts';
import type { Happening } from './schemas/event.ts';
import type { Slices } from './slices.ts';

/** Milliseconds between signs of life on a quiet connection: proxies drop what is silent for a minute. */
export const HEARTBEAT = 15_000;
/** Milliseconds that a reader may leave what it was sent unread. */
export const SLOWEST = 30_000;
/** Events read from the store, and held in memory for one reader, at a time. */
const PAGE = 100;
/** Milliseconds after which a reader that lost the connection comes back. */
const RETRY = 2000;

/**
 * One reader of live events. It pulls: a page is read from the store only when the last one has left this process, so a
 * slow reader costs one page of memory and nothing else. It is
 *
 * - *reading* while the store has events after its position,
 * - *waiting* for the store to say that there are more, with a comment each 15 s,
 * - *blocked* while the connection takes no more; after 30 s it is cut, and the client resumes where it was,
 * - *closed*, by either side, for good.
 */
export class EventReader {
  readonly #parts: ReaderParts;
  readonly #res: ServerResponse;
  readonly #heart: Alarm;
  readonly #unsubscribe: () => void;
  #after: number;
  #closed = false;
  #news = true;
  #waiting: Deferred<void> | undefined;

  /** @param after sequence number of the last event that the client has */
  constructor(parts: ReaderParts, res: ServerResponse, after: number) {
    this.#parts = parts;
    this.#res = res;
    this.#after = after;
    this.#heart = new Alarm(parts.clock, () => this.#beat());
    this.#unsubscribe = parts.store.onEvents(() => this.#wake());
    res.once('close', () => this.#close());
  }

  /** Resolves when the connection is closed. */
  async run(): Promise<void> {
    this.#res.write(`retry: ${RETRY}\n\n`);
    this.#heart.in(HEARTBEAT);
    try {
      while (!this.#closed) {
        if (!this.#news) await this.#wait();
        else await this.#send();
      }
    } catch (error) {
      this.#parts.log.error({ err: error }, 'live events could not be read');
      this.#cut();
    }
  }

  /** Ends it in order: the client sees the end and may come back. */
  end(): void {
    if (!this.#res.writableEnded) this.#res.end();
    this.#close();
  }

  async #send(): Promise<void> {
    // What is committed in the same turn of the event loop is read together; and a reader that catches up must leave the others
    // their turn, since the store answers at once and a socket may take all.
    await this.#parts.slices.next();
    this.#news = false;
    const events = await this.#parts.store.events(this.#after, PAGE);
    if (this.#closed || events.length === 0) return;
    this.#after = events.at(-1)?.seq ?? this.#after;
    this.#news = events.length === PAGE || this.#news;
    const shown = events.filter((event) => this.#parts.shows(event));
    if (shown.length > 0 && !this.#res.write(shown.map((event) => frame(event, this.#parts.shape(event))).join(''))) await this.#drained();
  }

  async #wait(): Promise<void> {
    this.#waiting = deferred();
    await this.#waiting.promise;
    this.#waiting = undefined;
  }

  async #drained(): Promise<void> {
    const free = deferred<void>();
    const patience = this.#parts.clock.setTimer(SLOWEST, () => {
      this.#parts.log.warn('a reader of live events was too slow and is cut; it can resume');
      this.#cut();
    });
    const resume = (): void => free.resolve();
    this.#res.once('drain', resume);
    this.#res.once('close', resume);
    await free.promise;
    this.#res.off('drain', resume);
    this.#res.off('close', resume);
    patience.cancel();
  }

  #beat(): void {
    if (this.#closed) return;
    if (!this.#parts.allowed()) {
      this.end();
      return;
    }
    if (!this.#res.writableNeedDrain) this.#res.write(':\n\n');
    this.#heart.in(HEARTBEAT);
  }

  #wake(): void {
    this.#news = true;
    this.#waiting?.resolve();
  }

  #cut(): void {
    this.#res.destroy();
    this.#close();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#heart.cancel();
    this.#unsubscribe();
    this.#waiting?.resolve();
  }
}

export interface ReaderParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly slices: Slices;
  /** Whether the key that opened it is still good. */
  allowed(): boolean;
  /** Whether an event is for it. */
  shows(event: StoredEvent): boolean;
  shape(event: StoredEvent): Happening;
}

/** One event in the form of the HTML standard 9.2.5; JSON has no line ends of its own. */
const frame = (event: StoredEvent, shape: Happening): string =>
  `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify({ id: event.id, ...shape })}\n\n`;
