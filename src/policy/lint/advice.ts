import type { Found } from './phrases.ts';

/** What is said of the manners of a text. */

/** What sort of text it is, for the rules that are about one sort. */
export const TEXT_KINDS = ['reminder', 'confirmation', 'offer', 'other'] as const;

export type TextKind = (typeof TEXT_KINDS)[number];

export const LINT_RULES = ['shouting', 'threat', 'senderName', 'wayOut', 'confirmation'] as const;

export type LintRule = (typeof LINT_RULES)[number];

export const LINT_ACTIONS = ['advise', 'refuse', 'off'] as const;

export type LintSettings = Readonly<Record<LintRule, (typeof LINT_ACTIONS)[number]>>;

/** What a rule found, for programs: a confirmation may lack one of two things. */
export const ADVICE_REASONS = ['shouting', 'threat', 'senderName', 'wayOut', 'confirmationTime', 'confirmationPlace'] as const;

export type AdviceReason = (typeof ADVICE_REASONS)[number];

export interface Advice {
  readonly rule: LintRule;
  readonly reason: AdviceReason;
  /** What is wrong and what to do, for a person. */
  readonly sentence: string;
  /** Which words it is about: UTF-16 units, the end exclusive; null where something is missing. */
  readonly where: Found | null;
}
