/**
 * Tells the day of an instant at the site, as `2026-11-22`.
 * @param timeZone a name of the IANA zone database
 */
export function localDays(timeZone: string): (at: number) => string {
  // Canadian English writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (at) => format.format(at);
}

/** The same of its hour, as `2026-11-22T14`. @param timeZone a name of the IANA zone database */
export function localHours(timeZone: string): (at: number) => string {
  const day = localDays(timeZone);
  const hour = new Intl.DateTimeFormat('en-CA', { timeZone, hour: '2-digit', hourCycle: 'h23' });
  return (at) => `${day(at)}T${hour.format(at)}`;
}
