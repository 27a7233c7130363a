import type { LimitRules } from '../../src/dispatch/limits.ts';
import type { ClientsWishes, PolicyFacts } from '../../src/policy/rule.ts';
import { type PolicySettings, type Profile, sendingHours } from '../../src/policy/settings.ts';

/** Nothing is too much. */
export const NO_RECIPIENT_LIMITS: LimitRules = { recipientPerHour: 0, recipientPerDay: 0, otpPerTenMinutes: 0, adjacentNumbers: 0 };

/** A client who has said nothing. */
export const NO_WISHES: ClientsWishes = { suppressed: null, hasAgreed: false, offersHeldUntil: null, nextOfferAt: null, isOwnReply: false };

/** Policy of a site in Kyiv; off unless a profile is given, so that tests of other things work at any hour. */
export function policySettings(over: Partial<PolicySettings> = {}): PolicySettings {
  const profile: Profile = over.profile ?? 'off';
  return {
    profile,
    site: { country: 'UA', timeZone: 'Europe/Kyiv' },
    consent: false,
    hours: sendingHours(profile, [], []),
    lead: 3 * 3_600_000,
    spread: 600_000,
    countries: null,
    caps: { promotionalPer7Days: 0, allPerDay: 0 },
    ...over,
  };
}

/** A service message to Kyiv at one second past 1970, in time, about which nothing else is known. */
export function policyFacts(over: Partial<PolicyFacts> = {}): PolicyFacts {
  return {
    purpose: 'service',
    to: { country: 'UA', zones: ['Europe/Kyiv'], premium: false },
    now: 1000,
    isItsTurn: false,
    sendAt: null,
    expiresAt: 5000,
    notAfter: null,
    sendsAnyway: false,
    exempt: null,
    sentBefore: [],
    badMoments: [],
    clockTrusted: true,
    share: 0,
    wishes: NO_WISHES,
    settings: policySettings(),
    ...over,
  };
}
