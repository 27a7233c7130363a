import type { Rule } from '../rule.ts';

/** Not before the time that the caller gave. */
export const schedule: Rule = {
  rule: 'schedule',
  rules: (f) =>
    // While nobody knows the time, what is for a certain time waits, whatever the clock says.
    !f.isItsTurn && f.sendAt !== null && (f.sendAt > f.now || !f.clockTrusted)
      ? { verdict: 'hold', reason: 'scheduled', until: f.sendAt, wish: true }
      : { verdict: 'pass', reason: 'due' },
};
