/** What the owner asks about. */

export const STATISTIC_GROUPS = ['day', 'purpose', 'kind', 'template', 'sim'] as const;

export type StatisticGroup = (typeof STATISTIC_GROUPS)[number];

export interface StatisticFilter {
  /** What was sent, heard or booked for `from` or later, before `to`. */
  readonly from: number;
  readonly to: number;
  readonly groupBy: StatisticGroup;
  /** Whose days are counted. */
  readonly timeZone: string;
}

/** Whole numbers that can be added up. */
export const COUNTS = [
  'sent',
  'delivered',
  'failed',
  'replied',
  'optedOut',
  'visits',
  'confirmed',
  'moved',
  'cancelled',
  'came',
  'didNotCome',
] as const;

export type Counts = Readonly<Record<(typeof COUNTS)[number], number>>;

export interface Statistic extends Counts {
  /** A day as `2026-11-22`, a purpose, a kind, a kind and a step or a template, an ICCID; null for what belongs to none. */
  readonly group: string | null;
  /** Millionths, by currency; segments of which no price was known cost nothing here. */
  readonly cost: ReadonlyMap<string, number>;
}

/** What clients thought of one resource. */
export interface RatingSum {
  /** Null for occasions without one. */
  readonly resource: string | null;
  readonly count: number;
  readonly sum: number;
  /** How many gave 1, 2, 3, 4 and 5. */
  readonly distribution: readonly [number, number, number, number, number];
}
