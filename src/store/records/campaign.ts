import type { Purpose } from '../../base/purpose.ts';
import type { NewAudit } from './audit.ts';
import type { Listing, Page } from './listing.ts';
import type { MessageStatus } from './message.ts';

export const CAMPAIGN_STATES = ['draft', 'scheduled', 'planning', 'running', 'paused', 'finished', 'cancelled'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/** What to know before a campaign is started: how long it takes or that it never ends, that nothing can send it, that it is bulk to an operator. */
export const OUTLOOK_NOTES = ['days', 'never', 'noSims', 'bulk'] as const;
export type OutlookNote = (typeof OUTLOOK_NOTES)[number];

/** What a comparison of its texts finds: there is one, too few were sent to tell, the difference may be chance, or hardly. */
export const FINDINGS = ['one', 'few', 'same', 'better'] as const;
export type Finding = (typeof FINDINGS)[number];

/** By what texts are compared. */
export const MEASURES = ['delivered', 'replied', 'clicked', 'optedOut', 'cameBack'] as const;
export type Measure = (typeof MEASURES)[number];

/** One of the texts that are tried against each other. */
export interface CampaignVariant {
  readonly name: string;
  /** The name of a template, or a text by language. */
  readonly template: string | null;
  readonly texts: Readonly<Record<string, string>>;
  /** Of a hundred recipients. */
  readonly share: number;
}

/** What a campaign is to do. Instants are milliseconds since 1970. */
export interface CampaignPlan {
  readonly name: string;
  /** The name of a segment, or a condition of its own; everybody where there is neither. */
  readonly segment: string | null;
  readonly condition: unknown;
  readonly variants: readonly CampaignVariant[];
  readonly purpose: Extract<Purpose, 'promotional' | 'service'>;
  readonly topic: string | null;
  readonly startAt: number | null;
  /** Messages an hour; as fast as the SIMs carry them where it is null. */
  readonly perHour: number | null;
  /** Millionths. */
  readonly budget: { readonly micros: number; readonly currency: string } | null;
  /** It pauses when so many of a hundred who got it have opted out. */
  readonly stopAtOptOuts: number | null;
  readonly sim: string | null;
  /** Who has an occasion within so many days has come back. */
  readonly cameBackDays: number;
}

export interface Campaign {
  readonly seq: number;
  readonly id: string;
  readonly keyId: string;
  readonly plan: CampaignPlan;
  readonly state: CampaignState;
  /** Why it paused or ended by itself: `budget`, `optOuts`, `restored`. */
  readonly reason: string | null;
  readonly spent: number;
  readonly nextAt: number | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly changedAt: number;
}

/** `planned`, then `accepted` as a message, then `begun`; or `skipped` with the reason, or `cancelled`. */
export type RecipientState = 'planned' | 'accepted' | 'begun' | 'skipped' | 'cancelled';

export interface NewRecipient {
  readonly n: number;
  readonly contact: string;
  readonly recipient: string;
  readonly variant: number;
}

export interface WaitingRecipient {
  readonly n: number;
  readonly messageId: string;
  readonly status: MessageStatus;
  readonly reason: string | null;
}

/** A recipient whose message is taken in: in the same transaction, and only while the campaign runs. */
export interface CampaignMark {
  readonly campaign: number;
  readonly n: number;
  readonly messageId: string;
  readonly cost: number;
  readonly nextAt: number | null;
  /** Short links in it. */
  readonly links: readonly { readonly token: string; readonly url: string }[];
}

/** What became of one recipient. */
export interface RecipientFate {
  readonly n: number;
  readonly variant: number;
  readonly state: RecipientState;
  readonly cost: number | null;
  readonly status: MessageStatus | null;
  readonly replied: boolean;
  readonly clicked: boolean;
  readonly optedOut: boolean;
  readonly cameBack: boolean;
}

export interface CampaignStore {
  add(campaign: Pick<Campaign, 'id' | 'keyId' | 'plan' | 'createdAt'>): Promise<Campaign>;
  /** Synchronous, as all that do not change anything are. */
  of(id: string): Campaign | undefined;
  /** The newest first. */
  list(page: Page): Listing<Campaign>;
  /** Those that something may be due for. */
  active(): Campaign[];
  /** Goes on from one of these states; undefined, and nothing is done, where it is in another. */
  move(
    id: string,
    from: readonly CampaignState[],
    to: CampaignState,
    change: CampaignMove,
    audit?: NewAudit,
  ): Promise<Campaign | undefined>;
  addRecipients(campaign: number, recipients: readonly NewRecipient[]): Promise<void>;
  /** Takes a part of the recipients back; true when there are none left. */
  clearRecipients(campaign: number): Promise<boolean>;
  counts(campaign: number): Readonly<Record<RecipientState, number>>;
  next(campaign: number, limit: number): NewRecipient[];
  /** Those whose messages were taken in and are not known to have left the queue. */
  waiting(campaign: number): WaitingRecipient[];
  /** What became of some of them. @param put back `planned` counts its cost no more */
  settle(
    campaign: number,
    fates: readonly { readonly n: number; readonly state: RecipientState; readonly reason: string | null }[],
  ): Promise<void>;
  /** Recipients who have ended texts since they got it, in whatever way. */
  optOuts(campaign: number): number;
  /** Somebody follows a short link. @returns where it leads */
  follow(token: string, now: number): Promise<string | undefined>;
  /** What became of recipients after `after`. @param within milliseconds in which they come back */
  fates(campaign: number, after: number, limit: number, within: number): RecipientFate[];
}

export interface CampaignMove {
  readonly now: number;
  readonly reason?: string | null;
  readonly started?: boolean;
}

/** A campaign as it was right after an event. */
export interface CampaignHappening extends Pick<Campaign, 'id' | 'keyId' | 'state' | 'reason'> {
  readonly name: string;
  readonly counts: Readonly<Record<RecipientState, number>>;
  /** Recipients who have ended texts since they got it. */
  readonly optedOut: number;
}
