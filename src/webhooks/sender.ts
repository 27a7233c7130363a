import { Lane, type LaneParts, type WebhookEndpoint } from './lane.ts';

/**
 * From the outbox to signed HTTP calls. Rows are written by the store in the transaction of their event, so an event that
 * happened is an event that is told, however often the daemon dies in between; at least once, always under one id.
 */
export class WebhookSender {
  readonly #parts: LaneParts;
  readonly #endpoints: readonly WebhookEndpoint[];
  #lanes: readonly Lane[] = [];
  #unsubscribe: (() => void) | undefined;

  /** @throws Fault `configInvalid` for a secret that is none */
  constructor(parts: LaneParts & { endpoints: readonly WebhookEndpoint[] }) {
    this.#parts = parts;
    this.#endpoints = parts.endpoints;
    this.#lanes = parts.endpoints.map((endpoint) => new Lane(parts, endpoint));
  }

  /** From now on rows are written for the endpoints, and what is due is delivered. Before anything is accepted. */
  start(): void {
    const { store } = this.#parts;
    store.setEndpoints(this.#endpoints.map(({ url, events }) => ({ name: url, events })));
    this.#unsubscribe = store.onEvents(() => {
      for (const lane of this.#lanes) lane.wake();
    });
    for (const lane of this.#lanes) lane.wake();
  }

  /** Breaks off the calls under way; what they were about stays due. Resolves when nothing touches the store any more. */
  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await Promise.all(this.#lanes.map((lane) => lane.stop()));
  }
}
