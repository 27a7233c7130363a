import type { Random } from '../base/random.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Milliseconds before the 2nd, 3rd ... try: two days in all. */
export const RETRIES: readonly number[] = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 16 * HOUR];

/** Spread, so that what failed together does not come back together. */
const JITTER = 0.1;

/**
 * Milliseconds until the next try, within 10 % of the plan; undefined when there is none left.
 * @param tries how often it was tried, 1 or more
 */
export function retryDelay(tries: number, random: Random): number | undefined {
  const planned = RETRIES[tries - 1];
  return planned === undefined ? undefined : Math.round(planned * (1 - JITTER + 2 * JITTER * random.float()));
}
