import type { Clock } from '../base/clock.ts';
import { PURPOSES, purposeOf, purposeRank } from '../base/purpose.ts';
import { warmedCap, warmUpDay } from '../base/warm-up.ts';
import type { Allowances } from './allowances.ts';
import type { Db } from './database.ts';
import { PlanTime } from './plan-time.ts';
import { PlanWindows, type Window } from './plan-windows.ts';
import { CAP_NAMES, type CapHold, type CapName, type Passage, type SimCaps, type SimPlans, type SimUse } from './records/plan.ts';
import { SimCounts } from './sim-counts.ts';

const OFFER = purposeRank('promotional');
const URGENT = purposeRank('urgent');

export const NO_PLANS: SimPlans = {
  capsOf: () => ({ perMinute: 0, perHour: 0, perDay: 0, perMonth: 0, uniquePerDay: 0, uniquePerMonth: 0, resetDay: 1 }),
  purposesOf: () => PURPOSES,
  priceOf: () => null,
  carries: () => true,
  routeOf: () => null,
  prefers: () => false,
  packageOf: () => null,
  warmUpDays: () => 0,
  timeZone: 'UTC',
  boot: '',
};

/**
 * The limits of the SIMs. Every try counts, with the claim that begins it and in its transaction, also one that fails: the
 * operator may have seen it. So nothing that is on the air, in doubt or under way when the power goes is forgotten. Once it
 * is over it counts from then: the operator saw it at some moment until that, and no window of its own may hold more either.
 *
 * A SIM of which every cap is 0 is not counted: its caps, once they are set, begin to count then.
 */
export class SimCapsGuard {
  readonly #clock: Clock;
  readonly #time: PlanTime;
  readonly #allowances: Pick<Allowances, 'of' | 'take'>;
  readonly #written: SimCounts;
  readonly #read: SimCounts;
  readonly #since;
  readonly #sinces = new Map<string, number>();
  #plans = NO_PLANS;
  /** The caps of each SIM; null where every one is 0. A claim asks for those of all SIMs. */
  readonly #caps = new Map<string, SimCaps | null>();
  #windows = new PlanWindows(NO_PLANS.timeZone);

  constructor(writer: Db, reader: Db, clock: Clock, allowances: Pick<Allowances, 'of' | 'take'>) {
    this.#clock = clock;
    this.#allowances = allowances;
    this.#since = reader.prepare<[string], number | null>('SELECT since FROM sim_lives WHERE iccid = ?').pluck();
    this.#time = new PlanTime(writer, clock);
    this.#written = new SimCounts(writer);
    this.#read = new SimCounts(reader);
  }

  setPlans(plans: SimPlans): void {
    this.#plans = plans;
    this.#caps.clear();
    this.#windows = new PlanWindows(plans.timeZone);
    this.#time.resume(plans.boot);
  }

  /** Of these ranks those that the SIM may still send, whoever the recipient is. */
  open(iccid: string, unpaused: readonly number[]): number[] {
    const purposes = this.#plans.purposesOf(iccid);
    const ranks = unpaused.filter((rank) => purposes.includes(purposeOf(rank)));
    const windows = this.#of(iccid).filter((window) => !window.unique);
    if (windows.length === 0) return ranks;
    const counts = windows.map((window) => ({ window, count: this.#written.within(iccid, window) }));
    const full = counts.some(({ window, count }) => count.all >= window.limit);
    const noOffers = counts.some(({ window, count }) => count.offers >= window.offers);
    if (full) return this.#allowances.of(iccid) ? ranks.filter((rank) => rank === URGENT) : [];
    return ranks.filter((rank) => rank !== OFFER || !noOffers);
  }

  /** Whether the SIM may still send to this recipient, as far as different recipients are counted. */
  reaches(iccid: string, rank: number, recipient: string, counts = this.#written): boolean {
    return (rank === URGENT && this.#allowances.of(iccid) !== undefined) || this.#withinUnique(iccid, rank, recipient, counts);
  }

  #withinUnique(iccid: string, rank: number, recipient: string, counts: SimCounts): boolean {
    return this.#of(iccid).every((window) => {
      if (!window.unique) return true;
      const known = counts.knows(iccid, recipient, window.since);
      if (known.offer || (known.any && rank !== OFFER)) return true;
      const count = counts.within(iccid, window);
      return (known.any || count.all < window.limit) && (rank !== OFFER || count.offers < window.offers);
    });
  }

  /** Counts a try, in the transaction of its claim. */
  count(iccid: string, rank: number, recipient: string): void {
    if (this.#capsOf(iccid) === null) return;
    if (rank === URGENT && this.#allowances.of(iccid) && this.#isPast(iccid, rank, recipient)) this.#allowances.take(iccid);
    this.#written.add(iccid, recipient, rank === OFFER, Math.ceil(this.#time.now()), this.#clock.now());
  }

  /** The try that was counted last is over, in the transaction that says so. */
  over(iccid: string, recipient: string): void {
    if (this.#capsOf(iccid) === null) return;
    this.#written.moveLast(iccid, recipient, Math.ceil(this.#time.now()), this.#clock.now());
  }

  #isPast(iccid: string, rank: number, recipient: string): boolean {
    const full = this.#of(iccid).some((window) => !window.unique && this.#written.within(iccid, window).all >= window.limit);
    return full || !this.#withinUnique(iccid, rank, recipient, this.#written);
  }

  /** What is used, and what is held back; of what is committed. */
  use(iccid: string): SimUse {
    const windows = this.#of(iccid).map((window) => ({ window, count: this.#read.within(iccid, window) }));
    const hold = (unique: boolean, offer: boolean): CapHold | null => {
      const holds = windows.flatMap(({ window, count }): CapHold[] => {
        if (window.unique !== unique || (offer ? count.offers < window.offers : count.all < window.limit)) return [];
        const blocker = this.#read.blocker(iccid, window, offer);
        if (blocker === undefined) return [];
        const wait = Math.max(0, window.leaves(blocker) - this.#time.now());
        return [{ name: window.name, limit: offer ? window.offers : window.limit, until: Math.ceil(this.#clock.now() + wait) }];
      });
      return holds.sort((a, b) => b.until - a.until)[0] ?? null;
    };
    return {
      caps: windows.map(({ window, count }) => ({ name: window.name, used: count.all, limit: window.limit })),
      everything: hold(false, false),
      offers: hold(false, true),
      newRecipients: hold(true, false),
      offersToNewRecipients: hold(true, true),
      allowance: this.#allowances.of(iccid) ?? null,
    };
  }

  /** When the SIM may send such a message to this recipient, where a cap keeps it from that now; null otherwise. */
  heldUntil(iccid: string, rank: number, recipient: string): number | null {
    if (!this.#plans.purposesOf(iccid).includes(purposeOf(rank))) return null;
    const { everything, offers, newRecipients, offersToNewRecipients } = this.use(iccid);
    const isOffer = rank === OFFER;
    const fresh = this.reaches(iccid, rank, recipient) ? null : isOffer ? (offersToNewRecipients ?? newRecipients) : newRecipients;
    const holds = [everything, isOffer ? offers : null, fresh].flatMap((hold) => hold?.until ?? []);
    return holds.length === 0 ? null : Math.max(...holds);
  }

  /** Whether the caps of the SIM let this through now. */
  passes({ iccid, purpose, recipient }: Passage): boolean {
    const { everything, offers } = this.use(iccid);
    const rank = purposeRank(purpose);
    if (rank === URGENT && this.#allowances.of(iccid)) return true;
    return everything === null && (rank !== OFFER || offers === null) && this.reaches(iccid, rank, recipient, this.#read);
  }

  purge(): void {
    this.#written.purge(this.#time.now());
  }

  /** As they are today: those of a SIM that is new have not grown up yet. */
  #warmed(iccid: string, caps: SimCaps): SimCaps {
    const days = this.#plans.warmUpDays(iccid);
    const day = days === 0 ? null : warmUpDay(this.#sinceOf(iccid), days, this.#clock.now());
    if (day === null) return caps;
    const of = (name: CapName): number => warmedCap(caps[name], day, days);
    return {
      perMinute: of('perMinute'),
      perHour: of('perHour'),
      perDay: of('perDay'),
      perMonth: of('perMonth'),
      uniquePerDay: of('uniquePerDay'),
      uniquePerMonth: of('uniquePerMonth'),
      resetDay: caps.resetDay,
    };
  }

  /** When a SIM was first here, kept in memory once it is known. */
  #sinceOf(iccid: string): number | null {
    const since = this.#sinces.get(iccid) ?? this.#since.get(iccid) ?? null;
    if (since !== null) this.#sinces.set(iccid, since);
    return since;
  }

  #of(iccid: string): Window[] {
    const caps = this.#capsOf(iccid);
    return caps === null ? [] : this.#windows.of(this.#warmed(iccid, caps), Math.floor(this.#time.now()), this.#clock.now());
  }

  #capsOf(iccid: string): SimCaps | null {
    let caps = this.#caps.get(iccid);
    if (caps === undefined) {
      const set = this.#plans.capsOf(iccid);
      caps = CAP_NAMES.every((name) => set[name] === 0) ? null : set;
      this.#caps.set(iccid, caps);
    }
    return caps;
  }
}
