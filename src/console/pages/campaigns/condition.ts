/** One row of the form in which a segment is put together. */
export interface Rule {
  readonly n: number;
  readonly kind: RuleKind;
  readonly isNot: boolean;
  readonly value: string;
}

export const RULE_KINDS = [
  'tag',
  'agreesTo',
  'heardWithin',
  'writtenWithin',
  'visitedWithin',
  'visitAhead',
  'newWithin',
  'branch',
  'language',
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** Kinds that count days. */
const DAYS: readonly RuleKind[] = ['heardWithin', 'writtenWithin', 'visitedWithin', 'visitAhead', 'newWithin'];

export const needsDays = (kind: RuleKind): boolean => DAYS.includes(kind);
export const needsValue = (kind: RuleKind): boolean => kind !== 'agreesTo';

/** What a rule of a kind begins with. */
export const firstValue = (kind: RuleKind): string => (kind === 'language' ? 'uk' : needsDays(kind) ? '90' : '');

function bare({ kind, value }: Rule): unknown {
  const days = Number(value);
  switch (kind) {
    case 'agreesTo':
      return { agreesTo: 'promotional' };
    case 'visitedWithin':
      return { occasion: { kind: 'visit', attendance: 'came', within: days } };
    case 'visitAhead':
      return { occasion: { kind: 'visit', ahead: days } };
    case 'heardWithin':
    case 'writtenWithin':
    case 'newWithin':
      return { [kind]: days };
    case 'tag':
    case 'branch':
    case 'language':
      return { [kind]: value.trim() };
  }
}

/** What the rules together ask for, as the API takes it; undefined while one of them lacks its value. */
export function conditionOf(rules: readonly Rule[]): unknown {
  const isWhole = rules.every(({ kind, value }) => !needsValue(kind) || (value.trim() !== '' && (!needsDays(kind) || Number(value) >= 1)));
  if (rules.length === 0 || !isWhole) return undefined;
  return { all: rules.map((rule) => (rule.isNot ? { not: bare(rule) } : bare(rule))) };
}
