import type { Purpose } from '../../base/purpose.ts';
import type { SimsToChooseFrom } from './choice.ts';
import type { Alphabet, PolicyRecord } from './message.ts';

/** Segments on their way: claimed, settled, in doubt. */

export interface ClaimRequest {
  readonly iccid: string;
  readonly imei: string;
  /** The TP-MR that the modem is expected to give, 0..255, when known. */
  readonly predictedMr: number | null;
  readonly now: number;
  /** Leaves offers alone. */
  readonly noOffers?: boolean;
  readonly sims?: SimsToChooseFrom;
}

export interface Claim {
  readonly attemptId: number;
  readonly messageId: string;
  readonly to: string;
  readonly purpose: Purpose;
  readonly alphabet: Alphabet;
  readonly flash: boolean;
  readonly expiresAt: number;
  readonly acceptedAt: number;
  readonly possibleDuplicate: boolean;
  readonly policy: PolicyRecord;
  /** 1-based. */
  readonly n: number;
  readonly total: number;
  readonly text: string;
  /** Attempts of this segment before this one, and the SIMs that made them. */
  readonly tries: number;
  readonly triedBy: readonly string[];
  /** Whether this SIM alone may send it: it was asked for, or a part of the message went, or may have gone, through it. */
  readonly bound: boolean;
  /** Concatenation reference when total > 1; 16 bits wide where the recipient's 8-bit ones are used up for a day. */
  readonly concat: { readonly ref: number; readonly bits: 8 | 16 } | null;
}

export type Settlement =
  | { readonly kind: 'sent'; readonly mr: number; readonly at: number }
  | {
      /** Surely not sent, and tried again: at once when `dueAt` is null. */
      readonly kind: 'retry';
      readonly outcome: 'refused' | 'notSent';
      readonly cause: string;
      readonly at: number;
      readonly dueAt: number | null;
      /** Leave it to other SIMs until then. */
      readonly avoid: { readonly iccid: string; readonly until: number } | null;
    }
  | {
      readonly kind: 'failed';
      readonly outcome: 'refused' | 'notSent';
      readonly cause: string;
      readonly reason: string;
      readonly at: number;
    }
  | { readonly kind: 'uncertain'; readonly cause: string; readonly at: number; readonly decideAt: number | null };

export interface RecoveredAttempt {
  readonly iccid: string;
  readonly at: number;
}

export interface UncertainAttempt {
  readonly attemptId: number;
  readonly messageId: string;
  readonly purpose: Purpose;
  readonly at: number;
  readonly expiresAt: number;
}

export interface QueueDepth {
  readonly ready: number;
  readonly waiting: number;
}
