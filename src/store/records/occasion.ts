import type { Purpose } from '../../base/purpose.ts';
import type { MessageStatus } from './message.ts';
import type { OccasionEventType } from './occasion-event.ts';

/** Something dated about a client, and what is told of it. Instants are milliseconds since 1970. */

/** How often it comes again. A month without the day has it on its last one. */
export interface Repeats {
  readonly every: number;
  readonly unit: 'day' | 'month' | 'year';
}

/** What the client has said of it last. */
export const ANSWERS = ['confirmed', 'cancelled', 'moveAsked'] as const;
export type Answer = (typeof ANSWERS)[number];

export const ATTENDANCES = ['came', 'didNotCome'] as const;
export type Attendance = (typeof ATTENDANCES)[number];

export type DataValue = string | number | { readonly amount: string; readonly currency: string };

/** What the client was asked and has not answered yet: which of these times, whether to cancel, or whether they want this time. */
export type Question =
  | { readonly ask: 'slot'; readonly slots: readonly number[]; readonly at: number }
  | { readonly ask: 'cancel'; readonly at: number }
  | { readonly ask: 'offer'; readonly startsAt: number; readonly resource: string | null; readonly at: number };

export interface Occasion {
  readonly id: string;
  /** The API key that first told of it. */
  readonly keyId: string;
  readonly kind: string;
  /** The caller's own name of it, one in its kind. */
  readonly externalId: string;
  readonly to: string;
  /** The external id of the contact, where it is one. */
  readonly contact: string | null;
  readonly name: string | null;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly startsAt: number | null;
  /** It has a day and no hour; `startsAt` is its midnight where the client is. */
  readonly allDay: boolean;
  readonly repeats: Repeats | null;
  readonly status: string | null;
  readonly statusAt: number;
  readonly resource: string | null;
  readonly data: Readonly<Record<string, DataValue>>;
  /** Times that may be offered to a client who wants to move. */
  readonly slots: readonly number[];
  readonly question: Question | null;
  readonly answer: Answer | null;
  readonly attendance: Attendance | null;
  /** How often its time has changed. */
  readonly moves: number;
  /** When the client last answered, or came back otherwise. */
  readonly heardAt: number | null;
  readonly createdAt: number;
  readonly changedAt: number;
}

/** `planned`, then `accepted` as a message; or `skipped`, with the reason, or `withdrawn`. */
export type StepState = 'planned' | 'accepted' | 'skipped' | 'withdrawn';

/** A text that is said as it is, and not out of a template: a reply, or news for many. */
export interface Saying {
  readonly text: string;
  readonly purpose: Purpose;
  readonly topic: string | null;
  /** It answers what the client has just written. */
  readonly isReply: boolean;
  /** News for many, which a person has confirmed by their number. */
  readonly isNotice: boolean;
  readonly notAfter: number | null;
}

/** A text to say, once for its instance. */
export interface NewSaying extends Saying {
  readonly instance: string;
  readonly dueAt: number;
  /** The time that it tells. */
  readonly about: number | null;
  /** Why it is not said after all; the row stands as a mark. */
  readonly skip: string | null;
}

/** One thing that is told, or was, or will be. */
export interface OccasionStep {
  readonly seq: number;
  /** What is told, of which time: tells it apart from all else of this occasion. */
  readonly instance: string;
  /** Its name in the sequence. */
  readonly step: string;
  readonly state: StepState;
  readonly reason: string | null;
  readonly dueAt: number;
  /** Grows each time that it is withdrawn. */
  readonly revision: number;
  readonly messageId: string | null;
  /** The time that the client was told. */
  readonly about: number | null;
  /** The template, where there is a choice of them. */
  readonly variant: string | null;
  readonly saying: Saying | null;
}

export interface OccasionView extends Occasion {
  readonly steps: readonly (OccasionStep & { readonly messageStatus: MessageStatus | null })[];
  readonly rating: number | null;
}

/** A step as the plan wants it. */
export interface WantedStep {
  readonly instance: string;
  readonly step: string;
  readonly dueAt: number;
  /** From when on it is handed to the queue. */
  readonly takeAt: number;
  /** Why it is not told. */
  readonly skip: string | null;
  /** What may be told in one text with it has the same. */
  readonly joins: string | null;
  readonly variant: string | null;
}

export interface OccasionPlan {
  readonly steps: readonly WantedStep[];
  /** When there is more to plan; null for never. */
  readonly replanAt: number | null;
}

/** What was said, where something was: the rating, what the client wrote, who did it. */
export interface OccasionDetail {
  readonly by: 'client' | 'desk' | 'program';
  readonly inbound: string | null;
  readonly rating: number | null;
}

/** What is asked of a person about an occasion. */
export type OccasionTask = 'visit' | 'confirmed' | 'unclear' | 'lowRating' | 'untold' | 'call';

export interface NewRating {
  readonly rating: number;
  readonly inboundId: string;
  readonly at: number;
}

/** What becomes of an occasion, as a pure function says; all of it happens, or nothing. */
export interface Amendment {
  readonly occasion: Occasion;
  /** What was accepted and not begun is withdrawn first, also where its time is the same. */
  readonly anew: boolean;
  /** @param steps as they are once what is untrue was withdrawn */
  readonly plan: (steps: readonly OccasionStep[]) => OccasionPlan;
  readonly says?: readonly NewSaying[];
  readonly events?: readonly { readonly type: OccasionEventType; readonly detail: OccasionDetail }[];
  /** Null inbound where it follows from nothing that was written. */
  readonly tasks?: readonly { readonly kind: OccasionTask; readonly inboundId: string | null; readonly isDone?: boolean }[];
  readonly rating?: NewRating;
  /** A time that others may have now. */
  readonly frees?: { readonly resource: string | null; readonly startsAt: number } | undefined;
  /** The client did something: whoever waits for a sign of them need not. */
  readonly heard?: boolean;
}

export type Amend = (occasion: Occasion | undefined, steps: readonly OccasionStep[]) => Amendment | undefined;

export interface OccasionRef {
  readonly kind: string;
  readonly externalId: string;
}

export interface OccasionFilter {
  readonly kind?: string;
  readonly to?: string;
  readonly resource?: string;
  readonly status?: string;
  readonly from?: number;
  readonly until?: number;
  /** Of this key alone. */
  readonly key?: string;
}

/** A step whose time has come, with what it is about. */
export interface DueStep extends OccasionStep {
  readonly joins: string | null;
  readonly occasion: Occasion;
}

/** A time that was given back. */
export interface FreedSlot {
  readonly seq: number;
  readonly kind: string;
  readonly resource: string | null;
  readonly startsAt: number;
}

/** Which step becomes a message. */
export interface StepMark {
  readonly seq: number;
  readonly revision: number;
  /** The time that the client is told by it. */
  readonly about: number | null;
}

/** Which message tells which steps. */
export interface Telling {
  readonly messageId: string;
  readonly steps: readonly StepMark[];
}
