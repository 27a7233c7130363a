import type { Money } from '../../base/money.ts';
import type { Purpose } from '../../base/purpose.ts';

/** Which SIM sends a message, and why. */

/**
 * Why a segment went through its SIM: it was `requested`, other segments of the message `begun` there, the client knows it
 * (`sticky`), it is `preferred` for such numbers or `cheapest`, it was the `onlyOne` that could, or the `first` that was free,
 * the least loaded of several.
 */
export const SIM_CHOICES = ['requested', 'begun', 'sticky', 'preferred', 'cheapest', 'onlyOne', 'first'] as const;

export type SimChoice = (typeof SIM_CHOICES)[number];

/** A message whose turn it is on a SIM that asks for one, and that any SIM may send. */
export interface ChoiceFacts {
  readonly purpose: Purpose;
  readonly now: number;
  /** Since when it may go, and until when it is worth sending. */
  readonly from: number;
  readonly expiresAt: number;
  /** The SIM that asks. */
  readonly asking: string;
  /** Other SIMs that are ready and may carry it now. */
  readonly others: readonly string[];
  /** The SIM that the client was last written to from, or wrote to. */
  readonly home: string | null;
  /** When that one may carry it, if it is ready and only at a cap; null where it is not held so. */
  readonly homeHeldUntil: number | null;
  /** It has waited for another SIM before, or could not go through it. */
  readonly waited: boolean;
  /** The SIM that sent a copy of it which its SMSC may still hold, and through which that can be asked; null for any other message. */
  readonly copyAt: string | null;
  /** Messages that wait for a SIM. Looked up: asked only where it decides. */
  queueOf(iccid: string): number;
  /** Of a segment to this client; null where it is not known. */
  priceOf(iccid: string): Money | null;
  /** Whether a SIM is preferred for such numbers. */
  prefers(iccid: string): boolean;
}

export type ChosenSim =
  | { readonly kind: 'take'; readonly choice: SimChoice }
  | {
      readonly kind: 'leave';
      readonly sim: string;
      readonly choice: 'sticky' | 'preferred' | 'cheapest';
      /** Then it is everybody's again. */
      readonly until: number;
      /** It may be left once more then, since only a cap held it back; otherwise a message is left to another SIM once. */
      readonly again: boolean;
    };

/** What a claim may ask about the SIMs; without it each takes what it finds. */
export interface SimsToChooseFrom {
  /** Those that are ready, besides the one that asks. */
  readonly others: readonly string[];
  /** How many messages a SIM begins within the time that one may be left to it. */
  readonly room: number;
  /** Whether the SMSC can be asked through a SIM to refuse a copy of what it holds. */
  asksForCopies?(iccid: string): boolean;
  choose(facts: ChoiceFacts): ChosenSim;
}
