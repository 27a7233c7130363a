import type { RatingSum, Statistic, StatisticFilter } from './records/statistic.ts';

/** The figures that the owner asks about. */
export interface StatisticStore {
  /** In order of their groups; `rest` is awaited between parts, so that others have a turn. */
  of(filter: StatisticFilter, rest: () => Promise<void>): Promise<Statistic[]>;
  /** What clients thought, by resource. Synchronous. */
  ratings(from: number, to: number): RatingSum[];
}
