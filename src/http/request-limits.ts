import type { FastifyReply } from 'fastify';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';

/** Who is remembered at a time; who has asked nothing for a second is forgotten first. */
const MOST_REMEMBERED = 10_000;

interface Bucket {
  /** Requests that may come now; at most a second's worth, and filled up by as much each second. */
  left: number;
  at: number;
}

/** How many requests each of many may make in a second, as token buckets. */
export class RequestLimits {
  readonly #clock: Clock;
  readonly #perSecond: number;
  readonly #buckets = new Map<string, Bucket>();

  /** @param perSecond 0 for any number */
  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
  }

  /**
   * Counts a request, and says in its answer what is left (draft-ietf-httpapi-ratelimit-headers).
   * @param who the id of a key or a user, or an address
   * @throws Fault `rateLimited`
   */
  take(who: string, reply: FastifyReply): void {
    const q = this.#perSecond;
    if (q === 0) return;
    const bucket = this.#bucketOf(who);
    const isOver = bucket.left < 1;
    if (!isOver) bucket.left -= 1;
    reply.header('ratelimit-policy', `"requests";q=${q};w=1`).header('ratelimit', `"requests";r=${Math.floor(bucket.left)};t=1`);
    if (isOver) {
      throw new Fault('rateLimited', `More than ${q} requests in a second: ask more slowly, or send many messages in one batch.`, [], {
        retryAfter: 1,
      });
    }
  }

  #bucketOf(who: string): Bucket {
    const now = this.#clock.monotonic();
    const before = this.#buckets.get(who);
    if (before) {
      before.left = Math.min(this.#perSecond, before.left + ((now - before.at) / 1000) * this.#perSecond);
      before.at = now;
      return before;
    }
    if (this.#buckets.size >= MOST_REMEMBERED) this.#forget(now);
    const bucket = { left: this.#perSecond, at: now };
    this.#buckets.set(who, bucket);
    return bucket;
  }

  /** After a second each bucket is full again, and as good as a new one. */
  #forget(now: number): void {
    for (const [who, { at }] of this.#buckets) if (now - at >= 1000) this.#buckets.delete(who);
    if (this.#buckets.size >= MOST_REMEMBERED) this.#buckets.clear();
  }
}
