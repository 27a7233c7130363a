import type { Purpose } from '../../base/purpose.ts';
import { remember, rememberLast } from '../../base/remember.ts';
import type { Language } from '../language.ts';
import { type Advice, type AdviceReason, LINT_RULES, type LintRule, type LintSettings, TEXT_KINDS, type TextKind } from './advice.ts';
import { lackingIn } from './confirmation.ts';
import sentences from './data/sentences.json' with { type: 'json' };
import { kindOf } from './kind.ts';
import type { Found } from './phrases.ts';
import { isSigned, type Names, namesOf } from './sender-name.ts';
import { shouting } from './shouting.ts';
import { VOCABULARY } from './vocabulary.ts';
import { type Word, wordsOf } from './words.ts';

/**
 * The manners of a text: what a client would not like about it, or would miss in it. Pure; the words stand in `data/words.json`,
 * what is said to people in `data/sentences.json`. The time grows with the length of the text and nothing else (X17).
 */
export interface Verdict {
  readonly advice: readonly Advice[];
  /** The one for which the text is to be refused. */
  readonly refusal: Advice | null;
}

/** What is known of a text besides its words. */
export interface TextFacts {
  readonly purpose: Purpose;
  /** Where the caller says it. */
  readonly kind?: TextKind | undefined;
}

export type Lint = (text: string, facts: TextFacts) => Verdict;

type Finding = Omit<Advice, 'sentence'>;

type Check = (text: string, words: readonly Word[], names: Names) => Omit<Finding, 'rule'> | undefined;

/** For which sorts of text each rule is; none of them is for codes. */
const CHECKS: Readonly<Record<LintRule, { readonly kinds: readonly TextKind[]; readonly check: Check }>> = {
  shouting: { kinds: TEXT_KINDS, check: (text, words, names) => found('shouting', shouting(text, words, names)) },
  // Whoever threatens does not always remind in words: what is no offer and no confirmation is taken for a reminder here.
  threat: { kinds: ['reminder', 'other'], check: (_text, words) => found('threat', VOCABULARY.threat.find(words)) },
  senderName: { kinds: TEXT_KINDS, check: (_text, words, names) => (isSigned(words, names) ? undefined : missing('senderName')) },
  wayOut: { kinds: ['offer'], check: (_text, words) => (VOCABULARY.wayOut.find(words) ? undefined : missing('wayOut')) },
  confirmation: {
    kinds: ['confirmation'],
    check: (text, words) => {
      const lacks = lackingIn(text, words);
      return lacks && missing(lacks === 'time' ? 'confirmationTime' : 'confirmationPlace');
    },
  },
};

const found = (reason: AdviceReason, where: Found | undefined): ReturnType<Check> => where && { where, reason };
const missing = (reason: AdviceReason): ReturnType<Check> => ({ where: null, reason });

const NOTHING: Verdict = { advice: [], refusal: null };

/**
 * @param names by which the site signs; with none, nothing is asked of a text
 * @param language of the sentences; where there are none in it, the nearest one
 */
export function makeLint(settings: LintSettings, names: readonly string[], language: Language): Lint {
  const active = LINT_RULES.filter((rule) => settings[rule] !== 'off');
  if (active.length === 0) return () => NOTHING;
  const signed = namesOf(names);
  const tongue = language === 'kk' ? 'ru' : language === 'pl' ? 'en' : language;
  const judge = ({ text, purpose, kind: given }: TextFacts & { readonly text: string }): Verdict => {
    const words = wordsOf(text);
    const kind = kindOf(purpose, given, words);
    const findings: Finding[] = [];
    for (const rule of active) {
      const { kinds, check } = CHECKS[rule];
      const finding = kinds.includes(kind) ? check(text, words, signed) : undefined;
      if (finding) findings.push({ rule, ...finding });
    }
    if (findings.length === 0) return NOTHING;
    return findings.every(({ where }) => where === null) ? lacking(findings) : verdict(findings);
  };
  const verdict = (findings: readonly Finding[]): Verdict => {
    const advice = findings.map(({ rule, reason, where }) => ({ rule, reason, sentence: sentences[reason][tongue], where }));
    return { advice, refusal: advice.find(({ rule }) => settings[rule] === 'refuse') ?? null };
  };
  // What is missing stands nowhere in the text: all that lack the same get the same verdict.
  const lacking = remember(MOST, (findings: readonly Finding[]) => findings.map(({ reason }) => reason).join(' '), verdict);
  // Programs send the same text again and again. The text of a code has a lint of its own, and is not kept here.
  const again = rememberLast(judge);
  return (text, { purpose, kind }) => (purpose === 'otp' ? NOTHING : again({ text, purpose, kind }));
}

/** More than there are ways to lack something. */
const MOST = 100;
