import type { Rule } from '../rule.ts';

/** Where nobody knows how long something lasts, it is asked again after so long, milliseconds. */
const AGAIN = 3_600_000;

/**
 * There are moments at which an offer offends: the client waits for an answer or for their car, comes tomorrow anyway, or was not
 * content. It waits until that is over, where it is still worth sending then.
 */
export const moment: Rule = {
  rule: 'moment',
  manners: true,
  rules({ purpose, badMoments, exempt, expiresAt }, at) {
    if (purpose !== 'promotional') return { verdict: 'pass', reason: 'notForThisPurpose' };
    if (exempt === 'released') return { verdict: 'pass', reason: exempt };
    const [first, ...others] = badMoments
      .map(({ reason, until }) => ({ reason, until: until ?? at + AGAIN }))
      .filter(({ until }) => until > at);
    if (!first) return { verdict: 'pass', reason: 'goodMoment' };
    const { reason, until } = others.reduce((a, b) => (b.until > a.until ? b : a), first);
    return until < expiresAt ? { verdict: 'hold', reason, until } : { verdict: 'refuse', reason };
  },
};
