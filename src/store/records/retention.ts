import type { Purpose } from '../../base/purpose.ts';

/** How long texts are kept, milliseconds since they were accepted or received. */
export type RetentionPeriods = Readonly<Record<Purpose | 'inbound', number>>;

/** What one run of retention has done. */
export interface Erased {
  /** Texts of messages, and texts that came in. */
  readonly messages: number;
  readonly inbound: number;
  /** More is due, and is left to the next runs: one run erases a fifth at most. */
  readonly more: boolean;
}
