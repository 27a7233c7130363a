import type { Money } from '../base/money.ts';
import type { Purpose } from '../base/purpose.ts';

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
  purposesOf(iccid: string): readonly Purpose[];
  /** How numbers of the site's country begin; empty where none is set. */
  readonly homePrefix: string;
  readonly tariff: { readonly known: boolean; priceOf(iccid: string, to: string): Money | null };
  readonly store: { homeOf(client: string): string | null };
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
    const { tariff, homePrefix } = this.#parts;
    if (!tariff.known) return null;
    const sim = message.sim ?? this.#carrier(message);
    const price = sim === null ? null : tariff.priceOf(sim, message.to ?? homePrefix);
    if (sim === null || price === null) return null;
    return { segments: message.segments, micros: price.micros * message.segments, currency: price.currency, sim };
  }

  #carrier({ to, purpose }: Quoted): string | null {
    const { ready, others } = this.#parts.sims();
    const may = (iccid: string): boolean => this.#parts.purposesOf(iccid).includes(purpose);
    const able = ready.filter(may);
    const candidates = able.length > 0 ? able : others.filter(may);
    const first = candidates[0] ?? null;
    if (candidates.length < 2 || to === null || purpose === 'otp' || purpose === 'urgent') return first;
    const home = this.#parts.store.homeOf(to);
    return home !== null && candidates.includes(home) ? home : first;
  }
}
