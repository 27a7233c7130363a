/** So many urgent segments may go through a SIM past its caps, until then. */
export interface Allowance {
  readonly iccid: string;
  /** What is left. */
  readonly segments: number;
  readonly until: number;
  /** Why, as somebody wrote it. */
  readonly reason: string;
}
