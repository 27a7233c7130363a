import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { LiveSim } from '../http/live-hardware.ts';
import type { Store } from '../store/store.ts';

/** Tells the store which SIMs are here. Their signal changes all the time; the disk hears only of those that are new or another's. */
export class SimsSeen {
  readonly #parts: { readonly store: Store; readonly clock: Clock; readonly log: Log };
  readonly #told = new Map<string, string>();

  constructor(parts: { readonly store: Store; readonly clock: Clock; readonly log: Log }) {
    this.#parts = parts;
  }

  see(sims: readonly LiveSim[]): void {
    const { store, clock, log } = this.#parts;
    for (const { iccid, imsi, number } of sims) {
      const facts = `${imsi} ${number}`;
      if (this.#told.get(iccid) === facts) continue;
      this.#told.set(iccid, facts);
      store.seeSim({ iccid, imsi, number, at: clock.now() }).catch((error: unknown) => {
        this.#told.delete(iccid);
        log.error({ err: error, iccid }, 'a SIM could not be remembered');
      });
    }
  }

  /** All are told of again when they are seen next: when each was here last is kept to the hour. */
  forget(): void {
    this.#told.clear();
  }
}
