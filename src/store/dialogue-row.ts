import { DIALOGUE_OUTCOMES, type Dialogue, type DialogueFields, type DialogueStep, type HeldThing } from './records/dialogue.ts';

export interface DialogueRow {
  readonly seq: number;
  readonly id: string;
  readonly definition: string;
  readonly version: number;
  readonly contact: string;
  readonly iccid: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly run: string;
  readonly begunAt: number;
  readonly changedAt: number;
}

/** What of a dialogue is kept as JSON. */
export interface Run {
  readonly language: string;
  readonly fields: DialogueFields;
  readonly trail: readonly DialogueStep[];
  readonly held: readonly HeldThing[];
  readonly misses: number;
  readonly steps: number;
  readonly silentAt: number | null;
  readonly endsAt: number;
}

/** Of a dialogue of which nothing is kept any more. */
const ERASED: Run = { language: '', fields: {}, trail: [], held: [], misses: 0, steps: 0, silentAt: null, endsAt: 0 };

export function dialogueOf({ seq: _seq, iccid, run, outcome, ...row }: DialogueRow): Dialogue {
  const kept: Partial<Run> = JSON.parse(run);
  const { id, definition, version, contact, state, begunAt, changedAt } = row;
  const ended = outcome === null ? null : (DIALOGUE_OUTCOMES.find((known) => known === outcome) ?? 'cancelled');
  return { id, definition, version, contact, state, begunAt, changedAt, sim: iccid, outcome: ended, ...ERASED, ...kept };
}

export const runOf = ({ language, fields, trail, held, misses, steps, silentAt, endsAt }: Dialogue): Run => ({
  language,
  fields,
  trail,
  held,
  misses,
  steps,
  silentAt,
  endsAt,
});
