import type { OccasionRef } from './occasion.ts';

/** News for many, in the minute in which it may be undone and after. */
export interface OccasionNotice {
  readonly id: string;
  readonly keyId: string;
  /** What is done and said, as JSON. */
  readonly what: string;
  readonly refs: readonly OccasionRef[];
  readonly at: number;
  /** When it begins. */
  readonly dueAt: number;
  readonly state: 'waiting' | 'begun' | 'undone';
}
