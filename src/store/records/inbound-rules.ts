import type { Purpose } from '../../base/purpose.ts';
import type { SuppressionScope } from '../../base/suppression-scope.ts';

/** What a client's text means to us, and what follows from it; judged by a pure function that the store is handed. */

/** What a person is asked to look at. */
export const TASK_KINDS = ['optOutUnsure', 'visit', 'wrongNumber', 'notFollowed'] as const;

export type TaskKind = (typeof TASK_KINDS)[number];

/** What Simpost itself answers; the words stand in `texts/`. */
export const REPLY_KINDS = ['stoppedOffers', 'stoppedKind', 'stoppedAll', 'started', 'startedButOffers', 'agreed', 'help'] as const;

export type ReplyKind = (typeof REPLY_KINDS)[number];

export const MEANINGS = ['stop', 'start', 'help', 'yes', 'visit', 'wrongNumber', 'unsure'] as const;

export type Meaning = (typeof MEANINGS)[number];

/** What is known when a text is judged, as of the transaction that stores it. */
export interface InboundFacts {
  readonly from: string;
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
  /** Whether the very last that went out was a reply of our own. */
  readonly answersOwnReply: boolean;
  /** What the sender has ended before. */
  readonly ended: readonly SuppressionScope[];
  /** Whether the ledger proves that the sender once agreed to offers. */
  readonly hasAgreed: boolean;
  /** The sender is a SIM of this box. */
  readonly isOurs: boolean;
  /** Texts from the sender that were just the same, within an hour, this one included. */
  readonly sameWithinHour: number;
  /** Our own replies: to this number within an hour and a day, to everybody within an hour. */
  readonly replies: { readonly hour: number; readonly day: number; readonly everybody: number };
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
  readonly reply: ReplyKind | null;
}

export type JudgeInbound = (facts: InboundFacts) => InboundOutcome;

export interface OwnReply {
  readonly seq: number;
  readonly to: string;
  readonly iccid: string;
  readonly kind: ReplyKind;
  /** What it answers, for its language. */
  readonly heard: string;
  readonly at: number;
}

export interface Task {
  readonly id: string;
  readonly kind: TaskKind;
  /** The number that it is about. */
  readonly contact: string;
  readonly inboundId: string | null;
  readonly at: number;
  readonly doneAt: number | null;
  /** Who did it: the id of an API key. */
  readonly doneBy: string | null;
}
