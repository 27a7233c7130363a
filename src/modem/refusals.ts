import { type CauseClass, causeOf } from '../base/causes.ts';
import { type ModemNote, modemNote } from './notes.ts';
import type { SendOutcome } from './outcome.ts';

/** Segments in a row that did not go out, and why the last of them did not; undefined while all is well. */
export type Refusals = { readonly inARow: number; readonly cause: string } | undefined;

/** So many segments in a row are no longer chance. */
const NOTABLE = 3;

/** Causes that say nothing about the modem or its SIM: the number or the segment was wrong. */
const NOT_ITS_FAULT: ReadonlySet<CauseClass> = new Set<CauseClass>(['PERMANENT', 'PERMANENT_OUR_PDU', 'NOT_A_SEND_FAILURE']);

/** What is known after one more segment. */
export function afterOutcome(before: Refusals, outcome: SendOutcome): Refusals {
  if (outcome.kind === 'ok') return undefined;
  if (NOT_ITS_FAULT.has(causeOf(outcome.cause).class)) return before;
  return { inARow: (before?.inARow ?? 0) + 1, cause: outcome.cause };
}

/** Whether the modem or its SIM says again and again that it is faulty (CMS 302, 313, 320 ...), which starting anew may mend. */
export function isFaulty(refusals: Refusals): boolean {
  return refusals !== undefined && refusals.inARow >= NOTABLE && causeOf(refusals.cause).class === 'QUARANTINE_MODEM';
}

const MEANINGS: Readonly<Partial<Record<CauseClass, readonly [meaning: string, nextStep: string]>>> = {
  SIM_BARRED_OR_NO_CREDIT: ['the SIM has no credit or no SMS plan, or is barred', 'Top the SIM up, or ask its operator.'],
  OPERATOR_ACTION: ['the SIM is locked or not accepted', "Put the SIM into a phone and look what it asks for, or check the SMSC's number."],
  QUARANTINE_MODEM: [
    'the modem or the SIM is faulty',
    'Unplug the modem and plug it in again; if it goes on, try another SIM, then another modem.',
  ],
  UNCERTAIN: ['nobody knows whether they went out', 'Check credit and signal; then unplug the modem and plug it in again.'],
};
const OTHERWISE = [
  'the network or the modem refused them',
  'Wait; if it goes on, check credit and signal, then unplug the modem and plug it in again.',
] as const;

/** What a person should know of a modem that is ready and whose segments do not go out. */
export function refusalNote(refusals: Refusals): { note: ModemNote; nextStep: string } | undefined {
  if (!refusals || refusals.inARow < NOTABLE) return undefined;
  const [meaning, nextStep] = MEANINGS[causeOf(refusals.cause).class] ?? OTHERWISE;
  const { inARow: count, cause: detail } = refusals;
  return {
    note: modemNote('segmentsRefused', `The last ${count} segments did not go out: ${meaning} (${detail}).`, { count, detail }),
    nextStep,
  };
}
