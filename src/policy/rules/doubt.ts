import type { Rule } from '../rule.ts';

/** Where a client may have asked for an end of texts, offers wait until a person has read it. */
export const doubt: Rule = {
  rule: 'doubt',
  rules: ({ purpose, wishes: { offersHeldUntil, isOwnReply } }) =>
    purpose === 'promotional' && offersHeldUntil !== null && !isOwnReply
      ? { verdict: 'hold', reason: 'optOutUnsure', until: offersHeldUntil }
      : { verdict: 'pass', reason: 'noDoubt' },
};
