import type { Config } from '../config/options.ts';
import { readDay } from '../policy/local-date.ts';
import { recipientOf } from '../policy/recipient.ts';
import type { QuietDay, QuietHours } from '../policy/sending-hours.ts';
import { type PolicySettings, sendingHours } from '../policy/settings.ts';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** What the configuration says of manners, as policy takes it. */
export function sitePolicy(config: Config): PolicySettings {
  const { profile, countries, reminderLead, spread } = config.policy;
  const { country, timeZone } = config.site;
  const named = countries.length > 0 || country === undefined ? countries : [country];
  return {
    profile,
    site: { country, timeZone },
    consent: config.policy.consent,
    hours: sendingHours(
      profile,
      config.quietHours.map(quietHoursOf),
      config.holidays.dates.flatMap((date) => readDay(date) ?? []),
    ),
    lead: reminderLead * 1000,
    spread: spread * 1000,
    countries: named.length === 0 || named.includes('*') ? null : new Set(named),
    caps: config.caps,
  };
}

/** From when on a number may be written to about what it has with the site; at once where no hour is open in a month. */
export function openFrom({ hours, site }: PolicySettings, to: string, at: number): number {
  const recipient = recipientOf(to, site);
  return hours.isOpen('service', recipient, at) ? at : (hours.after('service', recipient, at)?.from ?? at);
}

function quietHoursOf({ purpose, days, from, to }: Config['quietHours'][number]): QuietHours {
  return { purpose, days: new Set(days.map(dayNamed)), from: minutesOf(from), to: minutesOf(to) };
}

export const dayNamed = (name: string): QuietDay => (name === 'holiday' ? name : WEEKDAYS.indexOf(name));

/** Minutes since midnight of `21:30`. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
