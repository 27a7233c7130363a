import type { Rule } from '../rule.ts';

/** What is past its time, or would be before it may go, is not sent. */
export const validity: Rule = {
  rule: 'validity',
  rules: (f) =>
    f.isItsTurn || ((f.now < f.expiresAt || !f.clockTrusted) && (f.sendAt === null || f.sendAt < f.expiresAt))
      ? { verdict: 'pass', reason: 'withinTime' }
      : { verdict: 'refuse', reason: 'expired' },
};
