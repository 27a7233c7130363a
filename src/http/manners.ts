import { localDays } from '../base/local-day.ts';
import { isHoliday } from '../policy/holidays.ts';
import { readDay, writeDay } from '../policy/local-date.ts';
import type { QuietDay } from '../policy/sending-hours.ts';
import { answers } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { type Manners, QUIET_DAYS } from './schemas/manners.ts';

/** What the site has set of its manners, so that whoever writes to clients can see when they are left alone. */
export function mannersRoutes(app: Api, { manners, clock, site, timeZone }: ApiParts): void {
  const dayAt = localDays(timeZone);
  app.get(
    '/v1/manners',
    {
      schema: {
        operationId: 'getManners',
        tags: ['box'],
        summary: 'The rules of policy that are set, and the quiet hours',
        response: answers({ 200: { description: 'As they are configured.', schema: Shared('Manners') } }, ['requestInvalid']),
      },
    },
    (): Promise<Manners> => {
      const { profile, consent, hours, lead, caps, countries } = manners;
      return Promise.resolve({
        profile,
        consent,
        quietHours: hours.quiet.map(({ purpose, days, from, to }) => ({
          purpose,
          days: [...days].map(dayName),
          from: clockOf(from),
          to: clockOf(to),
        })),
        closed: [...hours.closed].map(writeDay),
        holidays: week(readDay(dayAt(clock.now())) ?? 0)
          .filter((day) => hours.closed.has(day) || (site.country !== null && isHoliday(site.country, day)))
          .map(writeDay),
        reminderLead: lead / 1000,
        caps: { ...caps },
        countries: countries && [...countries],
      });
    },
  );
}

/** Seven days from this one on. */
const week = (first: number): number[] => [0, 1, 2, 3, 4, 5, 6].map((n) => first + n);

function dayName(day: QuietDay): (typeof QUIET_DAYS)[number] {
  return (day === 'holiday' ? day : QUIET_DAYS[day]) ?? 'holiday';
}

/** Minutes since midnight as `21:00`. */
const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
