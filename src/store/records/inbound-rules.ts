import type { Purpose } from '../../base/purpose.ts';
import type { SuppressionScope } from '../../base/suppression-scope.ts';

/** What a client's text means to us, and what follows from it; judged by a pure function that the store is handed. */

/** What a person is asked to look at. */
export const TASK_KINDS = [
  'optOutUnsure',
  'visit',
  'wrongNumber',
  'notFollowed',
  'confirmed',
  'unclear',
  'lowRating',
  'untold',
  'call',
  'rule',
  'dialogue',
  'own',
] as const;

export type TaskKind = (typeof TASK_KINDS)[number];

/** What Simpost answers in words that stand in `texts/`. */
export const OWN_WORDS = ['stoppedOffers', 'stoppedKind', 'stoppedAll', 'started', 'startedButOffers', 'agreed', 'help'] as const;

export type OwnWords = (typeof OWN_WORDS)[number];

/** All that Simpost says by itself: those, what a rule or a dialogue says, what goes to the duty phone, and what asks whether a number is meant. */
export const REPLY_KINDS = [...OWN_WORDS, 'rule', 'away', 'dialogue', 'alarm', 'confirm'] as const;

export type ReplyKind = (typeof REPLY_KINDS)[number];

/** So many replies to everybody within an hour, and there are no more of them, and somebody is told (X22). */
export const MANY_REPLIES = 30;

/** What is known when a text may be answered, so that no two machines keep talking (X22). */
export interface ReplyCounts {
  readonly from: string;
  /** The sender is a SIM of this box. */
  readonly isOurs: boolean;
  /** Texts from the sender that were just the same, within an hour, this one included. */
  readonly sameWithinHour: number;
  /** Replies of our own outside dialogues: to this number within an hour and a day, to everybody within an hour. */
  readonly replies: { readonly hour: number; readonly day: number; readonly everybody: number };
}

export const MEANINGS = ['stop', 'start', 'help', 'yes', 'visit', 'wrongNumber', 'unsure', 'cancel'] as const;

export type Meaning = (typeof MEANINGS)[number];

/** What is known when a text is judged, as of the transaction that stores it. */
export interface InboundFacts extends ReplyCounts {
  readonly text: string;
  readonly now: number;
  /** The last message that went out to the sender, our own replies apart. */
  readonly answered: {
    readonly purpose: Purpose;
    readonly topic: string | null;
    readonly remindsOf: number | null;
    readonly at: number;
    readonly text: string;
  } | null;
  /** Whether the sender is in a dialogue on this SIM. */
  readonly inDialogue: boolean;
  /** Whether the very last that went out was a reply of our own. */
  readonly answersOwnReply: boolean;
  /** What the sender has ended before. */
  readonly ended: readonly SuppressionScope[];
  /** Whether the ledger proves that the sender once agreed to offers. */
  readonly hasAgreed: boolean;
}

export interface InboundOutcome {
  readonly meaning: Meaning | null;
  readonly suppress: readonly SuppressionScope[];
  readonly release: readonly SuppressionScope[];
  /** The sender agrees to offers: how, and to which words. */
  readonly agrees: { readonly source: 'start' | 'doubleOptIn'; readonly wording: string } | null;
  /** Until when offers wait for a person; null when they need not. */
  readonly holdOffersUntil: number | null;
  readonly task: TaskKind | null;
  readonly reply: OwnWords | null;
}

export type JudgeInbound = (facts: InboundFacts) => InboundOutcome;

export interface NewOwnReply {
  readonly to: string;
  readonly iccid: string;
  /** The text that it answers, or that it is about. */
  readonly inboundSeq: number | null;
  readonly kind: ReplyKind;
  readonly at: number;
  /** What it says; null where its kind says that. */
  readonly text?: string | null;
  /** `service` unless given. */
  readonly purpose?: Purpose | null;
  readonly topic?: string | null;
  /** It is worth nothing after; half an hour unless given. */
  readonly until?: number | null;
}

export interface OwnReply extends Required<Omit<NewOwnReply, 'inboundSeq'>> {
  readonly seq: number;
  /** What it answers, for its language. */
  readonly heard: string;
}

export interface Task {
  readonly id: string;
  readonly kind: TaskKind;
  /** The number that it is about. */
  readonly contact: string;
  readonly inboundId: string | null;
  /** The occasion that it is about: its kind, `/` and its external id. */
  readonly occasion: string | null;
  /** What somebody at the desk has written of it. */
  readonly text: string | null;
  readonly at: number;
  readonly doneAt: number | null;
  /** Who did it: the id of an API key. */
  readonly doneBy: string | null;
}
