import type { Rule } from '../rule.ts';

/** A service message waits so long for somebody to confirm the clock, milliseconds. */
const PATIENCE = 60_000;

/** While nobody knows the time, a service message waits a little for somebody who does. */
export const clock: Rule = {
  rule: 'clock',
  rules: (f) =>
    f.isItsTurn || f.clockTrusted || f.purpose !== 'service' || f.sendAt !== null
      ? { verdict: 'pass', reason: f.clockTrusted ? 'clockTrusted' : 'clockUntrusted' }
      : { verdict: 'hold', reason: 'clockUntrusted', until: f.now + PATIENCE },
};
