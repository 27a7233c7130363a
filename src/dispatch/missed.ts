import type { Clock } from '../base/clock.ts';
import type { NewAudit } from '../store/records/audit.ts';
import type { Listing, Page } from '../store/records/listing.ts';
import type { MissedOutcome, MissedView } from '../store/records/time.ts';
import type { Store } from '../store/store.ts';

/** What was due while the box was off and waits for a person, in order of urgency; and what the person says. */
export class Missed {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #onDecided: () => void;

  constructor(parts: { store: Store; clock: Clock; onDecided: () => void }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#onDecided = parts.onDecided;
  }

  /**
   * @param key what was handed over with it alone
   * @throws Fault `cursorInvalid`
   */
  list(page: Page, key?: string): Promise<Listing<MissedView>> {
    return this.#store.missed(page, key);
  }

  /** Resolves when it is on the disk; what is to be sent goes at once. */
  async decide(id: string, as: 'send' | 'leave', audit?: NewAudit): Promise<MissedOutcome> {
    const outcome = await this.#store.decideMissed(id, as, this.#clock.now(), audit);
    if (outcome.kind === 'decided' && as === 'send') this.#onDecided();
    return outcome;
  }
}
