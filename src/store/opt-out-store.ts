import type { Purpose } from '../base/purpose.ts';
import type { SuppressionScope } from '../base/suppression-scope.ts';
import type { NewAudit } from './records/audit.ts';
import type { NewConsent } from './records/consent.ts';
import type { Listing, Page } from './records/listing.ts';
import type { NewSuppression, Suppression } from './records/suppression.ts';

/** Who agreed to what. */
export interface ConsentStore {
  give(consent: NewConsent): Promise<void>;
  /** Whether a number agrees to a purpose now, at least for this topic. Synchronous: asked with every offer. */
  covers(to: string, purpose: Purpose, topic: string | null, now: number): boolean;
  /** The newest first; of one number, or all. */
  list(to: string | undefined, page: Page): Promise<Listing<NewConsent>>;
}

/** Who does not want what. Claims ask the same inside their own transaction, so that an opt-out holds from its commit on. */
export interface OptOutStore {
  /** Adds to the list, all in one transaction; what stands there already stays as it is. @returns how many were new */
  suppress(entries: readonly NewSuppression[], audit?: NewAudit): Promise<number>;
  /** Takes these scopes of a number off the list. @returns how many stood there */
  release(to: string, scopes: readonly SuppressionScope[], audit?: NewAudit): Promise<number>;
  /** What a number does not want, the oldest first. Synchronous, as are those below: they are asked with every message. */
  of(to: string): Suppression[];
  /** What stops such a message to a number: a scope, `unknown` while the list is known not to be whole, or null. */
  over(to: string, purpose: Purpose, topic: string | null): SuppressionScope | 'unknown' | null;
  /** Until when offers to a number wait, since a person is to read what the client meant. */
  offersHeldUntil(to: string, now: number): number | null;
  /** The client wants offers at most once a month, or takes that back. */
  setFewOffers(to: string, few: boolean, at: number, audit?: NewAudit): Promise<void>;
  /** Whether a number wants offers at most once a month. */
  wantsFewOffers(to: string): boolean;
  /** Since when the list is known not to be whole; null while it is. Until then nothing but codes goes out. */
  lostAt(): number | null;
  /** A person says that it is whole again. */
  setWhole(audit?: NewAudit): Promise<void>;
}
