import { remember } from '../base/remember.ts';
import type { PolicyFacts, Refusal, Rule, Ruling } from './rule.ts';
import { clock } from './rules/clock.ts';
import { consent } from './rules/consent.ts';
import { country } from './rules/country.ts';
import { doubt } from './rules/doubt.ts';
import { fewOffers } from './rules/few-offers.ts';
import { frequency } from './rules/frequency.ts';
import { moment } from './rules/moment.ts';
import { premium } from './rules/premium.ts';
import { quietHours } from './rules/quiet-hours.ts';
import { schedule } from './rules/schedule.ts';
import { suppression } from './rules/suppression.ts';
import { validity } from './rules/validity.ts';

/**
 * Policy: facts in, decision out. Rules are asked in order of weight; each leaves a verdict that is kept on the message,
 * so that "why was it not sent?" has an answer. What forbids comes before what delays, and of what delays each rule hears
 * how long those before it do; quiet hours come last, since whatever the others leave must not be at night.
 */
export const RULES: readonly Rule[] = [
  suppression,
  consent,
  country,
  premium,
  validity,
  doubt,
  schedule,
  clock,
  fewOffers,
  frequency,
  moment,
  quietHours,
];

/** Far more sets of verdicts than there are. */
const MOST = 1000;

interface RuleVerdict {
  readonly rule: string;
  readonly verdict: Ruling['verdict'];
  readonly reason: string;
}

export type PolicyDecision =
  | { readonly decision: 'send'; readonly until: null; readonly reason: null; readonly rules: readonly RuleVerdict[] }
  /** `until` is when it ends, `reason` the code of the rule that decided: `scheduled`, `quietHours`. */
  | { readonly decision: 'hold'; readonly until: number; readonly reason: string; readonly rules: readonly RuleVerdict[] }
  | { readonly decision: 'refuse'; readonly until: null; readonly reason: Refusal; readonly rules: readonly RuleVerdict[] };

/** Asks every rule. A refusal wins over a hold, the first of several; of several holds the latest end counts. */
export function decide(facts: PolicyFacts): PolicyDecision {
  const rulings: [rule: string, ruling: Ruling][] = [];
  let refusal: Refusal | undefined;
  let hold: { readonly until: number; readonly reason: string } | undefined;
  let floor = facts.now;
  for (const { rule, manners, rules: ask } of RULES) {
    if (manners && facts.settings.profile === 'off') continue;
    const ruling = ask(facts, Math.max(facts.now, hold?.until ?? 0), floor);
    rulings.push([rule, ruling]);
    if (ruling.verdict === 'refuse') refusal ??= ruling.reason;
    if (ruling.verdict !== 'hold') continue;
    const { until, reason } = ruling;
    if (!ruling.wish) floor = Math.max(floor, until);
    if (ruling.instead) hold = until > facts.now ? { until, reason } : undefined;
    else if (until > (hold?.until ?? 0)) hold = { until, reason };
  }
  const rules = verdictsOf(rulings);
  if (refusal !== undefined) return { decision: 'refuse', until: null, reason: refusal, rules };
  if (hold) return { decision: 'hold', ...hold, rules };
  return { decision: 'send', until: null, reason: null, rules };
}

/**
 * The verdicts that were left so, the same array for the same ones: rules and reasons are codes, so there are few, and whoever
 * writes them down need not write them anew for each message.
 */
function verdictsOf(rulings: readonly [string, Ruling][]): readonly RuleVerdict[] {
  // Mostly those of the message before.
  if (!areSame(latest, rulings)) latest = verdictsBefore(rulings);
  return latest;
}

let latest: readonly RuleVerdict[] = [];

function areSame(verdicts: readonly RuleVerdict[], rulings: readonly [string, Ruling][]): boolean {
  if (verdicts.length !== rulings.length) return false;
  for (let i = 0; i < verdicts.length; i += 1) {
    const [a, b] = [verdicts[i], rulings[i]];
    if (a?.rule !== b?.[0] || a?.verdict !== b?.[1].verdict || a?.reason !== b?.[1].reason) return false;
  }
  return true;
}

const verdictsBefore = remember(
  MOST,
  (rulings: readonly [string, Ruling][]) => rulings.map(([rule, { verdict, reason }]) => `${rule} ${verdict} ${reason}`).join(';'),
  (rulings) => rulings.map(([rule, { verdict, reason }]): RuleVerdict => ({ rule, verdict, reason })),
);
