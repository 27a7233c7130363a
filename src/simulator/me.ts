import type { Clock } from '../base/clock.ts';
import type { Random } from '../base/random.ts';
import type { Air } from './air.ts';
import type { FaultBook } from './faults.ts';
import type { MemoryName, MessageMemory } from './message-memory.ts';
import type { ModemModel } from './models.ts';
import type { NetworkTime } from './network-time.ts';
import type { SimCard } from './sim-card.ts';

/** Final answer to a command. */
export type Final =
  /** Information lines, then OK; `then` runs once that has been written. */
  | { readonly kind: 'ok'; readonly lines: readonly string[]; readonly then?: () => void }
  | { readonly kind: 'error' }
  | { readonly kind: 'cme'; readonly code: number }
  | { readonly kind: 'cms'; readonly code: number }
  /** These octets and no result code. */
  | { readonly kind: 'rubbish'; readonly octets: Buffer }
  /** Nothing, now or ever. */
  | { readonly kind: 'mute' };

/** What a command does: it ends, it asks for text by the prompt, or it ends later. */
export type Verdict =
  | Final
  | {
      readonly kind: 'prompt';
      readonly afterMs: number;
      /** False when the prompt gets lost on its way. */
      readonly shown: boolean;
      /** What came before Ctrl-Z. */
      take(text: string): Verdict;
    }
  | {
      readonly kind: 'later';
      /** Whether other commands wait for it. */
      readonly blocking: boolean;
      run(finish: (final: Final) => void): void;
    };

export const OK: Final = { kind: 'ok', lines: [] };
export const ERROR: Final = { kind: 'error' };
export const MUTE: Final = { kind: 'mute' };

export const ok = (...lines: string[]): Final => ({ kind: 'ok', lines });
export const okThen = (then: () => void): Final => ({ kind: 'ok', lines: [], then });
export const cme = (code: number): Final => ({ kind: 'cme', code });
export const cms = (code: number): Final => ({ kind: 'cms', code });

/** The error that a scripted fault asks for: by number, or plain ERROR. */
export function errorOf(spec: { readonly cms?: number | undefined; readonly cme?: number | undefined }): Final {
  if (spec.cms !== undefined) return cms(spec.cms);
  return spec.cme === undefined ? ERROR : cme(spec.cme);
}

/** +CNMI (TS 27.005 3.4.1). */
export interface Indications {
  readonly mode: number;
  readonly mt: number;
  readonly bm: number;
  readonly ds: number;
  readonly bfr: number;
}

const defaults = () => ({
  echo: true,
  verbose: true,
  quiet: false,
  cmee: 0,
  /** +CSMS service: 1 means that what is routed to the TE waits for +CNMA. */
  csms: 0,
  cnmi: { mode: 0, mt: 0, bm: 0, ds: 0, bfr: 0 } as Indications,
  /** +CPMS: what is read and deleted, written, received. */
  readFrom: 'SM' as MemoryName,
  writeTo: 'SM' as MemoryName,
  receiveInto: 'SM' as MemoryName,
  cmms: 0,
  creg: 0,
  cgreg: 0,
  cereg: 0,
  copsFormat: 0,
  clip: 0,
  crc: 0,
  ctzr: 0,
  cusd: 0,
  cscs: 'IRA',
  /** Lines that mean nothing come between the pieces of answers. */
  noisy: true,
  /** OK is said of segments that were not sent (AT^SM20 of Siemens modems). */
  hidesFailures: false,
});

/** What commands set and a power cut forgets. */
export type Settings = ReturnType<typeof defaults>;

export const defaultSettings = ({ receiveInto, hidesFailures }: ModemModel): Settings => ({ ...defaults(), receiveInto, hidesFailures });

/** Registration as +CREG, +CGREG and +CEREG show it (TS 27.007 7.2, 10.1.20, 10.1.22). */
export interface Registration {
  readonly creg: number;
  readonly cgreg: number;
  readonly cereg: number;
}

export interface IncomingCall {
  readonly from: string;
  readonly answered: boolean;
}

/** The mobile equipment (as TS 27.007 calls the modem without its interface), as its commands see it. */
export interface Me {
  readonly name: string;
  readonly imei: string;
  readonly model: ModemModel;
  readonly clock: Clock;
  readonly random: Random;
  readonly air: Air;
  readonly faults: FaultBook;
  readonly settings: Settings;
  readonly card: SimCard | undefined;
  /** <rssi> of +CSQ. */
  readonly signal: number;
  readonly registration: Registration;
  /** Whether short messages can go out. */
  readonly registered: boolean;
  /** The SIM is still being read after power-up. */
  readonly simBusy: boolean;
  /** +CFUN: 1 full, 4 radio off, 0 minimum. */
  readonly functionality: number;
  /** TP-MR of the SUBMIT is left as the host wrote it. */
  readonly keepMr: boolean;
  /** The call that it has, if any. */
  readonly line: { readonly call: IncomingCall | undefined; answer(): void; end(how: 'missed' | 'rejected'): void };
  /** What comes in. */
  readonly inbox: {
    /** +CNMA: what is to happen once it has been answered; undefined when nothing waits for it. */
    acknowledge(good: boolean): (() => void) | undefined;
    /** Gives out what was buffered while +CNMI mode was 0. */
    flush(): void;
  };
  /** What it takes for the time, which is not right before the network has set it. */
  readonly ownClock: { now(): NetworkTime; set(time: NetworkTime): void };

  memory(name: MemoryName): MessageMemory;
  resetSettings(): void;
  setFunctionality(level: number): void;
  /** Power off and on again by itself, as after +CFUN=1,1. */
  reboot(): void;
  /** The plug is pulled; it comes back after `backMs`, or when somebody plugs it in. */
  unplug(backMs?: number): void;
  /** Hangs: answers nothing until woken, or for `forMs`. */
  fallSilent(silence: { readonly forMs?: number | undefined; readonly wakes: 'replug' | 'reset' | 'escape' }): void;
  wake(): void;
  /** The card was opened by its PIN, or asks for one. */
  cardLockChanged(): void;
  /** Calls `fn` when the radio is free and the segment's radio time is over, unless power goes first. */
  onAir(fn: () => void): void;
  /** Calls `fn` later, unless power goes first; at once for 0. */
  after(ms: number, fn: () => void): void;
  /** An unsolicited line to the host, if there is one. */
  unsolicited(line: string): void;
  /** Something was deleted. */
  roomMade(): void;
  /** +CTZU: whether the network may set the clock. */
  takesNetworkTime: boolean;
}
