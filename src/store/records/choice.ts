import type { Purpose } from '../../base/purpose.ts';

/** Which SIM sends a message, and why. */

/**
 * Why a segment went through its SIM: it was `requested`, other segments of the message `begun` there, the client knows it
 * (`sticky`), it was the `onlyOne` that could, or the `first` that was free, the least loaded of several.
 */
export const SIM_CHOICES = ['requested', 'begun', 'sticky', 'onlyOne', 'first'] as const;

export type SimChoice = (typeof SIM_CHOICES)[number];

/** A message whose turn it is on a SIM that asks for one, and that any SIM may send. */
export interface ChoiceFacts {
  readonly purpose: Purpose;
  /** The SIM that asks. */
  readonly asking: string;
  /** Other SIMs that are ready and may carry it now. */
  readonly others: readonly string[];
  /** The SIM that the client was last written to from, or wrote to. */
  readonly home: string | null;
  /** Messages that wait for that one. */
  readonly homeQueue: number;
  /** It has waited for that one before, or could not go through it. */
  readonly waited: boolean;
}

export interface ChosenSim {
  readonly sim: string;
  readonly choice: SimChoice;
}

/** What a claim may ask about the SIMs; without it each takes what it finds. */
export interface SimsToChooseFrom {
  /** Those that are ready, besides the one that asks. */
  readonly others: readonly string[];
  /** How long a message is left to the SIM that its client knows, milliseconds, and how many of them. */
  readonly patience: number;
  readonly room: number;
  choose(facts: ChoiceFacts): ChosenSim;
}
