import type { Site } from './recipient.ts';
import { type QuietDay, type QuietHours, type QuietPurpose, SendingHours } from './sending-hours.ts';

/** How strict policy is: `off` is for staging, and leaves only what a client has said themselves. */
export type Profile = 'off' | 'standard' | 'strict';

/** What the site has set of its manners. Durations in milliseconds. */
export interface PolicySettings {
  readonly profile: Profile;
  readonly site: Site;
  /** Whether an offer needs a consent in the ledger. */
  readonly consent: boolean;
  readonly hours: SendingHours;
  /** What a reminder leaves before its time when it is moved. */
  readonly lead: number;
  /** What waited for the end of quiet hours goes out over so long a time. */
  readonly spread: number;
  /** Countries that are sent to; null for all. */
  readonly countries: ReadonlySet<string> | null;
  /** Messages to one recipient; 0 takes a cap away. */
  readonly caps: { readonly promotionalPer7Days: number; readonly allPerDay: number };
}

const EVERY_DAY: ReadonlySet<QuietDay> = new Set([0, 1, 2, 3, 4, 5, 6]);
const SUNDAYS_AND_HOLIDAYS: ReadonlySet<QuietDay> = new Set([0, 'holiday']);

const at = (hour: number): number => hour * 60;

/** 9 to 21 on every day; for `strict` an offer from Monday to Saturday from 9 to 20, inside what any country here allows. */
const QUIET_HOURS: Readonly<Record<Exclude<Profile, 'off'>, readonly QuietHours[]>> = {
  standard: [
    { purpose: 'service', days: EVERY_DAY, from: at(21), to: at(9) },
    { purpose: 'promotional', days: EVERY_DAY, from: at(21), to: at(9) },
  ],
  strict: [
    { purpose: 'service', days: EVERY_DAY, from: at(21), to: at(9) },
    { purpose: 'promotional', days: EVERY_DAY, from: at(20), to: at(9) },
    { purpose: 'promotional', days: SUNDAYS_AND_HOLIDAYS, from: at(0), to: at(24) },
  ],
};

/**
 * When recipients may be written to. What the site has set of a purpose stands instead of all that the profile says of it.
 * @param own the site's quiet hours
 * @param closed its own holidays, days since 1970-01-01
 */
export function sendingHours(profile: Profile, own: readonly QuietHours[], closed: readonly number[]): SendingHours {
  const set = new Set<QuietPurpose>(own.map(({ purpose }) => purpose));
  const standing = profile === 'off' ? [] : QUIET_HOURS[profile].filter(({ purpose }) => !set.has(purpose));
  return new SendingHours([...standing, ...own], new Set(closed));
}
