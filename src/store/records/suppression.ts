import type { SuppressionScope } from '../../base/suppression-scope.ts';

/** Who does not want what. */

export const SUPPRESSION_SOURCES = ['reply', 'call', 'link', 'api', 'import'] as const;

export type SuppressionSource = (typeof SUPPRESSION_SOURCES)[number];

export interface NewSuppression {
  /** E.164. */
  readonly to: string;
  readonly scopes: readonly SuppressionScope[];
  readonly source: SuppressionSource;
  readonly at: number;
}

export interface Suppression {
  readonly scope: SuppressionScope;
  readonly source: SuppressionSource;
  readonly at: number;
}
