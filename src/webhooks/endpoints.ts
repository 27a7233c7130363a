import { hash } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { newId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import type { NewAudit } from '../store/records/audit.ts';
import type { Listing, Page } from '../store/records/listing.ts';
import type { DeliveryRecord, DeliveryState, StoredWebhook } from '../store/records/webhook.ts';
import type { Store } from '../store/store.ts';
import type { WebhookEndpoint } from './lane.ts';
import { derivedSecret } from './signature.ts';

/** Milliseconds that the secret of before signs too, so that a receiver can be told the new one in between. */
const BOTH_SECRETS = 86_400_000;

/** A webhook as it stands in the configuration. */
export interface ConfiguredWebhook {
  readonly url: string;
  readonly secret: string;
  readonly previousSecret?: string;
  readonly events: readonly string[];
}

/** A webhook as whoever runs the box sees it. */
export interface WebhookView {
  readonly id: string;
  readonly source: 'file' | 'api';
  readonly url: string;
  readonly events: readonly string[];
  readonly previousUntil: number | null;
  readonly createdAt: number | null;
  /** Since when it is not called, because it said that it is gone; null while it is called. */
  readonly goneSince: number | null;
}

export interface EndpointParts {
  readonly store: Pick<Store, 'webhooks'>;
  readonly clock: Clock;
  readonly random: Random;
  /** Of which the secrets are made: in the data folder and in no backup. */
  readonly key: Buffer;
  readonly configured: readonly ConfiguredWebhook[];
  /** Throws a Fault `webhookRefused` for an address that may not be called. */
  check(url: string): Promise<void>;
}

/** What is done with the endpoints whenever they change, and when deliveries are due again. */
export interface Calls {
  set(endpoints: readonly WebhookEndpoint[]): Promise<void>;
  wake(): void;
}

/** The endpoints that there are: those of the configuration, which only it changes, and those that were added by API. */
export class Endpoints {
  readonly #parts: EndpointParts;
  #calls: Calls | undefined;
  #urls: ReadonlyMap<string, string> = new Map();

  constructor(parts: EndpointParts) {
    this.#parts = parts;
  }

  /** Who calls them. */
  serve(calls: Calls): void {
    this.#calls = calls;
  }

  /** All, as they are called. */
  async all(): Promise<WebhookEndpoint[]> {
    const fromFile = this.#parts.configured.map(({ url, secret, previousSecret, events }) => ({
      name: url,
      url,
      secret,
      previous: previousSecret === undefined ? null : { secret: previousSecret, until: Number.POSITIVE_INFINITY },
      events,
      guarded: false,
    }));
    const all = [...fromFile, ...(await this.#parts.store.webhooks.all()).map((webhook) => this.#endpoint(webhook))];
    this.#urls = new Map(all.map(({ name, url }) => [name, url]));
    return all;
  }

  /** Those of the configuration first. */
  async list(): Promise<WebhookView[]> {
    const gone = await this.#parts.store.webhooks.gone();
    const fromFile = this.#parts.configured.map(({ url, events }) => ({
      id: fileId(url),
      source: 'file' as const,
      url,
      events,
      previousUntil: null,
      createdAt: null,
      goneSince: gone.get(url) ?? null,
    }));
    const added = await this.#parts.store.webhooks.all();
    return [...fromFile, ...added.map((webhook) => ({ ...this.#shown(webhook), goneSince: gone.get(webhook.id) ?? null }))];
  }

  /** @throws Fault `webhookRefused` */
  async create(
    wish: { readonly url: string; readonly events: readonly string[] },
    entryOf: (id: string) => NewAudit,
  ): Promise<{ webhook: WebhookView; secret: string }> {
    const { store, clock, random } = this.#parts;
    await this.#parts.check(wish.url);
    const stored = { ...wish, id: newId('whk', random), secretTurn: 0, previousUntil: null, createdAt: clock.now() };
    await store.webhooks.add(stored, entryOf(stored.id));
    await this.#changed();
    return { webhook: this.#shown(stored), secret: this.#secret(stored) };
  }

  /** @throws Fault `webhookRefused`, `webhookConfigured`, `notFound` */
  async change(id: string, wish: { readonly url?: string; readonly events?: readonly string[] }, entry: NewAudit): Promise<WebhookView> {
    this.#checkByApi(id);
    if (wish.url !== undefined) await this.#parts.check(wish.url);
    const stored = await this.#parts.store.webhooks.change(id, wish, entry);
    if (!stored) throw unknown();
    await this.#changed();
    return this.#shown(stored);
  }

  /** @throws Fault `webhookConfigured`, `notFound` */
  async remove(id: string, entry: NewAudit): Promise<void> {
    this.#checkByApi(id);
    if (!(await this.#parts.store.webhooks.remove(id, entry))) throw unknown();
    await this.#changed();
  }

  /** Another secret, and the one of before for a day more. @throws Fault `webhookConfigured`, `notFound` */
  async rotate(id: string, entry: NewAudit): Promise<{ webhook: WebhookView; secret: string }> {
    const { store, clock } = this.#parts;
    this.#checkByApi(id);
    const was = (await store.webhooks.all()).find((one) => one.id === id);
    if (!was) throw unknown();
    const change = { secretTurn: was.secretTurn + 1, previousUntil: clock.now() + BOTH_SECRETS };
    const stored = await store.webhooks.change(id, change, entry);
    if (!stored) throw unknown();
    await this.#changed();
    return { webhook: this.#shown(stored), secret: this.#secret(stored) };
  }

  /** @throws Fault `notFound`, `cursorInvalid` */
  async deliveries(id: string, state: DeliveryState | undefined, page: Page): Promise<Listing<DeliveryRecord>> {
    return this.#parts.store.webhooks.deliveries(await this.#nameOf(id), state, page);
  }

  /** Calls again what is named, or all that was given up of what happened since then. @returns how many. @throws Fault `notFound` */
  async resend(id: string, which: readonly number[] | { readonly failedSince: number }, entry: NewAudit): Promise<number> {
    const { store, clock } = this.#parts;
    const name = await this.#nameOf(id);
    const count =
      'failedSince' in which
        ? await store.webhooks.resendFailed(name, which.failedSince, clock.now(), entry)
        : await store.webhooks.resend(name, which, clock.now(), entry);
    this.#calls?.wake();
    return count;
  }

  /** Where an endpoint is, by its name in the store. */
  urlOf(name: string): string | undefined {
    return this.#urls.get(name);
  }

  async #changed(): Promise<void> {
    await this.#calls?.set(await this.all());
    this.#calls?.wake();
  }

  async #nameOf(id: string): Promise<string> {
    const configured = this.#parts.configured.find(({ url }) => fileId(url) === id);
    if (configured) return configured.url;
    if ((await this.#parts.store.webhooks.all()).some((one) => one.id === id)) return id;
    throw unknown();
  }

  #checkByApi(id: string): void {
    if (this.#parts.configured.some(({ url }) => fileId(url) === id)) {
      throw new Fault(
        'webhookConfigured',
        'This webhook stands in simpost.toml as a [[webhook]]: change it there, and start the daemon again.',
      );
    }
  }

  #endpoint(webhook: StoredWebhook): WebhookEndpoint {
    const { id, url, events, secretTurn, previousUntil } = webhook;
    const previous = previousUntil === null ? null : { secret: derivedSecret(this.#parts.key, id, secretTurn - 1), until: previousUntil };
    return { name: id, url, secret: this.#secret(webhook), previous, events, guarded: true };
  }

  #secret({ id, secretTurn }: StoredWebhook): string {
    return derivedSecret(this.#parts.key, id, secretTurn);
  }

  /** As one is that was just added or changed, which is called whatever it said before. */
  #shown({ id, url, events, previousUntil, createdAt }: StoredWebhook): WebhookView {
    const until = previousUntil !== null && previousUntil > this.#parts.clock.now() ? previousUntil : null;
    return { id, source: 'api', url, events, previousUntil: until, createdAt, goneSince: null };
  }
}

const WORD = 'whk_';

/** An address may hold a token, so it is no id. */
const fileId = (url: string): string => `${WORD}${hash('sha256', url, 'hex').slice(0, 24)}`;

/** The id of an endpoint by its name in the store: one of the configuration has its address there. */
export const webhookId = (name: string): string => (name.startsWith(WORD) ? name : fileId(name));

const unknown = (): Fault => new Fault('notFound', 'There is no webhook with this id; GET /v1/webhooks lists those that there are.');
