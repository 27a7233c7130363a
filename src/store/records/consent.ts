import type { Purpose } from '../../base/purpose.ts';

/** Who agreed to what: once written, never changed. */
export interface NewConsent {
  readonly id: string;
  /** E.164. */
  readonly to: string;
  readonly purpose: Purpose;
  /** Null for every topic. */
  readonly topic: string | null;
  /** How: `form`, `call`, `doubleOptIn` ... */
  readonly source: string;
  /** The very words that were agreed to. */
  readonly wording: string;
  /** Who took it. */
  readonly actor: string;
  /** When it was given; from then on it counts. */
  readonly at: number;
  /** When it ends; null for never. */
  readonly until: number | null;
  readonly recordedAt: number;
}
