import type { NewAudit } from './records/audit.ts';
import type { Listing, Page } from './records/listing.ts';
import type { DeliveryRecord, DeliveryState, StoredWebhook, WebhookChange } from './records/webhook.ts';

/** Webhooks that were added by API, and what was called of all. An endpoint of the configuration goes by its URL, any other by its id. */
export interface WebhookStore {
  add(webhook: StoredWebhook, audit: NewAudit): Promise<void>;
  /** @returns as it is now; undefined when there is none with this id */
  change(id: string, change: WebhookChange, audit: NewAudit): Promise<StoredWebhook | undefined>;
  /** What waits for it is never called. @returns whether there was one */
  remove(id: string, audit: NewAudit): Promise<boolean>;
  /** The oldest first. */
  all(): Promise<StoredWebhook[]>;
  /** Which endpoints said that they are gone, and since when: until they are changed, or something is sent again. */
  gone(): Promise<ReadonlyMap<string, number>>;
  /** The newest first; kept for a week after it was settled. */
  deliveries(endpoint: string, state: DeliveryState | undefined, page: Page): Promise<Listing<DeliveryRecord>>;
  /** Makes these deliveries due again, as if never tried. @returns how many there were */
  resend(endpoint: string, deliveries: readonly number[], now: number, audit: NewAudit): Promise<number>;
  /** The same for all that were given up of events since then. */
  resendFailed(endpoint: string, since: number, now: number, audit: NewAudit): Promise<number>;
}
