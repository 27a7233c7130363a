import type { Config } from '../config/options.ts';
import { readDay } from '../policy/local-date.ts';
import { type Presence, presenceAt } from '../policy/opening-hours.ts';
import type { Rule } from '../store/records/rule.ts';
import { dayNamed, minutesOf } from './site-policy.ts';

/** The rules that stand in the configuration. */
export const fileRules = (config: Config): Rule[] =>
  config.rule.map(({ name, words, prefix = null, pattern = null, reply = null, tag = null, webhook, notify }) => ({
    name,
    words,
    prefix,
    pattern,
    reply,
    tag,
    webhook,
    notify,
  }));

/** Whether somebody is there at an instant, as the configuration says. */
export function presenceOf({ site, openingHours, holidays }: Config): (at: number) => Presence {
  const openings = openingHours.map(({ days, from, to }) => ({
    days: new Set(days.map(dayNamed)),
    from: minutesOf(from),
    to: minutesOf(to),
  }));
  const closed = new Set(holidays.dates.flatMap((date) => readDay(date) ?? []));
  return (at) => presenceAt(openings, { timeZone: site.timeZone, country: site.country, closed }, at);
}
