import type { Rule } from '../rule.ts';

/** An offer goes only to whom the ledger proves to have agreed, where the site says so. */
export const consent: Rule = {
  rule: 'consent',
  rules({ purpose, wishes: { hasAgreed }, settings }) {
    if (purpose !== 'promotional' || !settings.consent) return { verdict: 'pass', reason: 'consentNotNeeded' };
    return hasAgreed ? { verdict: 'pass', reason: 'agreed' } : { verdict: 'refuse', reason: 'consentMissing' };
  },
};
