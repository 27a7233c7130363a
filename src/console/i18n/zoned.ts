/**
 * The instant of a wall time at the site, as RFC 3339 in UTC. Of a time that does not exist or exists twice, because clocks are
 * changed, one that is near.
 * @param written as a browser's field has it: `2026-11-23T09:00`
 */
export function instantAt(written: string, timeZone: string): string | undefined {
  const asUtc = Date.parse(`${written}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // The offset there and then; asked twice, since it may differ on the two sides of a change.
  const first = asUtc - offsetAt(asUtc, timeZone);
  return new Date(asUtc - offsetAt(first, timeZone)).toISOString();
}

/** What a browser's field takes for an instant, at the site. */
export function fieldValue(at: number, timeZone: string): string {
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 16);
}

/** The midnight before an instant at the site, as if the clock there were that of UTC: days and hours are counted from it. */
export const midnightAsUtc = (at: number, timeZone: string): number => Date.parse(`${fieldValue(at, timeZone).slice(0, 10)}T00:00:00Z`);

/** Milliseconds that the clocks of a zone are ahead of UTC. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(at / 1000) * 1000;
}
