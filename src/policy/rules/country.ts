import type { Rule } from '../rule.ts';

/** Numbers of countries that the site has no business with are where stolen keys and forms make money. */
export const country: Rule = {
  rule: 'country',
  manners: true,
  rules: ({ to, settings }) => {
    if (settings.countries === null) return { verdict: 'pass', reason: 'anyCountry' };
    if (to.country !== null && settings.countries.has(to.country)) return { verdict: 'pass', reason: 'countryAllowed' };
    return { verdict: 'refuse', reason: 'countryNotAllowed' };
  },
};
