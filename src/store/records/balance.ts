/** What is left on a SIM, as its operator said. */

export interface Balance {
  readonly at: number;
  /** In `currency`; null where only a package was told. */
  readonly amount: number | null;
  /** ISO 4217. */
  readonly currency: string | null;
  /** What is left of a package of texts, minutes or data. */
  readonly package: { readonly left: number; readonly unit: string } | null;
}

export interface NewBalance extends Balance {
  readonly iccid: string;
  /** Below what somebody wants to be told of. */
  readonly low: boolean;
}
