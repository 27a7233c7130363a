/** What a site has answered by itself. */

/** What texts a rule is for: one of the three. */
export interface RuleCondition {
  /** Texts that are just one of these words or phrases. */
  readonly words: readonly string[];
  /** Texts that begin with this. */
  readonly prefix: string | null;
  /** As `policy/text-pattern.ts` reads it. */
  readonly pattern: string | null;
}

/** What a rule does; all of it at once. It can do nothing else (X21). */
export interface RuleActions {
  /** What the sender is answered. */
  readonly reply: string | null;
  /** A word that the text is marked with. */
  readonly tag: string | null;
  /** Whether `inbound.matched` goes to the webhooks. */
  readonly webhook: boolean;
  /** Whether the desk gets a task. */
  readonly notify: boolean;
}

export interface Rule extends RuleCondition, RuleActions {
  readonly name: string;
}

/** What follows from a text by the site's own rules, done in one transaction. */
export interface RuleDeed {
  /** Null for the away text, which no rule of the site stands behind. */
  readonly rule: string | null;
  readonly tag: string | null;
  readonly webhook: boolean;
  readonly notify: boolean;
  readonly reply: { readonly kind: 'rule' | 'away'; readonly text: string; readonly topic: string } | null;
}
