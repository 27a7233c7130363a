import type { PolicyFacts, Rule, Ruling } from './rule.ts';
import { clock } from './rules/clock.ts';
import { schedule } from './rules/schedule.ts';
import { validity } from './rules/validity.ts';

/**
 * Policy: facts in, decision out. Rules are asked in order of weight; each leaves a verdict that is kept on the message,
 * so that "why was it not sent?" has an answer. What forbids comes before what delays, and of what delays each rule hears
 * how long those before it do.
 */
const RULES: readonly Rule[] = [validity, schedule, clock];

interface RuleVerdict {
  readonly rule: string;
  readonly verdict: Ruling['verdict'];
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

/** Asks every rule. A refusal wins over a hold, the first of several; of several holds the latest end counts. */
export function decide(facts: PolicyFacts): PolicyDecision {
  const rules: RuleVerdict[] = [];
  let refused: string | undefined;
  let hold: { readonly until: number; readonly reason: string } | undefined;
  for (const { rule, rules: ask } of RULES) {
    const { verdict, reason, until = 0 } = ask(facts, Math.max(facts.now, hold?.until ?? 0));
    rules.push({ rule, verdict, reason });
    if (verdict === 'refuse') refused ??= reason;
    if (verdict === 'hold' && until > (hold?.until ?? 0)) hold = { until, reason };
  }
  if (refused !== undefined) return { decision: 'refuse', until: null, reason: refused, rules };
  if (hold) return { decision: 'hold', ...hold, rules };
  return { decision: 'send', until: null, reason: null, rules };
}
