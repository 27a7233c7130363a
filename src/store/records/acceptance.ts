import type { Purpose } from '../../base/purpose.ts';
import type { MessageStatus } from './message.ts';

/** What came of asking for a message, or of withdrawing one. */

export interface NewIdempotency {
  readonly keyId: string;
  readonly idempotencyKey: string;
  /** SHA-256 of the request body, hex. */
  readonly bodyHash: string;
  /** The answer to repeat. */
  readonly status: number;
  readonly response: string;
  readonly location: string | null;
  readonly at: number;
}

export type Idempotency = Omit<NewIdempotency, 'keyId' | 'idempotencyKey'>;

export type AcceptOutcome = { readonly kind: 'accepted' } | { readonly kind: 'repeated'; readonly earlier: Idempotency };

/** A message that was taken in. */
export interface Accepted {
  readonly to: string;
  readonly purpose: Purpose;
  readonly at: number;
}

/** A message that counts against the quota of its key. */
export interface AcceptedUrgent {
  readonly keyId: string;
  readonly purpose: Purpose;
  readonly at: number;
}

/** What a person says of a message in doubt: `resend` sends it once more, as a possible duplicate. */
export const RESOLUTIONS = ['sent', 'failed', 'resend'] as const;

export type Resolution = (typeof RESOLUTIONS)[number];

export type ResolveOutcome =
  | { readonly kind: 'resolved' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'notUncertain'; readonly status: MessageStatus }
  /** Not worth sending any more, so it cannot be sent again. */
  | { readonly kind: 'pastItsTime'; readonly expiresAt: number };

export type CancelOutcome =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'tooLate'; readonly status: MessageStatus };
