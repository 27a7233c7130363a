import type { Purpose } from '../../base/purpose.ts';
import type { MessageView } from './message.ts';

/** The clock as a process finds it at its start, or after a jump. */
export interface BootFacts {
  /** Which boot of the machine this is; within one, `base` changes only when the wall clock is set. */
  readonly bootId: string;
  /** Wall time less the time since the boot, milliseconds. */
  readonly base: number;
  /** @param lastAlive when the time was last known before, null if never */
  isTrusted(lastAlive: number | null): boolean;
  readonly now: number;
}

/** What becomes of a message that was due while the box was off. */
export type MissedRule = 'send' | 'list' | 'drop';

export interface MissedRules {
  readonly byPurpose: Readonly<Record<Purpose, MissedRule>>;
  /** What is later than this is missed, milliseconds. */
  readonly after: number;
}

export interface MissedJudged {
  readonly listed: number;
  readonly dropped: number;
  /** What there may be more of to judge: offers alone, which wait meanwhile, or others too. */
  readonly more: 'others' | 'offers' | 'none';
}

/** A message that waits for a person, since its time came while the box was off. */
export interface MissedView {
  readonly message: MessageView;
  /** When it should have gone. */
  readonly dueAt: number;
}

export type MissedOutcome =
  | { readonly kind: 'decided' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'notMissed'; readonly status: string };
