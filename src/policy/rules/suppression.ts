import type { Rule } from '../rule.ts';

/** What a client has ended is not sent; nor is anything but codes while nobody knows who has ended what. */
export const suppression: Rule = {
  rule: 'suppression',
  rules({ wishes: { suppressed, isOwnReply } }) {
    if (suppressed === null) return { verdict: 'pass', reason: 'wanted' };
    // The confirmation of an opt-out comes after it.
    if (isOwnReply) return { verdict: 'pass', reason: 'answer' };
    return { verdict: 'refuse', reason: suppressed === 'unknown' ? 'suppressionsUnknown' : 'optedOut' };
  },
};
