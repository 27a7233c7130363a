import type { NewAudit } from './audit.ts';
import type { FollowedText } from './follow-up.ts';

export const POSTER_KINDS = ['consent', 'optOut'] as const;

export type PosterKind = (typeof POSTER_KINDS)[number];

/** What hangs at the desk, with a code that opens a ready text. */
export interface Poster {
  /** By which it is told from others. */
  readonly word: string;
  readonly kind: PosterKind;
  /** What stands on it: the very words that are agreed to. */
  readonly wording: string;
  /** E.164, of a SIM of this box. */
  readonly number: string;
  readonly language: string;
  readonly at: number;
}

export interface PosterStore {
  put(poster: Poster, audit?: NewAudit): Promise<void>;
  /** @returns whether there was one */
  remove(word: string, audit?: NewAudit): Promise<boolean>;
  /** By their words. Synchronous: it is asked with every text. */
  all(): Poster[];
  /**
   * The sender agrees to the words of a poster: kept as a consent. An opt-out is lifted by that only where the ledger proves that they
   * had agreed before, since the sender of a text may be forged (X23). @returns whether a reply is to go out
   */
  agree(text: FollowedText, poster: Poster, mayReply: boolean, at: number): Promise<boolean>;
}
