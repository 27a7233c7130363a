/** Calls that came in. */

export interface NewCall {
  readonly iccid: string;
  /** E.164 where it can be, else as the network gave it; null where it was not told. */
  readonly from: string | null;
  readonly withheld: boolean;
  /** With the SIM it names the call. */
  readonly startedAt: number;
  readonly rings: number;
  /** From the first ring to the end; null while it rings. */
  readonly duration: number | null;
  /** It was ended here. */
  readonly hungUp: boolean;
}

export interface CallView extends NewCall {
  readonly id: string;
}

export interface CallFilter {
  /** The caller, as `CallView.from` has it. */
  readonly from?: string;
  /** Began at or after. */
  readonly since?: number;
}
