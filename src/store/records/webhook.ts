import type { DeliveryReason, StoredEvent } from './event.ts';

/** A webhook that was added by API. */
export interface StoredWebhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  /** How often its secret was changed. */
  readonly secretTurn: number;
  /** Until when the secret of before signs too; null where there is none. */
  readonly previousUntil: number | null;
  readonly createdAt: number;
}

export type WebhookChange = Partial<Pick<StoredWebhook, 'url' | 'events' | 'secretTurn' | 'previousUntil'>>;

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;

/** `pending` while it is still tried, `failed` once it is given up. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What became of one event at one endpoint. */
export interface DeliveryRecord {
  readonly delivery: number;
  readonly state: DeliveryState;
  readonly tries: number;
  readonly createdAt: number;
  /** When it is tried next; null once it is settled. */
  readonly dueAt: number | null;
  readonly settledAt: number | null;
  /** The HTTP status that ended it well. */
  readonly status: number | null;
  /** What went wrong at the last try. */
  readonly reason: DeliveryReason | null;
  readonly error: string | null;
  readonly event: StoredEvent;
}
