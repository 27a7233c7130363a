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
 * are ten of them to each message, and written out they would be most of what a message takes on the disk (S10). Of a message
 * that every rule lets pass at once, as nearly all, it is `=` and a letter for each verdict.
 */
export function writePolicy({ decidedAt, released, decision, until, rules }: PolicyRecord): string {
  const goesAtOnce = decision === 'send' && until === null && decidedAt === undefined && released === undefined;
  return (goesAtOnce ? shortOf(rules) : null) ?? JSON.stringify({ decidedAt, released, decision, until, rules: writeRules(rules) });
}

export function readPolicy(text: string): PolicyRecord {
  if (text.startsWith(SHORT)) return { ...UNKNOWN, rules: [...text.slice(SHORT.length)].flatMap((letter) => USUAL.get(letter) ?? []) };
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

/** All of it, where each verdict has a letter. */
const shortOf = rememberOf((rules: Rules): string | null => {
  const letters = rules.map(({ rule, verdict, reason }) => LETTERS.get(`${rule} ${verdict} ${reason}`));
  return letters.includes(undefined) ? null : SHORT + letters.join('');
});

const SHORT = '=';

/** The verdicts of messages that go at once. Files hold their letters: one is never changed, and new ones come at the end. */
const PASSES = {
  A: 'suppression pass wanted',
  B: 'suppression pass answer',
  C: 'consent pass consentNotNeeded',
  D: 'consent pass agreed',
  E: 'country pass anyCountry',
  F: 'country pass countryAllowed',
  G: 'premium pass ordinaryNumber',
  H: 'validity pass withinTime',
  I: 'doubt pass noDoubt',
  J: 'schedule pass due',
  K: 'clock pass clockTrusted',
  L: 'clock pass clockUntrusted',
  M: 'fewOffers pass notForThisPurpose',
  N: 'fewOffers pass wanted',
  O: 'frequency pass notForThisPurpose',
  P: 'frequency pass withinCaps',
  Q: 'frequency pass answer',
  R: 'moment pass notForThisPurpose',
  S: 'moment pass goodMoment',
  T: 'quietHours pass notForThisPurpose',
  U: 'quietHours pass openHours',
  V: 'quietHours pass answer',
};

const LETTERS: ReadonlyMap<string, string> = new Map(Object.entries(PASSES).map(([letter, verdict]) => [verdict, letter]));
const USUAL: ReadonlyMap<string, Rules> = new Map(Object.entries(PASSES).map(([letter, verdict]) => [letter, readRules(verdict)]));

function readRules(text: string): Rules {
  return text.split(';').flatMap((part) => {
    const [rule = '', verdict, reason = ''] = part.split(' ');
    return isVerdict(verdict) ? [{ rule, verdict, reason }] : [];
  });
}
