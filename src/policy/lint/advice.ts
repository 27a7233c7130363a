import type { Found } from './phrases.ts';

/** What is said of the manners of a text. */

/** What sort of text it is, for the rules that are about one sort. */
export const TEXT_KINDS = ['reminder', 'confirmation', 'offer', 'other'] as const;

export type TextKind = (typeof TEXT_KINDS)[number];

export const LINT_RULES = ['shouting', 'threat', 'senderName', 'wayOut', 'confirmation'] as const;

export type LintRule = (typeof LINT_RULES)[number];

export const LINT_ACTIONS = ['advise', 'refuse', 'off'] as const;

export type LintSettings = Readonly<Record<LintRule, (typeof LINT_ACTIONS)[number]>>;

export interface Advice {
  readonly rule: LintRule;
  /** What is wrong and what to do, for a person. */
  readonly sentence: string;
  /** Which words it is about: UTF-16 units, the end exclusive; null where something is missing. */
  readonly where: Found | null;
}
