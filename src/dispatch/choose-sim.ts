import type { ChoiceFacts, ChosenSim } from '../store/records/choice.ts';

/**
 * Which idle SIM asks the queue first. A lane (one SIM in one modem) claims for itself, so choosing a SIM means choosing
 * the order in which idle lanes claim: one that sends well before one that just failed, then the least loaded for its weight,
 * so that the cards wear as evenly as they are meant to.
 */
export interface SimFacts {
  readonly iccid: string;
  readonly imei: string;
  /** Registered, its modem ready. */
  readonly ready: boolean;
  /** TP-MR that the modem is expected to give next, 0..255. */
  readonly predictedMr: number | null;
  /** Its modem leaves our TP-MR as it is, so that its SMSC can be asked to refuse a second copy. */
  readonly keepsReference?: boolean;
}

/**
 * The idle SIMs that may send, in the order in which they should claim.
 * @param load segments sent lately, by ICCID
 * @param failures segments in a row that a SIM could not send, by ICCID
 * @param weightOf its share beside the others, 1 or more
 */
export function claimOrder(
  sims: readonly SimFacts[],
  busy: ReadonlySet<string>,
  load: ReadonlyMap<string, number>,
  failures: ReadonlyMap<string, number>,
  weightOf: (iccid: string) => number,
): SimFacts[] {
  const failed = ({ iccid }: SimFacts): number => failures.get(iccid) ?? 0;
  // As it would be with one segment more: so that the heavier begins, and none is past its share by more than that one.
  const loaded = ({ iccid }: SimFacts): number => ((load.get(iccid) ?? 0) + 1) / weightOf(iccid);
  return sims
    .filter((sim) => sim.ready && !busy.has(sim.iccid))
    .sort((a, b) => failed(a) - failed(b) || loaded(a) - loaded(b) || (a.iccid < b.iccid ? -1 : 1));
}

/** How an offer that waits for a SIM at its cap is looked at again, milliseconds: its SIM takes it as soon as the cap gives way. */
const OFFER_WAITS = 3_600_000;

/** A service text changes its SIM when this part of its time is left, so that another has room for it and for another try. */
const LAST_PART = 1 / 4;

/**
 * Which SIM sends a message that any may send, and why.
 *
 * A message is everybody's. The first SIM that comes to it takes it, the least loaded of those that are free (`claimOrder`),
 * unless it is a service text or an offer and another SIM suits it better: the one that its client knows; else one that is
 * preferred for such numbers; else a cheaper one. Then it is left to that one, if it is ready, may carry it, and can be
 * expected to begin within the patience. It is left once. When the patience is over it is everybody's again, and the next SIM
 * that comes to it takes it.
 *
 * A copy of what an SMSC may still hold is left, whatever its purpose, to the SIM that sent the first: through that one the SMSC
 * can be asked to refuse it.
 *
 * Where only a cap keeps the known SIM from it, an offer waits for that cap as long as it is worth sending, and a service
 * text until its latest safe moment; what the cap would outlast goes through another SIM at once.
 *
 * @param patience milliseconds
 * @param room messages that a SIM begins within the patience
 */
export function chooseSim(facts: ChoiceFacts, patience: number, room: number): ChosenSim {
  const { purpose, asking, others, home, waited, now, copyAt } = facts;
  const until = now + patience;
  if (copyAt !== null && patience > 0 && others.includes(copyAt) && facts.queueOf(copyAt) < room) {
    return { kind: 'leave', sim: copyAt, choice: 'sticky', until, again: false };
  }
  const here = { kind: 'take', choice: others.length === 0 ? 'onlyOne' : 'first' } as const;
  if (purpose === 'otp' || purpose === 'urgent') return here;
  if (home === asking) return { kind: 'take', choice: 'sticky' };
  if (home !== null && patience > 0) {
    const capWait = waitsForCap(facts, patience);
    if (capWait !== null) return { kind: 'leave', sim: home, choice: 'sticky', until: capWait, again: true };
    if (others.includes(home)) {
      if (!waited && facts.queueOf(home) < room) return { kind: 'leave', sim: home, choice: 'sticky', until, again: false };
      return here;
    }
  }
  if (!waited) {
    const suiting = others.flatMap((sim) => {
      const choice = suitsBetter(facts, sim, asking);
      return choice === null ? [] : [{ sim, choice }];
    });
    suiting.sort((a, b) => (suitsBetter(facts, a.sim, b.sim) ? -1 : suitsBetter(facts, b.sim, a.sim) ? 1 : 0));
    const best = suiting.find(({ sim }) => facts.queueOf(sim) < room);
    if (best) return { kind: 'leave', ...best, until, again: false };
  }
  const [why, ...more] = others.map((sim) => suitsBetter(facts, asking, sim));
  return why && !more.includes(null) ? { kind: 'take', choice: why } : here;
}

/** Until when a message waits for a cap of the SIM that its client knows; null where it does not. */
function waitsForCap({ purpose, now, from, expiresAt, homeHeldUntil }: ChoiceFacts, patience: number): number | null {
  if (homeHeldUntil === null) return null;
  if (purpose === 'promotional') return homeHeldUntil < expiresAt ? Math.max(homeHeldUntil, now + OFFER_WAITS) : null;
  const latestSafe = expiresAt - Math.max(patience, (expiresAt - from) * LAST_PART);
  return homeHeldUntil <= latestSafe && now < latestSafe ? Math.min(homeHeldUntil + patience, latestSafe) : null;
}

/** Whether a SIM suits a message better than another, and by what; prices of two currencies say nothing of each other. */
export function suitsBetter(
  { prefers, priceOf }: Pick<ChoiceFacts, 'prefers' | 'priceOf'>,
  one: string,
  other: string,
): 'preferred' | 'cheapest' | null {
  if (prefers(one) !== prefers(other)) return prefers(one) ? 'preferred' : null;
  const [price, otherPrice] = [priceOf(one), priceOf(other)];
  if (!price || !otherPrice || price.currency !== otherPrice.currency) return null;
  return price.micros < otherPrice.micros ? 'cheapest' : null;
}
