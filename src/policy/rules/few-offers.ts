import type { Rule } from '../rule.ts';

/** Who has asked for offers at most once a month gets the next one then. It is what the client wishes, so that no profile switches it off. */
export const fewOffers: Rule = {
  rule: 'fewOffers',
  rules({ purpose, wishes: { nextOfferAt }, expiresAt }, at) {
    if (purpose !== 'promotional') return { verdict: 'pass', reason: 'notForThisPurpose' };
    if (nextOfferAt === null || nextOfferAt <= at) return { verdict: 'pass', reason: 'wanted' };
    return nextOfferAt < expiresAt
      ? { verdict: 'hold', reason: 'monthlyOffers', until: nextOfferAt }
      : { verdict: 'refuse', reason: 'monthlyOffers' };
  },
};
