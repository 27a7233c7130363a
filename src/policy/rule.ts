import type { Purpose } from '../base/purpose.ts';

/** What is known about a message when policy is asked, at acceptance and again at each claim. */
export interface PolicyFacts {
  readonly purpose: Purpose;
  /** Milliseconds since 1970, as are the others. */
  readonly now: number;
  /** When the caller wants it sent, if later. */
  readonly sendAt: number | null;
  /** After that it must not be sent any more. */
  readonly expiresAt: number;
  /** Whether `now` is to be believed. */
  readonly clockTrusted: boolean;
}

/** What one rule says. The reason is a camelCase code; `until` goes with `hold`. */
export interface Ruling {
  readonly verdict: 'pass' | 'hold' | 'refuse';
  readonly reason: string;
  readonly until?: number;
}

/** One rule of policy: pure, in a file of its own under `rules/`. */
export interface Rule {
  /** As it is kept on the message and shown. */
  readonly rule: string;
  /** @param at the earliest moment that the rules before it leave, milliseconds since 1970; `now` while none of them holds */
  rules(facts: PolicyFacts, at: number): Ruling;
}
