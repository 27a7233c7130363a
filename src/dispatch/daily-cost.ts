import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Log } from '../base/log.ts';
import { type Money, writeAmount } from '../base/money.ts';
import type { NewMessage } from '../store/records/message.ts';
import type { Store } from '../store/store.ts';
import type { Beside } from './together.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Message = Pick<NewMessage, 'isOwnReply' | 'segments'>;

/**
 * What all messages of 24 hours may cost together, so that a stolen key or a form that is abused empties no SIM (X19). It counts what
 * is expected when a message is taken; before the start, what was spent. Our own replies to clients count, and are never refused.
 */
export class DailyCost {
  readonly #store: Pick<Store, 'costs'>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #most: Money | null;
  /** Oldest first. */
  readonly #taken: { readonly at: number; readonly micros: number }[] = [];
  #sum = 0;
  #reachedAt: number | undefined;

  /** @param parts.most null for no limit */
  constructor(parts: { store: Pick<Store, 'costs'>; clock: Clock; log: Log; most: Money | null }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#most = parts.most;
  }

  /** Whether a message was refused within the last hour. */
  get isReached(): boolean {
    return this.#reachedAt !== undefined && this.#clock.now() < this.#reachedAt + HOUR;
  }

  /** Remembers what was spent before the start, by the hour. */
  async start(): Promise<void> {
    if (!this.#most) return;
    const now = this.#clock.now();
    for (let from = now - DAY; from < now; from += HOUR) {
      const sums = await this.#store.costs({ from, to: from + HOUR, groupBy: 'sim', timeZone: 'UTC' }, () => Promise.resolve());
      this.#add(
        sums.filter(({ currency }) => currency === this.#most?.currency).reduce((sum, { micros }) => sum + micros, 0),
        from + HOUR,
      );
    }
  }

  /**
   * Whether one more message may be taken.
   * @param quote what it is expected to cost, asked where there is a limit; no price, and one of another currency, counts nothing
   * @param beside messages that are asked for together with it: they are taken to cost as much a segment
   * @throws Fault `costLimit`
   */
  check(message: Message, quote: () => Money | null, beside: Beside): void {
    const most = this.#most;
    if (!most || message.isOwnReply) return;
    const cost = quote();
    if (cost?.currency !== most.currency) return;
    this.#forget();
    const each = cost.micros / message.segments.length;
    if (this.#sum + cost.micros + each * beside.segments <= most.micros) return;
    const now = this.#clock.now();
    if (!this.isReached) this.#log.warn({}, 'the messages of a day cost as much as they may');
    this.#reachedAt = now;
    const why = `the messages of 24 hours cost ${writeAmount(most.micros)} ${most.currency}, and that is limits.costPerDay`;
    throw new Fault('costLimit', `Nothing was taken: ${why}. If that is meant, raise it; if not, look who sends so much.`, [], {
      retryAfter: Math.max(1, Math.ceil(((this.#taken[0]?.at ?? now) + DAY - now) / 1000)),
    });
  }

  /**
   * Counts messages before they are on the disk, so that what is asked for meanwhile finds them counted.
   * @returns takes them back, where they were not taken after all
   */
  take<M extends Message>(messages: readonly M[], quote: (message: M) => Money | null): () => void {
    const most = this.#most;
    const costs = most ? messages.map(quote).filter((cost) => cost?.currency === most.currency) : [];
    const micros = costs.reduce((sum, cost) => sum + (cost?.micros ?? 0), 0);
    this.#add(micros, this.#clock.now());
    return () => this.#add(-micros, this.#clock.now());
  }

  #add(micros: number, at: number): void {
    if (micros === 0) return;
    this.#taken.push({ at, micros });
    this.#sum += micros;
  }

  #forget(): void {
    const since = this.#clock.now() - DAY;
    for (let first = this.#taken[0]; first !== undefined && first.at <= since; first = this.#taken[0]) {
      this.#sum -= first.micros;
      this.#taken.shift();
    }
  }
}
