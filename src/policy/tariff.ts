import type { Money } from '../base/money.ts';
import { type ListedPrice, priceFor, readPrice } from '../base/price-list.ts';

interface SimPrices {
  readonly iccid: string;
  /** As the configuration has them; none where those of all SIMs hold. */
  readonly prices: readonly string[];
}

/** What a segment costs through each SIM, by whom it goes to. */
export class Tariff {
  readonly #defaults: readonly ListedPrice[];
  readonly #lists: ReadonlyMap<string, readonly ListedPrice[]>;

  constructor(parts: { defaults: readonly string[]; sims: readonly SimPrices[] }) {
    const read = (prices: readonly string[]): ListedPrice[] => prices.flatMap((text) => readPrice(text) ?? []);
    this.#defaults = read(parts.defaults);
    this.#lists = new Map(parts.sims.flatMap(({ iccid, prices }) => (prices.length > 0 ? [[iccid, read(prices)] as const] : [])));
  }

  /** Whether any price is known at all. */
  get known(): boolean {
    return this.#defaults.length > 0 || this.#lists.size > 0;
  }

  /** @param to E.164, or as many of its first digits as are known; null where no price is */
  priceOf(iccid: string, to: string): Money | null {
    return priceFor(this.#lists.get(iccid) ?? this.#defaults, to);
  }
}
