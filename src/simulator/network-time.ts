/** The time as the network tells it. */
export interface NetworkTime {
  readonly epochMs: number;
  /** Local time is that much ahead of UTC, in quarter hours. */
  readonly quarterHours: number;
}
