import { sleep, systemClock } from '../../src/base/clock.ts';

/**
 * Looks until it is so, and leaves the processor to who makes it so; the test's own limit ends it. For what no event tells of in another
 * process; in our own, tests await events or move a clock.
 */
export async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await so())) await sleep(systemClock, 20);
}
