/** How things are with the client of a number now. Instants are milliseconds since 1970. */
export interface ClientState {
  /** They wrote within two days, and nothing but offers was said to them since. */
  readonly waitsForAnswer: boolean;
  /** When the visit is over that they have now or within a day. */
  readonly visitOverAt: number | null;
  readonly repairUnderWay: boolean;
  /** When a rating of 3 or less is 30 days old. */
  readonly lowRatingOverAt: number | null;
}
