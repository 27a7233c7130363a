import type { Clock } from '../base/clock.ts';
import type { Random } from '../base/random.ts';
import type { Air } from './air.ts';
import type { FaultBook } from './faults.ts';
import type { Registration } from './me.ts';
import type { ModemModel } from './models.ts';
import type { SimCard } from './sim-card.ts';

/** What a virtual modem is to be like. */
export interface ModemOptions {
  readonly name: string;
  readonly imei: string;
  readonly card: SimCard | undefined;
  readonly model?: ModemModel | undefined;
  /** From power to registration, milliseconds; 0 unless given: at once. */
  readonly registerMs?: number | undefined;
  /** How long +CFUN=1,1 takes the modem off the bus, milliseconds; 2,000. */
  readonly rebootMs?: number | undefined;
  /** How long the host has for +CNMA, milliseconds; 12,000, the least that TR2M may be (TS 24.011 10). */
  readonly acknowledgeMs?: number | undefined;
  /** Leaves the host's TP-MR in the SMS-SUBMIT instead of writing the SIM's next one. */
  readonly keepMr?: boolean | undefined;
  /** Capacity of the modem's own storages; 100 and 50. */
  readonly capacity?: { readonly ME?: number; readonly SR?: number } | undefined;
  /** What +CREG, +CGREG and +CEREG say when registered; 1, 1, 1 (home) unless given. */
  readonly registered?: Registration | undefined;
}

/** What a modem is handed. */
export interface ModemParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly air: Air;
  readonly faults: FaultBook;
}
