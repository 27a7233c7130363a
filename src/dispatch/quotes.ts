import type { Clock } from '../base/clock.ts';
import type { Money } from '../base/money.ts';
import type { Purpose } from '../base/purpose.ts';
import { suitsBetter } from './choose-sim.ts';

/** A message of which the price is asked. */
export interface Quoted {
  /** E.164; null for any number of the site's country. */
  readonly to: string | null;
  readonly purpose: Purpose;
  /** The ICCID asked for. */
  readonly sim: string | null;
  readonly segments: number;
}

/** What a message is expected to cost, and through which SIM. */
export interface Cost extends Money {
  readonly segments: number;
  readonly sim: string;
}

interface Parts {
  /** SIMs that are ready, in the order in which they would begin; then those that are not. */
  sims(): { readonly ready: readonly string[]; readonly others: readonly string[] };
  mayCarry(iccid: string, purpose: Purpose, to: string): boolean;
  prefers(iccid: string, to: string): boolean;
  /** How numbers of the site's country begin; empty where none is set. */
  readonly homePrefix: string;
  /** Whether any price is known at all. */
  readonly priced: boolean;
  readonly clock: Clock;
  readonly store: { homeOf(client: string): string | null; priceOf(iccid: string, to: string, now: number): Money | null };
}

/**
 * Says before a message is sent what it will cost, by the price of the SIM that would carry it as things are now. When its
 * turn comes that may be another; what it did cost is kept with its attempts.
 */
export class Quotes {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Null where no price is known. */
  of(message: Quoted): Cost | null {
    const { store, homePrefix, priced, clock } = this.#parts;
    if (!priced) return null;
    const sim = message.sim ?? this.#carrier(message);
    const price = sim === null ? null : store.priceOf(sim, message.to ?? homePrefix, clock.now());
    if (sim === null || price === null) return null;
    return { segments: message.segments, micros: price.micros * message.segments, currency: price.currency, sim };
  }

  #carrier({ to, purpose }: Quoted): string | null {
    const { sims, mayCarry, prefers, homePrefix, store, clock } = this.#parts;
    const { ready, others } = sims();
    const number = to ?? homePrefix;
    const may = (iccid: string): boolean => mayCarry(iccid, purpose, number);
    const able = ready.filter(may);
    const candidates = able.length > 0 ? able : others.filter(may);
    const [first = null] = candidates;
    if (candidates.length < 2 || purpose === 'otp' || purpose === 'urgent') return first;
    const home = to === null ? null : store.homeOf(to);
    if (home !== null && candidates.includes(home)) return home;
    const terms = {
      priceOf: (iccid: string) => store.priceOf(iccid, number, clock.now()),
      prefers: (iccid: string) => prefers(iccid, number),
    };
    return candidates.reduce((best, one) => (suitsBetter(terms, one, best) ? one : best));
  }
}
