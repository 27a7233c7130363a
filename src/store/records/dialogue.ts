import type { Purpose } from '../../base/purpose.ts';

/** Dialogues with clients, as they are kept. Instants are milliseconds since 1970. */

/** How a dialogue ended. `refused`: what was asked for was not to be had; `stopped`: the client ended texts. */
export const DIALOGUE_OUTCOMES = ['completed', 'cancelled', 'expired', 'refused', 'handedOver', 'stopped'] as const;

export type DialogueOutcome = (typeof DIALOGUE_OUTCOMES)[number];

/** One of several that a client chooses from. */
export interface DialogueOption {
  readonly value: string;
  readonly label: string;
  readonly price?: number;
}

export type DialogueField = string | number | readonly DialogueOption[];

export type DialogueFields = Readonly<Record<string, DialogueField>>;

/** What a client can go back to. */
export interface DialogueStep {
  readonly state: string;
  readonly fields: DialogueFields;
  /** How many things it had then. */
  readonly held: number;
}

export interface HeldThing {
  readonly pool: string;
  readonly thing: string;
}

export interface Dialogue {
  readonly id: string;
  readonly definition: string;
  /** Of the definition; it stays the same while the dialogue goes on. */
  readonly version: number;
  /** E.164. */
  readonly contact: string;
  /** The ICCID; '' until it is known. */
  readonly sim: string;
  readonly language: string;
  readonly state: string;
  /** Null while it goes on. */
  readonly outcome: DialogueOutcome | null;
  readonly fields: DialogueFields;
  readonly trail: readonly DialogueStep[];
  readonly held: readonly HeldThing[];
  /** Texts in a row that were not understood, and all texts. */
  readonly misses: number;
  readonly steps: number;
  readonly begunAt: number;
  readonly changedAt: number;
  /** When silence is an answer, and when its time is up. */
  readonly silentAt: number | null;
  readonly endsAt: number;
}

/** A thing of a pool that is free. */
export interface FreeThing {
  readonly thing: string;
  readonly label: string;
}

/** What a step may look at, as of the transaction that it is part of. */
export interface DialogueWorld {
  readonly now: number;
  /** What is free in a pool, in its order. */
  free(pool: string): readonly FreeThing[];
  /** What opens a thing that this dialogue has. */
  secret(pool: string, thing: string): string | null;
  /** The best bid of an auction, by the name of its definition, and whether it is this dialogue's. */
  best(): { readonly amount: number; readonly isOwn: boolean } | null;
}

export type DialogueInput =
  | { readonly kind: 'begin' }
  /** `at`: when it was received. */
  | { readonly kind: 'text'; readonly text: string; readonly at: number; readonly isCancel: boolean; readonly isHelp: boolean }
  | { readonly kind: 'event'; readonly event: string; readonly fields: DialogueFields }
  /** A time has come. */
  | { readonly kind: 'due' }
  | { readonly kind: 'steer'; readonly to: 'cancel' | 'handOver' };

/** What a step does besides: all of it in its transaction. */
export type DialogueEffect =
  | { readonly kind: 'reserve'; readonly pool: string; readonly thing: string }
  /** Everything that it has is free again. */
  | { readonly kind: 'release' }
  /** Everything that it has is gone for good. */
  | { readonly kind: 'sell' }
  | { readonly kind: 'lead'; readonly amount: number }
  | { readonly kind: 'consent'; readonly wording: string }
  | { readonly kind: 'task' };

export interface DialogueTurn {
  readonly dialogue: Dialogue;
  readonly says: readonly { readonly text: string; readonly purpose: Purpose }[];
  readonly topic: string;
  readonly effects: readonly DialogueEffect[];
}

/** @param body of the definition, JSON */
export type TakeTurn = (body: string, dialogue: Dialogue, input: DialogueInput, world: DialogueWorld) => DialogueTurn;

export interface StoredDefinition {
  readonly name: string;
  readonly version: number;
  /** JSON. */
  readonly body: string;
}

export interface StockThing extends FreeThing {
  readonly secret: string | null;
  /** Who has it; null while it is free. */
  readonly dialogue: string | null;
  readonly sold: boolean;
}

export interface DialogueFilter {
  readonly contact?: string;
  /** `open` for those that go on; else how they ended. */
  readonly state?: 'open' | DialogueOutcome;
}
