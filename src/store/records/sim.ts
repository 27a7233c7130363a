import type { Balance } from './balance.ts';

/** SIMs, as they are remembered. */

export interface SeenSim {
  readonly iccid: string;
  readonly imsi: string | null;
  readonly number: string | null;
  readonly at: number;
}

export interface StoredSim extends SeenSim {
  /** As last told; null while it never was. */
  readonly balance: Balance | null;
  /** Segments that the network took (each copy of one), that reports said were delivered, tries that failed; TPDUs received. */
  readonly counters: { readonly sent: number; readonly delivered: number; readonly failed: number; readonly received: number };
}
