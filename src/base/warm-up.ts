const DAY = 86_400_000;

/**
 * Which day of its warm-up a SIM is in, 1 the first; null when that is over, or it has none. Operators look at what a new card
 * does in its first days, so its caps grow from day to day.
 * @param since when it was first here; one of which that is not known is not new
 */
export function warmUpDay(since: number | null, days: number, now: number): number | null {
  if (since === null || days === 0) return null;
  const day = Math.floor(Math.max(0, now - since) / DAY) + 1;
  return day > days ? null : day;
}

/** A cap on such a day: so many parts of it, one at least; 0 is no cap still. */
export function warmedCap(cap: number, day: number, days: number): number {
  return cap === 0 ? 0 : Math.max(1, Math.floor((cap * day) / days));
}
