import type { Purpose } from '../base/purpose.ts';
import type { SuppressionScope } from '../base/suppression-scope.ts';
import type { Recipient } from './recipient.ts';
import type { PolicySettings } from './settings.ts';

/** What is known about a message when policy is asked, at acceptance and again at each claim. Instants are milliseconds since 1970. */
export interface PolicyFacts {
  readonly purpose: Purpose;
  readonly to: Recipient;
  readonly now: number;
  /** Whether it has come to a claim: whoever claims has seen that it is worth sending and has waited for its time. */
  readonly isItsTurn: boolean;
  /** When the caller wants it sent, if later. */
  readonly sendAt: number | null;
  /** After that it must not be sent any more. */
  readonly expiresAt: number;
  /** Of a reminder: what it reminds of. */
  readonly notAfter: number | null;
  /** Whether it goes at a forbidden hour rather than not at all. */
  readonly sendsAnyway: boolean;
  /** What lets it go at any hour. */
  readonly exempt: Exemption | null;
  /** What was sent to the recipient before, or is on its way, over all keys; a week back, codes and answers apart. */
  readonly sentBefore: readonly SentBefore[];
  /** What keeps an offer from being welcome now; looked up for offers alone. */
  readonly badMoments: readonly BadMoment[];
  /** Whether `now` is to be believed. */
  readonly clockTrusted: boolean;
  /** Its own share of a wait that is spread, 0 to 1. */
  readonly share: number;
  readonly wishes: ClientsWishes;
  readonly settings: PolicySettings;
}

/** What the recipient has said of texts like this one. */
export interface ClientsWishes {
  /** What of the opt-out list stops it; `unknown` while that list is known not to be whole. */
  readonly suppressed: SuppressionScope | 'unknown' | null;
  /** Until when offers to this number wait for a person, who reads what the client meant. */
  readonly offersHeldUntil: number | null;
  /** The ledger proves that the client agreed to texts of this purpose. */
  readonly hasAgreed: boolean;
  /** The client wants offers at most once a month: when the next one may go; null where they have not said so. */
  readonly nextOfferAt: number | null;
  /** It is the program's own reply to what the client did just now. */
  readonly isOwnReply: boolean;
}

/** The client waits for an answer, has a visit within a day or a repair under way, or was not content lately. */
export interface BadMoment {
  readonly reason: 'unanswered' | 'visitNear' | 'repairUnderWay' | 'lowRating';
  /** Until when; null where that is not known. */
  readonly until: number | null;
}

/** It answers what the client did just now; a person answers them by hand, however late; a person let it go. */
export type Exemption = 'answer' | 'byHand' | 'released';

export interface SentBefore {
  readonly at: number;
  readonly purpose: Purpose;
}

/** What one rule says. The reason is a camelCase code. */
export type Ruling =
  | { readonly verdict: 'pass'; readonly reason: string }
  /** It goes, and whoever sends it by hand is told what would hold another. */
  | { readonly verdict: 'warn'; readonly reason: string }
  | {
      readonly verdict: 'hold';
      readonly reason: string;
      readonly until: number;
      /** It waits for what the caller wishes, and may go before. */
      readonly wish?: true;
      /** It goes then, however long a wish would hold it. */
      readonly instead?: true;
    }
  | { readonly verdict: 'refuse'; readonly reason: Refusal };

/** Why policy refuses a message; each is a fault of its own, with its sentence where the fault is thrown. */
export type Refusal =
  | 'optedOut'
  | 'suppressionsUnknown'
  | 'consentMissing'
  | 'expired'
  | 'countryNotAllowed'
  | 'premiumNumber'
  | 'noWindow'
  | 'promotionalPer7Days'
  | 'allPerDay'
  | 'monthlyOffers'
  | BadMoment['reason'];

/** One rule of policy: pure, in a file of its own under `rules/`. */
export interface Rule {
  /** As it is kept on the message and shown. */
  readonly rule: string;
  /** A matter of manners: not asked while the profile is `off`. */
  readonly manners?: true;
  /**
   * @param at the earliest moment that the rules before it leave, milliseconds since 1970; `now` while none of them holds
   * @param floor the same, wishes apart
   */
  rules(facts: PolicyFacts, at: number, floor: number): Ruling;
}
