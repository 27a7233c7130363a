import type { Purpose } from '../base/purpose.ts';

/**
 * Policy: facts in, decision out. Rules are asked in order of weight; each leaves a verdict that is kept on the message,
 * so that "why was it not sent?" has an answer. What forbids comes before what delays.
 */

/** What is known about a message when policy is asked, at acceptance and again at each claim. */
export interface PolicyFacts {
  readonly purpose: Purpose;
  /** Milliseconds since 1970, as are the others. */
  readonly now: number;
  /** When the caller wants it sent, if later. */
  readonly sendAt: number | null;
  /** After that it must not be sent any more. */
  readonly expiresAt: number;
  /** Whether `now` is to be believed. */
  readonly clockTrusted: boolean;
}

export interface RuleVerdict {
  readonly rule: string;
  readonly verdict: 'pass' | 'hold' | 'refuse';
  readonly reason: string;
}

export interface PolicyDecision {
  readonly decision: 'send' | 'hold' | 'refuse';
  /** When `hold` ends. */
  readonly until: number | null;
  /** The reason code of the rule that decided: `scheduled`, `expired`. Null for `send`. */
  readonly reason: string | null;
  readonly rules: readonly RuleVerdict[];
}

interface Ruling {
  readonly verdict: RuleVerdict['verdict'];
  readonly reason: string;
  readonly until?: number;
}

interface Rule {
  readonly rule: string;
  rules(facts: PolicyFacts): Ruling;
}

const RULES: readonly Rule[] = [
  {
    rule: 'validity',
    rules: (f) =>
      (f.now < f.expiresAt || !f.clockTrusted) && (f.sendAt === null || f.sendAt < f.expiresAt)
        ? { verdict: 'pass', reason: 'withinTime' }
        : { verdict: 'refuse', reason: 'expired' },
  },
  {
    rule: 'schedule',
    rules: (f) =>
      // While nobody knows the time, what is for a certain time waits, whatever the clock says.
      f.sendAt !== null && (f.sendAt > f.now || !f.clockTrusted)
        ? { verdict: 'hold', reason: 'scheduled', until: f.sendAt }
        : { verdict: 'pass', reason: 'due' },
  },
  {
    rule: 'clock',
    rules: (f) =>
      f.clockTrusted || f.purpose !== 'service' || f.sendAt !== null
        ? { verdict: 'pass', reason: f.clockTrusted ? 'clockTrusted' : 'clockUntrusted' }
        : { verdict: 'hold', reason: 'clockUntrusted', until: f.now + CLOCK_PATIENCE },
  },
];

/** A service message waits so long for somebody to confirm the clock, milliseconds. */
const CLOCK_PATIENCE = 60_000;

/** Asks every rule. A refusal wins over a hold; of several holds the latest end counts. */
export function decide(facts: PolicyFacts): PolicyDecision {
  const rulings = RULES.map((r) => ({ rule: r.rule, ...r.rules(facts) }));
  const rules = rulings.map(({ rule, verdict, reason }) => ({ rule, verdict, reason }));
  const refused = rulings.find((r) => r.verdict === 'refuse');
  if (refused) return { decision: 'refuse', until: null, reason: refused.reason, rules };
  const holds = rulings.filter((r) => r.verdict === 'hold');
  const longest = holds.reduce<(typeof holds)[number] | undefined>((a, b) => ((b.until ?? 0) > (a?.until ?? 0) ? b : a), undefined);
  if (longest) return { decision: 'hold', until: longest.until ?? null, reason: longest.reason, rules };
  return { decision: 'send', until: null, reason: null, rules };
}
