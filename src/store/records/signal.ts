/** How well a SIM heard its network. */
export interface SignalSample {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** ICCID. */
  readonly sim: string;
  /** Of the modem that it was in. */
  readonly imei: string;
  /** dBm; null while it was not registered, or did not tell. */
  readonly dbm: number | null;
}
