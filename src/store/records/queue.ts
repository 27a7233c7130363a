import type { Purpose } from '../../base/purpose.ts';
import type { SimsToChooseFrom } from './choice.ts';
import type { Alphabet, Exemption, PolicyRecord } from './message.ts';

/** Segments on their way: claimed, settled, in doubt. */

/** A message that began to be sent to somebody. */
export interface SentBefore {
  readonly at: number;
  readonly purpose: Purpose;
}

/** A message whose turn it is, as policy is asked about it. */
export interface TurnFacts {
  readonly to: string;
  readonly purpose: Purpose;
  readonly now: number;
  readonly acceptedAt: number;
  readonly expiresAt: number;
  readonly notAfter: number | null;
  readonly sendsAnyway: boolean;
  readonly exempt: Exemption | null;
  /** What was sent to the recipient before since then, or is on its way, codes and answers apart. Asks the disk. */
  sentBefore(since: number): readonly SentBefore[];
}

/** What policy says then: a message that is held goes back to wait, one that is refused ends. */
export type TurnRuling = PolicyRecord &
  (
    | { readonly decision: 'send' }
    | { readonly decision: 'hold'; readonly until: number; readonly reason: string }
    | { readonly decision: 'refuse'; readonly reason: string }
  );

export interface ClaimRequest {
  readonly iccid: string;
  readonly imei: string;
  /** The TP-MR that the modem is expected to give, 0..255, when known. */
  readonly predictedMr: number | null;
  /** The modem leaves our TP-MR as it is. */
  readonly keepsReference?: boolean;
  readonly now: number;
  /** Leaves offers alone. */
  readonly noOffers?: boolean;
  readonly sims?: SimsToChooseFrom;
  /** Policy, asked once more; without it all that is ready may go. */
  readonly judge?: (facts: TurnFacts) => TurnRuling;
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
  /** The TP-MR of a copy that the SMSC may still hold: it is to refuse this one then (TP-RD). */
  readonly copyOf: number | null;
}

export type Settlement =
  | { readonly kind: 'sent'; readonly mr: number; readonly at: number }
  /** The SMSC refused this copy, since it holds an earlier one with this TP-MR: that one is sent. */
  | { readonly kind: 'sentEarlier'; readonly mr: number; readonly at: number }
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
