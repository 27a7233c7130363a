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
