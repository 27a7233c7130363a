import { isDeepStrictEqual } from 'node:util';
import { Lane, type LaneParts, type WebhookEndpoint } from './lane.ts';

interface Running {
  readonly endpoint: WebhookEndpoint;
  readonly lane: Lane;
}

/**
 * From the outbox to signed HTTP calls. Rows are written by the store in the transaction of their event, so an event that
 * happened is an event that is told, however often the daemon dies in between; at least once, always under one id.
 */
export class WebhookSender {
  readonly #parts: LaneParts;
  readonly #running = new Map<string, Running>();
  #unsubscribe: (() => void) | undefined;
  /** Changes follow one another. */
  #changing: Promise<void> = Promise.resolve();
  #stopped = false;

  /** @throws Fault `configInvalid` for a secret that is none */
  constructor(parts: LaneParts & { endpoints: readonly WebhookEndpoint[] }) {
    this.#parts = parts;
    for (const endpoint of parts.endpoints) this.#running.set(endpoint.name, { endpoint, lane: new Lane(parts, endpoint) });
  }

  /** From now on rows are written for the endpoints, and what is due is delivered. Before anything is accepted. */
  start(): void {
    this.#tellStore([...this.#running.values()].map(({ endpoint }) => endpoint));
    this.#unsubscribe = this.#parts.store.onEvents(() => this.wake());
    this.wake();
  }

  /** There may be something due. */
  wake(): void {
    for (const { lane } of this.#running.values()) lane.wake();
  }

  /**
   * From now on these are the endpoints. One that is as it was goes on undisturbed; the calls of one that is not are broken off,
   * and begin anew as it is now. Resolves when that is so.
   */
  set(endpoints: readonly WebhookEndpoint[]): Promise<void> {
    this.#tellStore(endpoints);
    this.#changing = this.#changing.then(() => this.#change(endpoints));
    return this.#changing;
  }

  /** Breaks off the calls under way; what they were about stays due. Resolves when nothing touches the store any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe?.();
    await this.#changing;
    await Promise.all([...this.#running.values()].map(({ lane }) => lane.stop()));
  }

  async #change(endpoints: readonly WebhookEndpoint[]): Promise<void> {
    if (this.#stopped) return;
    const gone = [...this.#running.values()].filter(({ endpoint }) => !endpoints.some((one) => isDeepStrictEqual(one, endpoint)));
    // No two lanes call one endpoint: the new one begins when the old one has ended.
    await Promise.all(gone.map(({ lane }) => lane.stop()));
    for (const { endpoint } of gone) this.#running.delete(endpoint.name);
    for (const endpoint of endpoints) {
      if (this.#running.has(endpoint.name)) continue;
      const lane = new Lane(this.#parts, endpoint);
      this.#running.set(endpoint.name, { endpoint, lane });
      lane.wake();
    }
  }

  #tellStore(endpoints: readonly WebhookEndpoint[]): void {
    this.#parts.store.setEndpoints(endpoints.map(({ name, events }) => ({ name, events })));
  }
}
