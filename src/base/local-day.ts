/**
 * Tells the day of an instant at the site, as `2026-11-22`.
 * @param timeZone a name of the IANA zone database
 */
export function localDays(timeZone: string): (at: number) => string {
  // Canadian English writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (at) => format.format(at);
}
