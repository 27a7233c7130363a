import { causeOf } from '../base/causes.ts';

/**
 * Whether a SIM has credit and may send at all, as a pure machine over how its segments end (requirement M08). There is no
 * standard code for "no credit": some codes name it, others are only told by a pattern. Its states:
 *
 * - **well**: segments go out. Failures in a row that may mean no credit are counted; one success ends the count.
 * - **barred**: nothing more is sent through it, so that a SIM without credit does not go through the queue. One segment is
 *   let through after 1 h, then after 6 h, then each 24 h, or when somebody says so.
 * - **probing**: that one segment may go now. If the network takes it the SIM is well, else it is barred on.
 */
export type Credit =
  | { readonly at: 'well'; readonly doubts: readonly Doubt[] }
  | { readonly at: 'barred'; readonly cause: string; readonly probes: number; readonly probeAt: number }
  | { readonly at: 'probing'; readonly cause: string; readonly probes: number; readonly under: boolean };

/** A segment that did not go out although modem and network are there. */
interface Doubt {
  readonly to: string;
  readonly cause: string;
  /** The code says of the SIM that it may not send. */
  readonly named: boolean;
}

/** How a segment ended: the network took it, or why it is not known to have gone out. */
export type Ended = { readonly taken: true } | { readonly taken: false; readonly cause: string; readonly to: string };

export type CreditInput =
  | { readonly type: 'began' }
  | { readonly type: 'ended'; readonly how: Ended; readonly hearsNetwork: boolean }
  /** Somebody says that it may send again, or its probe is due. */
  | { readonly type: 'retry' };

export const WITH_CREDIT: Credit = { at: 'well', doubts: [] };

/** Failures in a row: with a code that names the SIM, whoever they were for; without, for as many people. */
const NAMED = 2;
const PATTERN = 3;

const HOUR = 3_600_000;
const PROBES = [HOUR, 6 * HOUR, 24 * HOUR];

/** Milliseconds from the bar to the next probe, after so many. */
const pauseAfter = (probes: number): number => PROBES[Math.min(probes, PROBES.length - 1)] ?? HOUR;

/** A SIM that was barred before the start. @param left milliseconds until it is probed */
export const stillBarred = (cause: string, now: number, left: number): Credit => ({ at: 'barred', cause, probes: 0, probeAt: now + left });

/** Milliseconds until a SIM that was barred so long ago is first probed. */
export const firstProbeIn = (since: number): number => Math.max(0, pauseAfter(0) - since);

/** Whether it may be given a segment. */
export function maySend(credit: Credit): boolean {
  return credit.at === 'well' || (credit.at === 'probing' && !credit.under);
}

/**
 * The next state; inputs that mean nothing in a state change nothing.
 * @param now milliseconds of the monotonic clock
 */
export function judgeCredit(credit: Credit, input: CreditInput, now: number): Credit {
  switch (input.type) {
    case 'began':
      return credit.at === 'probing' ? { ...credit, under: true } : credit;
    case 'retry':
      return credit.at === 'barred' ? { at: 'probing', cause: credit.cause, probes: credit.probes + 1, under: false } : credit;
    case 'ended':
      return ended(credit, input.how, input.hearsNetwork, now);
  }
}

function ended(credit: Credit, how: Ended, hearsNetwork: boolean, now: number): Credit {
  if (how.taken) return WITH_CREDIT;
  const { cause, to } = how;
  const kind = kindOf(cause);
  if (credit.at === 'probing') {
    // What says nothing of the SIM leaves the probe to the next segment.
    if (kind === 'neutral') return { ...credit, under: false };
    return { at: 'barred', cause, probes: credit.probes, probeAt: now + pauseAfter(credit.probes) };
  }
  // What was on its way when it was barred.
  if (credit.at === 'barred' || kind === 'neutral') return credit;
  const doubts = [...credit.doubts, { to, cause, named: kind === 'named' }].slice(-PATTERN);
  const isNamed = doubts.slice(-NAMED).filter((doubt) => doubt.named).length === NAMED;
  const isPattern = hearsNetwork && doubts.length === PATTERN && new Set(doubts.map((doubt) => doubt.to)).size === PATTERN;
  if (!isNamed && !isPattern) return { at: 'well', doubts };
  return { at: 'barred', cause, probes: 0, probeAt: now + pauseAfter(0) };
}

/** What a cause says of the SIM. Codes of modem and recipient, and of a network that is busy, say nothing of it. */
function kindOf(cause: string): 'named' | 'pattern' | 'neutral' {
  const { class: cls } = causeOf(cause);
  if (cls === 'SIM_BARRED_OR_NO_CREDIT') return 'named';
  // 21 and 500 are what many networks say of a SIM without credit (a plan without SMS, an unknown error).
  const answered = cause.startsWith('CMS-') || cause.startsWith('CME-');
  return answered && (cls === 'RETRY_OTHER_SIM' || cls === 'UNCERTAIN' || cls === 'OPERATOR_ACTION') ? 'pattern' : 'neutral';
}
