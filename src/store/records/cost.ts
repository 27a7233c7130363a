/** What was spent. */

export const COST_GROUPS = ['purpose', 'sim', 'key', 'day', 'hour'] as const;

export type CostGroup = (typeof COST_GROUPS)[number];

export interface CostFilter {
  /** Segments handed to a modem at `from` or later, before `to`. */
  readonly from: number;
  readonly to: number;
  readonly groupBy: CostGroup;
  /** Whose days are counted. */
  readonly timeZone: string;
}

/** Segments that cost alike: of one group and in one currency, since sums of two currencies mean nothing. */
export interface CostSum {
  /** A purpose, an ICCID, the id of a key, or a day as `2026-11-22`. */
  readonly group: string;
  /** Null for segments of which the price was not known. */
  readonly currency: string | null;
  /** Copies that the network took, and what they cost, millionths of the currency. */
  readonly segments: number;
  readonly micros: number;
  /** Copies that may have gone out, which nobody knows; the operator may have charged them. */
  readonly doubtfulSegments: number;
  readonly doubtfulMicros: number;
}
