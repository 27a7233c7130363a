import type { Clock } from '../base/clock.ts';
import type { Store } from '../store/store.ts';

/** Load is what a SIM sent in the last day, looked up again every hour, milliseconds. */
const WINDOW = 86_400_000;
const REFRESH = 3_600_000;

/** How much each SIM has sent lately. */
export class Load {
  readonly #store: Store;
  readonly #clock: Clock;
  #sent = new Map<string, number>();
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Segments, by ICCID. */
  get sent(): ReadonlyMap<string, number> {
    return this.#sent;
  }

  count(iccid: string): void {
    this.#sent.set(iccid, (this.#sent.get(iccid) ?? 0) + 1);
  }

  /** Looks it up again, when that is an hour ago. */
  async refresh(): Promise<void> {
    if (this.#clock.monotonic() - this.#readAt <= REFRESH) return;
    this.#readAt = this.#clock.monotonic();
    this.#sent = new Map(await this.#store.sentSince(this.#clock.now() - WINDOW));
  }
}
