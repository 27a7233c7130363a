import type { Money } from '../../base/money.ts';
import type { Purpose } from '../../base/purpose.ts';
import type { CampaignEventType } from './campaign-event.ts';
import type { SimChoice } from './choice.ts';
import type { OccasionEventType } from './occasion-event.ts';

/** A message: what is asked, what it is made of, and how it is shown. */

export type Alphabet = 'gsm7' | 'ucs2';

export const MESSAGE_STATUSES = [
  'accepted',
  'held',
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'refused',
  'failed',
  'expired',
  'cancelled',
  'uncertain',
] as const;

export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

export const SEGMENT_STATES = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'uncertain',
  'failed',
  'expired',
  'refused',
  'cancelled',
] as const;

export type SegmentState = (typeof SEGMENT_STATES)[number];

/** How an attempt ended; `pending` while it is under way, `resent` for an uncertain one that was sent again. */
export type AttemptOutcome = 'pending' | 'sent' | 'refused' | 'notSent' | 'uncertain' | 'resent' | 'failed';

/** About the box itself. */
export type NoticeType = 'backup.failed' | 'store.restored' | 'limits.adjacentNumbers' | 'replies.many' | 'alert.raised' | 'alert.over';

export type DialogueEvent = 'dialogue.moved' | 'dialogue.ended';

export type EventType =
  | CampaignEventType
  | `message.${MessageStatus}`
  | 'inbound.received'
  | 'inbound.matched'
  | DialogueEvent
  | 'call.missed'
  | 'sim.balanceLow'
  | 'sim.barred'
  | 'sim.silent'
  | 'sim.restored'
  | 'sim.attention'
  | OccasionEventType
  | NoticeType;

/** What lets a message go at any hour: it answers what the client did just now, a person answers by hand, or a person let it go. */
export type Exemption = 'answer' | 'byHand' | 'released';

/** A person let it go: when, with which key, and why in their words. */
export interface Release {
  readonly at: number;
  readonly key: string;
  readonly reason: string;
}

export type ReleaseOutcome =
  | { readonly kind: 'released' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'notHeld'; readonly status: MessageStatus; readonly reason: string | null };

/** The verdict of policy as it is kept and shown. */
export interface PolicyRecord {
  /** When it was asked, where that was after the message was accepted. */
  readonly decidedAt?: number;
  readonly released?: Release;
  readonly decision: 'send' | 'hold' | 'refuse';
  readonly until: number | null;
  readonly rules: readonly { readonly rule: string; readonly verdict: 'pass' | 'warn' | 'hold' | 'refuse'; readonly reason: string }[];
}

interface NewSegment {
  /** The text that this segment carries; `segments.map(s => s.text).join('')` is the text as it is sent. */
  readonly text: string;
}

export interface NewMessage {
  readonly id: string;
  readonly keyId: string;
  readonly to: string;
  /** The text as the caller gave it. */
  readonly text: string;
  readonly purpose: Purpose;
  readonly alphabet: Alphabet;
  readonly segments: readonly NewSegment[];
  readonly flash: boolean;
  readonly transliterated: boolean;
  /** What it is about, in a word of the caller's: a client may end one topic alone. */
  readonly topic: string | null;
  /** Our answer to what the client did just now: an opt-out does not stop it. */
  readonly isOwnReply: boolean;
  /** The caller's own reference. */
  readonly reference: string | null;
  /** The ICCID asked for. */
  readonly sim: string | null;
  readonly sendAt: number | null;
  /** Of a reminder: what it reminds of. */
  readonly notAfter: number | null;
  /** At a forbidden hour rather than not at all. */
  readonly sendsAnyway: boolean;
  readonly exempt: Exemption | null;
  readonly acceptedAt: number;
  readonly expiresAt: number;
  readonly policy: PolicyRecord;
  /** `held` with its reason until `dueAt`, or `queued` when null. */
  readonly held: { readonly reason: string; readonly dueAt: number } | null;
}

export interface MessageFilter {
  readonly status?: MessageStatus;
  readonly to?: string;
  readonly purpose?: Purpose;
  /** Of this key alone. */
  readonly key?: string;
  /** Accepted at or after. */
  readonly since?: number;
}

export interface MessageView {
  readonly id: string;
  readonly keyId: string;
  readonly to: string;
  /** Empty once it was erased. */
  readonly text: string;
  /** When the text was erased. */
  readonly textErasedAt: number | null;
  readonly purpose: Purpose;
  readonly status: MessageStatus;
  readonly reason: string | null;
  readonly alphabet: Alphabet;
  readonly possibleDuplicate: boolean;
  /** The disk has not kept what was written: text, number or what else was asked for is another. */
  readonly damaged: boolean;
  readonly flash: boolean;
  readonly transliterated: boolean;
  readonly topic: string | null;
  readonly reference: string | null;
  /** The SIM that it goes or went through, or was asked for. */
  readonly sim: string | null;
  readonly sendAt: number | null;
  readonly notAfter: number | null;
  readonly acceptedAt: number;
  readonly expiresAt: number;
  readonly updatedAt: number;
  /** When it goes on at the earliest, where it waits for a time. */
  readonly dueAt: number | null;
  readonly policy: PolicyRecord;
  readonly segments: readonly SegmentView[];
  readonly events: readonly { readonly type: EventType; readonly at: number; readonly reason: string | null }[];
}

export interface SegmentView {
  readonly n: number;
  readonly state: SegmentState;
  readonly mr: number | null;
  readonly text: string;
  readonly attempts: readonly {
    readonly sim: string;
    readonly at: number;
    readonly outcome: AttemptOutcome;
    readonly cause: string | null;
    /** Why this SIM; null for one of before that was kept. */
    readonly choice: SimChoice | null;
    /** What its segment costs, as it was then; null where that was not known. */
    readonly price: Money | null;
  }[];
}
