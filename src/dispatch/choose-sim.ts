/**
 * Which idle SIM asks the queue first. A lane (one SIM in one modem) claims for itself, so choosing a SIM means choosing
 * the order in which idle lanes claim: the least loaded first, so that the cards wear evenly.
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
 */
export function claimOrder(sims: readonly SimFacts[], busy: ReadonlySet<string>, load: ReadonlyMap<string, number>): SimFacts[] {
  return sims
    .filter((sim) => sim.ready && !busy.has(sim.iccid))
    .sort((a, b) => (load.get(a.iccid) ?? 0) - (load.get(b.iccid) ?? 0) || (a.iccid < b.iccid ? -1 : 1));
}
