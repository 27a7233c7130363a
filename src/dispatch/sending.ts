import type { Clock } from '../base/clock.ts';
import type { Purpose } from '../base/purpose.ts';
import type { NewAudit } from '../store/records/audit.ts';
import type { Pause } from '../store/records/sending.ts';
import type { Store } from '../store/store.ts';
import { simOf } from './sim-named.ts';

/** What a person says about sending: all of it, or that of one purpose, through one SIM. */
export interface SendingRequest {
  readonly state: 'running' | 'paused';
  readonly purpose?: Purpose;
  /** An ICCID, or the name of a configured SIM. */
  readonly sim?: string;
}

/**
 * Pause, resume and kill switch. A pause holds from the commit that makes it: no segment is claimed after, what is on the
 * air gets its answer. What waits goes on waiting, as long as it is worth sending.
 */
export class Sending {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #simNamed: (name: string) => string | undefined;
  readonly #onResumed: (sim: string | null) => void;

  /** @param parts.onResumed is told which SIM may send again; null: all of them */
  constructor(parts: {
    store: Store;
    clock: Clock;
    simNamed: (name: string) => string | undefined;
    onResumed: (sim: string | null) => void;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#simNamed = parts.simNamed;
    this.#onResumed = parts.onResumed;
  }

  /**
   * Resolves when it is on the disk.
   * @param audit who asked
   * @throws Fault `simUnknown`
   */
  async set({ state, purpose, sim }: SendingRequest, audit?: NewAudit): Promise<void> {
    const iccid = sim === undefined ? null : simOf(sim, this.#simNamed);
    await this.#store.setSending({ state, purpose: purpose ?? null, sim: iccid, at: this.#clock.now() }, audit);
    if (state === 'running') this.#onResumed(iccid);
  }

  pauses(): readonly Pause[] {
    return this.#store.pauses();
  }
}
