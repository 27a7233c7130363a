/** A SIM over the months: its package, and what keeps its operator from ending it. */

export interface PackagePlan {
  /** Segments of a month that are paid with its plan. */
  readonly size: number;
  /** Whether they may go to this number. */
  covers(recipient: string): boolean;
}

/** What was used of a SIM. */
export interface SimLife {
  /** When it was first in a modem here; null for one of before that was kept. */
  readonly since: number | null;
  /** The last top-up: as a person said, or as the balance rose. Null where none is known. */
  readonly toppedUpAt: number | null;
  /** The last segment that cost money; null where there was none. */
  readonly paidAt: number | null;
  /** Null where it has no package. */
  readonly package: {
    readonly size: number;
    /** Segments that came out of it this month, and of these seven days. */
    readonly used: number;
    readonly lastWeek: number;
    /** When its month began, and when the next does. */
    readonly from: number;
    readonly renewsAt: number;
  } | null;
}

export const SIM_ALERTS = ['packageEnding', 'packageUsedUp', 'topUpDue', 'paidEventDue'] as const;

export type SimAlertKind = (typeof SIM_ALERTS)[number];

export interface SimAlert {
  readonly kind: SimAlertKind;
  /** What it is, and what to do, in words. */
  readonly sentence: string;
}
