import type { ChoiceFacts, ChosenSim } from '../store/records/choice.ts';

/**
 * Which idle SIM asks the queue first. A lane (one SIM in one modem) claims for itself, so choosing a SIM means choosing
 * the order in which idle lanes claim: one that sends well before one that just failed, then the least loaded first, so
 * that the cards wear evenly.
 */
export interface SimFacts {
  readonly iccid: string;
  readonly imei: string;
  /** Registered, its modem ready. */
  readonly ready: boolean;
  /** TP-MR that the modem is expected to give next, 0..255. */
  readonly predictedMr: number | null;
}

/**
 * The idle SIMs that may send, in the order in which they should claim.
 * @param load segments sent lately, by ICCID
 * @param failures segments in a row that a SIM could not send, by ICCID
 */
export function claimOrder(
  sims: readonly SimFacts[],
  busy: ReadonlySet<string>,
  load: ReadonlyMap<string, number>,
  failures: ReadonlyMap<string, number>,
): SimFacts[] {
  const of = (counts: ReadonlyMap<string, number>, { iccid }: SimFacts): number => counts.get(iccid) ?? 0;
  return sims
    .filter((sim) => sim.ready && !busy.has(sim.iccid))
    .sort((a, b) => of(failures, a) - of(failures, b) || of(load, a) - of(load, b) || (a.iccid < b.iccid ? -1 : 1));
}

/**
 * Which SIM sends a message that any may send, and why.
 *
 * A message is everybody's. The first SIM that comes to it takes it, the least loaded of those that are free (`claimOrder`),
 * unless it is a service text or an offer to a client who knows another SIM: then it is left to that one, if it is ready,
 * may carry it, and can be expected to begin within the patience. It is left once. When the patience is over it is
 * everybody's again, and the next SIM that comes to it takes it.
 *
 * @param room messages that a SIM begins within the patience
 */
export function chooseSim({ purpose, asking, others, home, homeQueue, waited }: ChoiceFacts, room: number): ChosenSim {
  const here: ChosenSim = { sim: asking, choice: others.length === 0 ? 'onlyOne' : 'first' };
  if (purpose === 'otp' || purpose === 'urgent' || home === null) return here;
  if (home === asking) return { sim: asking, choice: 'sticky' };
  if (waited || homeQueue >= room || !others.includes(home)) return here;
  return { sim: home, choice: 'sticky' };
}
