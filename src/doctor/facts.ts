/** What the doctor knows before it judges. All of it is gathered elsewhere; what could not be found out is null. */
export interface Facts {
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  readonly user: string;
  readonly config: ConfigFacts | null;
  /** One sentence each; a configuration with mistakes is no configuration. */
  readonly mistakes: readonly string[];
  readonly warnings: readonly string[];
  readonly ports: readonly PortFacts[];
  /** USB devices that have one serial number among them, so that names by serial number are one name for several. */
  readonly shared: readonly SharedSerial[];
  /** Network cards of this machine that are modems, with the USB sockets that they are in. */
  readonly modemNetworks: readonly { readonly name: string; readonly socket: string }[];
  readonly modemManagerRuns: boolean;
  readonly folder: FolderFacts | null;
  readonly clock: { readonly synchronized: boolean | null; readonly timeZone: string };
  /** What `vcgencmd get_throttled` said, on a Raspberry Pi. */
  readonly throttled: number | null;
  readonly daemon: DaemonFacts;
  readonly modems: readonly ModemSeen[];
  readonly sims: readonly SimSeen[];
}

export interface ConfigFacts {
  readonly file: string | null;
  readonly country: string | null;
  readonly timeZone: string;
  /** Of the `[[modem]]` entries that name one. */
  readonly ports: readonly string[];
  /** Whether modems that no `[[modem]]` names are used, and whether there is such an entry at all. */
  readonly discovers: boolean;
  readonly namesModems: boolean;
}

export interface PortFacts {
  readonly path: string;
  /** Other names of it, such as those in `/dev/serial/by-id`. */
  readonly names: readonly string[];
  /** Maker and USB ids, in words. */
  readonly what: string;
  /** Whether this user may read and write it. */
  readonly usable: boolean;
  readonly group: string | null;
  /** Programs that have it open, as far as this user may see that. */
  readonly holders: readonly { readonly pid: number; readonly name: string }[];
}

export interface SharedSerial {
  /** `vendor:product`. */
  readonly id: string;
  readonly sockets: readonly string[];
  /** Names by the serial number that are there all the same: each leads to one of them. */
  readonly names: readonly string[];
}

export interface FolderFacts {
  readonly path: string;
  readonly state: 'writable' | 'forbidden' | 'missing';
  /** What this user may still write, in units of 2^20 octets. */
  readonly freeMegabytes: number | null;
}

/** The running daemon was asked, or why not. */
export type DaemonFacts =
  | { readonly asked: true; readonly ready: boolean; readonly reasons: readonly string[] }
  | { readonly asked: false; readonly why: string };

/** A modem, as the daemon or a look of our own found it. */
export interface ModemSeen {
  readonly name: string | null;
  readonly port: string;
  readonly what: string;
  readonly sentence: string;
  readonly nextStep: string | null;
}

/** A SIM in a modem. */
export interface SimSeen {
  readonly iccid: string;
  readonly name: string | null;
  readonly operator: string | null;
  readonly signalDbm: number | null;
  readonly smsc: string | null;
}
