/** A stretch of time: from its first instant to the first one after it, milliseconds since 1970. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

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

/** How far the clocks of a zone are ahead of UTC at an instant, milliseconds. */
function offsetIn(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
    const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return local - Math.floor(at / 1000) * 1000;
  };
}
