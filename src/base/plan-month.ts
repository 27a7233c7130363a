import type { Stretch } from './stretch.ts';
import { offsetIn } from './zone-offset.ts';

/**
 * The month of a SIM's plan that an instant lies in: from midnight of the reset day at the site to that of the next. In a
 * month that is too short for the reset day it is the last one.
 * @param resetDay 1..31
 * @param timeZone a name of the IANA zone database
 */
export function planMonth(now: number, resetDay: number, timeZone: string): Stretch {
  const offset = offsetIn(timeZone);
  const here = new Date(now + offset(now));
  const year = here.getUTCFullYear();
  const month = here.getUTCMonth();
  const reset = (m: number): number => {
    const lastDay = new Date(Date.UTC(year, m + 1, 0)).getUTCDate();
    const midnight = Date.UTC(year, m, Math.min(resetDay, lastDay));
    // The offset of that day, not of today: between the two the clocks may have been put forward.
    return midnight - offset(midnight - offset(midnight));
  };
  const own = reset(month);
  return now >= own ? { from: own, to: reset(month + 1) } : { from: reset(month - 1), to: own };
}
