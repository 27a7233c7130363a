import type { Balance } from './balance.ts';
import type { CallView } from './call.ts';
import type { CampaignHappening } from './campaign.ts';
import type { Dialogue } from './dialogue.ts';
import type { InboundView } from './inbound.ts';
import type { EventType, MessageView } from './message.ts';
import type { Occasion, OccasionDetail } from './occasion.ts';
import type { SimAlert } from './sim-life.ts';
import type { SimStanding } from './standing.ts';

/** Events, and who is told of them. */

export interface StoredEvent {
  readonly seq: number;
  /** The one id of this event, over all retries and endpoints. */
  readonly id: string;
  readonly type: EventType;
  readonly at: number;
  readonly reason: string | null;
  /** The resource as the API shows it in a list (no attempts, no events), as it was right after the event. */
  readonly message: EventMessage | null;
  readonly inbound: InboundView | null;
  readonly call: CallView | null;
  /** What was left on a SIM when it fell below its threshold. */
  readonly balance: (Balance & { readonly iccid: string }) | null;
  /** What a SIM needs somebody for. */
  readonly alert: (SimAlert & { readonly iccid: string }) | null;
  /** What happened to the box itself, in one sentence. */
  readonly notice: string | null;
  readonly standing: SimStanding | null;
  /** What became of an occasion. */
  readonly occasion: { readonly occasion: Occasion; readonly detail: OccasionDetail } | null;
  /** Without what it can go back to. */
  readonly dialogue: Omit<Dialogue, 'trail'> | null;
  readonly campaign: CampaignHappening | null;
}

export type EventMessage = Omit<MessageView, 'segments' | 'events' | 'policy' | 'damaged' | 'dueAt'> & { readonly segmentCount: number };

export interface Endpoint {
  /** Its name in the rows: stable over restarts, so the URL. */
  readonly name: string;
  /** Event types, `message.*` for all of a family, `*` for all. */
  readonly events: readonly string[];
}

export interface Delivery {
  readonly id: number;
  readonly tries: number;
  readonly createdAt: number;
  readonly event: StoredEvent;
}

/** Why a try failed, for programs that say it in a language of their own. */
export const DELIVERY_REASONS = [
  'status',
  'gone',
  'uncalled',
  'late',
  'nobodyListens',
  'hungUp',
  'nameUnknown',
  'noWay',
  'certificate',
  'forbidden',
] as const;

export type DeliveryReason = (typeof DELIVERY_REASONS)[number];

/** A try that failed. */
export interface DeliveryFailure {
  /** Null where it is none that programs know. */
  readonly reason: DeliveryReason | null;
  readonly error: string;
}

export type DeliveryOutcome =
  | { readonly kind: 'delivered'; readonly at: number; readonly status: number }
  | ({ readonly kind: 'retry'; readonly dueAt: number } & DeliveryFailure)
  | ({ readonly kind: 'abandoned'; readonly at: number } & DeliveryFailure)
  /** Given up, and the endpoint is called no more until somebody has it called again. */
  | ({ readonly kind: 'gone'; readonly at: number } & DeliveryFailure)
  /** Given up without a call, since the endpoint is gone. */
  | ({ readonly kind: 'uncalled'; readonly at: number } & DeliveryFailure);
