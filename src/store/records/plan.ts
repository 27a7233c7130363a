import type { Money } from '../../base/money.ts';
import type { Purpose } from '../../base/purpose.ts';
import type { Allowance } from './allowance.ts';
import type { PackagePlan } from './sim-life.ts';

/** What may go through a SIM, and how much. */

/** All limits that a SIM may have: segments in a minute, an hour, a day and a month, and different recipients. */
export const CAP_NAMES = ['perMinute', 'perHour', 'perDay', 'perMonth', 'uniquePerDay', 'uniquePerMonth'] as const;

export type CapName = (typeof CAP_NAMES)[number];

/** The limits of a SIM; 0 is none. */
export type SimCaps = Readonly<Record<CapName, number>> & {
  /** The day on which its month begins, 1..31. */
  readonly resetDay: number;
};

export interface SimPlans {
  /** The limits of a SIM by its ICCID. */
  capsOf(iccid: string): SimCaps;
  /** What may go through a SIM at all; nothing where it is switched off. */
  purposesOf(iccid: string): readonly Purpose[];
  /** What a segment to a number costs through a SIM; null where that is not known. */
  priceOf(iccid: string, recipient: string): Money | null;
  /** Whether a SIM may carry a number, or the numbers of a route. */
  carries(iccid: string, number: string): boolean;
  /** What tells numbers apart that different SIMs may carry; null where each may carry all. */
  routeOf(number: string): string | null;
  /** Whether a SIM is preferred for a number. */
  prefers(iccid: string, recipient: string): boolean;
  /** Segments that are paid with the plan of a SIM; null where it has none. */
  packageOf(iccid: string): PackagePlan | null;
  /** For how many days the caps of a new SIM grow; 0 is not at all. */
  warmUpDays(iccid: string): number;
  /** Where its month begins at midnight. */
  readonly timeZone: string;
  /** What tells this start of the machine from others: the monotonic clock ran on since the last one that was the same. */
  readonly boot: string;
}

/** A cap that is reached, and when it gives way. */
export interface CapHold {
  readonly name: CapName;
  readonly limit: number;
  readonly until: number;
}

/** What a SIM has used of its caps, and what of them holds back what. */
export interface SimUse {
  /** Those that are not 0. */
  readonly caps: readonly { readonly name: CapName; readonly used: number; readonly limit: number }[];
  /** Nothing may go. */
  readonly everything: CapHold | null;
  /** No offer may go. */
  readonly offers: CapHold | null;
  /** Nothing may go to whom nothing went lately. */
  readonly newRecipients: CapHold | null;
  /** No offer may go to whom no offer went lately. */
  readonly offersToNewRecipients: CapHold | null;
  /** What may go past them all the same. */
  readonly allowance: Allowance | null;
}

/** What is asked of a SIM: to carry this purpose to this number. */
export interface Passage {
  readonly iccid: string;
  readonly purpose: Purpose;
  readonly recipient: string;
}
