import type { SuppressionScope } from '../../base/suppression-scope.ts';

/** What a client chooses on the page. It may only take away (X23). */
export type PageChoice =
  | { readonly kind: 'end'; readonly scopes: readonly SuppressionScope[] }
  /** Offers at most once a month. */
  | { readonly kind: 'monthly' }
  /** No texts: somebody is to call. */
  | { readonly kind: 'call' };

export interface PublicStore {
  /** Keeps that tokens lead to numbers. */
  keepLinks(links: readonly { readonly token: string; readonly to: string }[], at: number): Promise<void>;
  /** The number that a token leads to. */
  numberOf(token: string): Promise<string | undefined>;
  /** What texts to a number were about lately. */
  topicsOf(to: string): Promise<string[]>;
  /** Does what a client chose, in one transaction. */
  choose(to: string, choice: PageChoice, at: number): Promise<void>;
  /** Asks a number by text whether it is meant, where it was ever written to: once a day, and not more than `most` in an hour. @returns whether a text is to go */
  askByText(to: string, text: string, most: number, at: number): Promise<boolean>;
}
