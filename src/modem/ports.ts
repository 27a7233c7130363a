import type { Timer } from '../base/clock.ts';

/** What is plugged in and may be one modem: a stick with all its ports, or one port of an adapter. */
export interface PluggedIn {
  /** The USB socket, `1-1.4`; unlike the port it says where the modem is. */
  readonly usbPath: string;
  /** What else the socket may be called. */
  readonly otherNames: readonly string[];
  /** Nobody can know without asking what is behind an adapter. */
  readonly kind: 'modem' | 'adapter';
  /** `vendor:product`. */
  readonly id: string;
  /** Another one after each time it was plugged in or started anew. */
  readonly enumeration: number;
  /** Where AT may be spoken, best first; `device` is what the name really leads to. */
  readonly ports: readonly { readonly port: string; readonly device: string }[];
  /** All its devices, also those that speak something else. */
  readonly devices: readonly string[];
}

/** What the machine knows of its serial ports. None of it rejects. */
export interface PortSource {
  pluggedIn(): Promise<readonly PluggedIn[]>;
  /** What a port really leads to, links followed; undefined for one that is not there, and for a TCP address. */
  deviceOf(port: string): Promise<string | undefined>;
  /** Who else has these devices open, in words, by device; nobody as far as can be seen where it is missing. */
  openersOf(devices: ReadonlySet<string>): Promise<ReadonlyMap<string, readonly string[]>>;
  /**
   * Calls `changed` soon after ports may have come or gone, and from time to time without a sign.
   * @param named ports that the configuration names
   */
  watch(named: readonly string[], changed: () => void): Timer;
}
