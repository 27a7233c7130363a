import type { Rule } from '../rule.ts';

/** No client is reached at a number that charges whoever writes to it. */
export const premium: Rule = {
  rule: 'premium',
  manners: true,
  rules: ({ to }) => (to.premium ? { verdict: 'refuse', reason: 'premiumNumber' } : { verdict: 'pass', reason: 'ordinaryNumber' }),
};
