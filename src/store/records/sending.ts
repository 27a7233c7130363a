import type { Purpose } from '../../base/purpose.ts';

/** What is not to be sent until a person says so. */
export interface Pause {
  /** Null for every purpose. */
  readonly purpose: Purpose | null;
  /** ICCID; null for every SIM. */
  readonly sim: string | null;
  readonly since: number;
}

/** Begins a pause, or ends the one of exactly this purpose and SIM. */
export interface SendingChange {
  readonly state: 'running' | 'paused';
  readonly purpose: Purpose | null;
  readonly sim: string | null;
  readonly at: number;
}
