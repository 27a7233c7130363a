import { type Cause, type CauseClass, causeOf } from '../base/causes.ts';
import type { Purpose } from '../base/purpose.ts';
import type { Settlement } from '../store/records/queue.ts';
import type { SendOutcome } from './sender.ts';

/**
 * What follows from the outcome of an attempt. Pure: the outcome and some facts in, the settlement out.
 *
 * ok -> sent. unknown -> uncertain, never retried; a decision may follow after a delay. refused and not-sent are
 * surely not sent, and the class of the cause decides: permanent ones fail, those of the SIM go to another SIM at once
 * or come back later, the rest comes back on the schedule of the cause, at most `MOST_TRIES` times and never after the
 * message's time. What never left (not-sent) is the modem's fault whatever it says: another SIM takes it at once where
 * there is one, and it never fails for that cause. Once every SIM that may has refused, or three have, the schedule
 * begins: tries that follow each other at once would be used up in seconds, while what ails the network lasts minutes.
 */

/** Of a segment, all in all. */
export const MOST_TRIES = 6;

/** Tries that may follow each other at once; the others keep the schedule. */
const TRIES_AT_ONCE = 3;

/** The port vanished before the segment was handed over. */
const PORT_GONE = 'EV-PORT-GONE-BEFORE';

/** For causes that have a schedule: 30 s, 2 min, 10 min, 30 min. */
const STANDARD_BACKOFF = [30, 120, 600, 1800];

/** How long a SIM that is barred or out of credit is left alone before the same message tries it again, seconds. */
const BARRED_BACKOFF = [3600, 21_600, 86_400];

/** How far a wait may stray from the schedule, so that what failed together does not come back together. */
const JITTER = 0.2;

/** For what another SIM takes over: the first SIM is left alone this long, seconds. */
const LEAVE_TO_OTHERS = 60;

export interface RetryFacts {
  readonly iccid: string;
  readonly now: number;
  readonly expiresAt: number;
  /** Tries of this segment before the one that just ended. */
  readonly tries: number;
  /** SIMs that have tried this segment, with the one that just did. */
  readonly simsTried: number;
  /** SIMs that may send it, could take it now, and have not tried it. */
  readonly otherSims: number;
  /** [0, 1), for the jitter. */
  readonly chance: number;
}

/** After so many segments in a row that a SIM could not send, it rests, so that a sick one does not go through the queue. */
const FAILURES_BEFORE_REST = 3;

/** The first rest, and the longest; it doubles with each failure more, milliseconds. */
const FIRST_REST = 5000;
const LONGEST_REST = 60_000;

/** Classes that speak of the SIM or its modem rather than of the recipient or the network's hour. */
const OF_THE_SIM: ReadonlySet<CauseClass> = new Set(['RETRY_OTHER_SIM', 'SIM_BARRED_OR_NO_CREDIT', 'OPERATOR_ACTION', 'QUARANTINE_MODEM']);

/** Whether it was the SIM's or the modem's doing that a segment was not sent for certain. A recipient's never makes a SIM rest. */
export function isOfTheSim(outcome: SendOutcome): boolean {
  return (
    outcome.kind === 'not-sent' ||
    outcome.kind === 'unknown' ||
    (outcome.kind === 'refused' && OF_THE_SIM.has(causeOf(outcome.cause).class))
  );
}

/**
 * How long a SIM rests before it claims again, milliseconds.
 * @param failures segments in a row that it could not send
 */
export function restAfter(failures: number): number {
  return failures < FAILURES_BEFORE_REST ? 0 : Math.min(LONGEST_REST, FIRST_REST * 2 ** (failures - FAILURES_BEFORE_REST));
}

/** `[delivery.uncertain]`: what happens to an uncertain attempt, and after how many milliseconds. */
export type UncertainPolicy = Readonly<Record<Purpose, { readonly as: 'resend' | 'hold'; readonly after: number }>>;

/** When an uncertain attempt that began now is decided by rule; null when a person or a report must. */
export function decideAt(policy: UncertainPolicy, purpose: Purpose, now: number): number | null {
  const rule = policy[purpose];
  return rule.as === 'resend' ? now + rule.after : null;
}

/** The settlement of an attempt that ended with `outcome`. */
export function settlementOf(outcome: SendOutcome, facts: RetryFacts, purpose: Purpose, uncertain: UncertainPolicy): Settlement {
  const at = facts.now;
  switch (outcome.kind) {
    case 'ok':
      return { kind: outcome.earlier ? 'sentEarlier' : 'sent', mr: outcome.mr, at };
    case 'unknown':
      return { kind: 'uncertain', cause: outcome.cause, at, decideAt: decideAt(uncertain, purpose, at) };
    case 'refused':
      return afterNo('refused', causeOf(outcome.cause), facts);
    case 'not-sent':
      return afterNo('notSent', causeOf(outcome.cause), facts);
    default:
      return outcome satisfies never;
  }
}

function standard(step: number): number {
  return STANDARD_BACKOFF[step] ?? 1800;
}

/** Whether the next try may follow at once, on another SIM or on the same one when it is back. */
function triesAtOnce(tries: number): boolean {
  return tries + 1 < TRIES_AT_ONCE;
}

/** Whether a segment waits only for its SIM to come back. */
export function waitsForItsSim(settlement: Settlement, tries: number): boolean {
  return settlement.kind === 'retry' && settlement.cause === PORT_GONE && settlement.dueAt !== null && triesAtOnce(tries);
}

function afterNo(outcome: 'refused' | 'notSent', cause: Cause, facts: RetryFacts): Settlement {
  const fail = (reason: string): Settlement => ({ kind: 'failed', outcome, cause: cause.code, reason, at: facts.now });
  const neverLeft = outcome === 'notSent';
  const other = facts.otherSims > 0 && triesAtOnce(facts.tries);
  // The schedule counts from the last SIM that tried it for the first time.
  const step = Math.max(0, facts.tries + 1 - facts.simsTried);
  const later = (seconds: number, leave: boolean): Settlement => {
    const wait = Math.round(seconds * 1000 * (1 + JITTER * (2 * facts.chance - 1)));
    const dueAt = facts.now + wait;
    if (leave && other) {
      return { kind: 'retry', outcome, cause: cause.code, at: facts.now, dueAt: null, avoid: { iccid: facts.iccid, until: dueAt } };
    }
    return { kind: 'retry', outcome, cause: cause.code, at: facts.now, dueAt: Math.min(dueAt, facts.expiresAt), avoid: null };
  };
  if (facts.tries + 1 >= MOST_TRIES) return fail('triesUsedUp');
  switch (cause.class) {
    case 'RETRY_SAME_SIM_LATER':
      // When the cause's own schedule is used up the standard one goes on: a fault of modem or network is no reason to
      // give up a message that still has time.
      return later(cause.backoff[step] ?? standard(step), cause.otherSim || neverLeft);
    case 'RETRY_OTHER_SIM':
      return other ? later(LEAVE_TO_OTHERS, true) : later(standard(step), false);
    case 'SIM_BARRED_OR_NO_CREDIT':
    case 'OPERATOR_ACTION':
      return later(BARRED_BACKOFF[step] ?? 86_400, true);
    case 'QUARANTINE_MODEM':
    case 'UNCERTAIN':
    case 'NOT_A_SEND_FAILURE':
      // It came before Ctrl-Z, or it would be `unknown`: surely not sent.
      return later(standard(step), true);
    case 'PERMANENT':
    case 'PERMANENT_OUR_PDU':
    case 'ACCEPTED_EARLIER':
      // A modem that refuses before it has seen the segment says something of itself, not of the message.
      return neverLeft ? later(standard(step), true) : fail('refusedByNetwork');
    default:
      return cause.class satisfies never;
  }
}
