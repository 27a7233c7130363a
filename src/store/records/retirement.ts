/** A SIM that sends no more. */
export interface Retirement {
  readonly iccid: string;
  /** The SIM that its clients know from then on. */
  readonly successor: string;
  /** Why, as somebody wrote it. */
  readonly reason: string;
  readonly at: number;
}
