import type { Purpose } from '../base/purpose.ts';
import type { Repeats } from '../store/records/occasion.ts';
import data from './data/sequences.json' with { type: 'json' };

/** When a step of a sequence is told. Durations in seconds. */
export type When =
  /** The occasion is new, or it was told and has another time now. */
  | { readonly on: 'booked' | 'moved' }
  /** It has this status; `*` is any that has no step of its own. */
  | { readonly status: string }
  /** So long before its time, or after it. */
  | { readonly before: number }
  | { readonly after: number }
  /** So many days after its day (negative: before it), at the same time of day or at this one, where the client is. */
  | { readonly days: number; readonly at?: string }
  /** At most so many are ahead in the queue (`data.place`). */
  | { readonly places: number }
  /** Neither the client nor its status has moved for so long. */
  | { readonly silence: number };

export interface SequenceStep {
  /** One in its sequence. */
  readonly name: string;
  readonly when: When;
  /** The template, or several of which each client gets one for good, so that they can be measured. */
  readonly template: string | readonly string[];
  readonly purpose?: Purpose;
  /** In place of the topic of the sequence. */
  readonly topic?: string;
  /** A step whose moment has passed when it is planned is left out unless this says `send`. */
  readonly ifPast?: 'skip' | 'send';
  /** Statuses, answers and marks with which it is left out. */
  readonly unless?: readonly string[];
  /** Told again so often, seconds apart. */
  readonly again?: { readonly every: number; readonly times: number };
  /** What an answer to it means: a digit is a rating. Of the others it is about the occasion itself. */
  readonly asks?: 'rating';
  /** Told in one text with the same step of other occasions of the client on that day. */
  readonly joins?: boolean;
}

/** What is told of one kind of occasion. */
export interface Sequence {
  readonly topic: string;
  /** With these statuses it is over: nothing is told that depends on time. `cancelled` always is one. */
  readonly ends: readonly string[];
  /** How often it comes again where the occasion does not say. */
  readonly repeats?: Repeats;
  /** What a client is told who asks how things are: when it is, or its status; nothing unless given. */
  readonly tells?: 'time' | 'status';
  readonly steps: readonly SequenceStep[];
}

export const CANCELLED = 'cancelled';

/** Whoever has this status waits for a time that others give back; nothing else is told. */
export const WAITING = 'waiting';

/** So long an offered time is kept for one, milliseconds. */
export const OFFER = 30 * 60_000;

/** Why something is not said of an occasion: a dialogue has said it. */
export const TOLD_ELSEWHERE = 'toldElsewhere';

const shipped: Readonly<Record<string, unknown>> = data.sequences;

const isSequence = (value: unknown): value is Sequence => typeof value === 'object' && value !== null && 'steps' in value;

/** What Simpost ships, by kind. */
export const SHIPPED: ReadonlyMap<string, Sequence> = new Map(
  Object.entries(shipped).flatMap(([kind, sequence]) => (isSequence(sequence) ? [[kind, sequence] as const] : [])),
);

/** What stands for the texts of a step: one of its templates, the same for a client for good. @param share 0 to 1 of this client */
export function templateFor({ template }: SequenceStep, share: number): string {
  if (typeof template === 'string') return template;
  return template[Math.floor(share * template.length)] ?? '';
}
