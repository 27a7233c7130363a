import type { Clock, Timer } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { every } from '../base/waits.ts';
import { type SimOutlook, simOutlook } from '../policy/sim-outlook.ts';
import type { NewAudit } from '../store/records/audit.ts';
import type { SimLife } from '../store/records/sim-life.ts';
import type { Store } from '../store/store.ts';

/** What is configured of a SIM's life, days; 0 is nothing. */
export interface SimLimits {
  readonly topUpDays: number;
  readonly paidDays: number;
  readonly warmUpDays: number;
}

/** How often the SIMs are looked at, milliseconds. */
const LOOK = 3_600_000;

/** Looks ahead for each SIM, so that none dies of disuse and no package ends unseen; what needs somebody becomes an event. */
export class SimKeeper {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #limitsOf: (iccid: string) => SimLimits;
  readonly #isTimeKnown: () => boolean;
  #timer: Timer | undefined;

  constructor(parts: { store: Store; clock: Clock; log: Log; limitsOf: (iccid: string) => SimLimits; isTimeKnown: () => boolean }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#limitsOf = parts.limitsOf;
    this.#isTimeKnown = parts.isTimeKnown;
  }

  start(): void {
    this.#timer = every(this.#clock, LOOK, () => {
      this.look().catch((error: unknown) => this.#log.error({ err: error }, 'the SIMs could not be looked after'));
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  of(iccid: string): SimLife & SimOutlook {
    const now = this.#clock.now();
    const life = this.#store.simLife(iccid, now);
    // By name: what limits a SIM may say more, such as the size of its package.
    const { topUpDays, paidDays, warmUpDays } = this.#limitsOf(iccid);
    return { ...life, ...simOutlook({ now, ...life, topUpDays, paidDays, warmUpDays }) };
  }

  /** Somebody topped a SIM up. */
  toppedUp(iccid: string, at: number, entry: NewAudit): Promise<void> {
    return this.#store.toppedUp(iccid, at, entry);
  }

  /** Looks at all of them once. All of it is days: while nobody knows the time, nothing is said. */
  async look(): Promise<void> {
    if (!this.#isTimeKnown()) return;
    for (const { iccid } of await this.#store.sims()) {
      const { alerts } = this.of(iccid);
      await this.#store.keepSimAlerts(iccid, alerts, this.#clock.now());
    }
  }
}
