import { rememberOf } from '../base/remember.ts';
import type { PolicyRecord } from './records/message.ts';

type Rules = PolicyRecord['rules'];
type Verdict = Rules[number]['verdict'];

/** What is shown of a message whose policy record cannot be read. */
const UNKNOWN: PolicyRecord = { decision: 'send', until: null, rules: [] };

type Kept = Omit<PolicyRecord, 'rules'> & { readonly rules: string | Rules };

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' &&
  value !== null &&
  'decision' in value &&
  'rules' in value &&
  (typeof value.rules === 'string' || Array.isArray(value.rules));

const VERDICTS: ReadonlySet<string> = new Set<Verdict>(['pass', 'warn', 'hold', 'refuse']);
const isVerdict = (word: string | undefined): word is Verdict => word !== undefined && VERDICTS.has(word);

/**
 * A policy record as it is kept: JSON, its verdicts in one string such as `suppression pass wanted;consent pass agreed`. There
 * are ten of them to each message, and written out they would be most of what a message takes on the disk (S10).
 */
export function writePolicy({ decidedAt, released, decision, until, rules }: PolicyRecord): string {
  if (decision === 'send' && until === null && decidedAt === undefined && released === undefined) return goesAtOnce(rules);
  return JSON.stringify({ decidedAt, released, decision, until, rules: writeRules(rules) });
}

export function readPolicy(text: string): PolicyRecord {
  try {
    const value: unknown = JSON.parse(text);
    if (!isKept(value)) return UNKNOWN;
    // Before 0.1.0 was out they were kept as they are shown.
    return { ...value, rules: typeof value.rules === 'string' ? readRules(value.rules) : value.rules };
  } catch {
    return UNKNOWN;
  }
}

/** Policy gives the same array for the same verdicts. */
const writeRules = rememberOf((rules: Rules): string => rules.map(({ rule, verdict, reason }) => `${rule} ${verdict} ${reason}`).join(';'));

/** Of most messages, that is all of it. */
const goesAtOnce = rememberOf((rules: Rules): string => JSON.stringify({ decision: 'send', until: null, rules: writeRules(rules) }));

function readRules(text: string): Rules {
  return text.split(';').flatMap((part) => {
    const [rule = '', verdict, reason = ''] = part.split(' ');
    return isVerdict(verdict) ? [{ rule, verdict, reason }] : [];
  });
}
