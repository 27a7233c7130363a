import type { MemoryName } from './message-memory.ts';

/** What differs between makes of modem, as data. */
export interface ModemModel {
  /** +CGMI, +CGMM, +CGMR. */
  readonly manufacturer: string;
  readonly model: string;
  readonly revision: string;
  /** Further lines of +CGMI. */
  readonly manufacturerMore: readonly string[];
  /** Commands that show the ICCID, each with the prefix of its answer; an empty prefix shows the digits alone. */
  readonly iccid: readonly { readonly command: string; readonly prefix: string }[];
  /** Lines that come by themselves when a host opens the port after power-up. */
  readonly boot: readonly string[];
  /** Lines that come between the pieces of every answer, until `quietBy` has switched them off. */
  readonly noise: readonly string[];
  /** The command that does, with 0 as its last parameter. */
  readonly quietBy: string | undefined;
  /** Commands of its own, from `commands-vendor.ts`. */
  readonly knows: readonly string[];
  /** Commands of the standards that it does not know. */
  readonly lacks: readonly string[];
  /** What it says to a command that it does not know, instead of an error. */
  readonly unknownCommand: string | undefined;
  /** The storages that +CPMS offers. */
  readonly memories: readonly MemoryName[];
  /** Where SMS-DELIVERs are stored unless +CPMS says otherwise. */
  readonly receiveInto: MemoryName;
  /** Where status reports are stored with +CNMI <ds> = 2. */
  readonly reportsInto: MemoryName;
  /** What +CDSI says whatever the truth, for modems whose slot numbers lie. */
  readonly reportIndication: string | undefined;
  /** The lowest index of the storage ME. */
  readonly firstIndexInMe: number;
  /** Values of +CNMI <mode>, <mt>, <bm>, <ds>, <bfr> that it takes. */
  readonly cnmi: readonly [readonly number[], readonly number[], readonly number[], readonly number[], readonly number[]];
  /** How the text of +CUSD is written. */
  readonly ussd: 'plain' | 'packedHex';
  /** Whether it answers OK to a segment that was not sent, until AT^SM20 says otherwise. */
  readonly hidesFailures: boolean;
  /** How long after power-up the SIM is busy, milliseconds: commands that need it are refused with "SIM busy". */
  readonly simBusyMs: number;
  /** What starts it anew besides +CFUN=1,1: `16` for +CFUN=16, `1` for +CFUN=1. */
  readonly cfunResets: number | undefined;
}

/**
 * A modem that answers all that Simpost asks of any. The ICCID commands are each of one family:
 * `+CCID` u-blox SARA-U2 and SARA-G3 (u-blox AT Commands Manual UBX-13002752, "Card identification +CCID");
 * `+ICCID` Fibocom (L610 AT Commands, "+ICCID"); `^ICCID` Huawei (ME909s AT Command Interface Specification, "^ICCID");
 * `+QCCID` Quectel (EC25&EC21 AT Commands Manual V1.3, "AT+QCCID Show ICCID");
 * `+CICCID` SIMCom (SIM7500_SIM7600 Series AT Command Manual, "AT+CICCID", which answers `+ICCID:`).
 */
export const GENERIC: ModemModel = {
  manufacturer: 'Simpost',
  model: 'Virtual Modem',
  revision: '1.0',
  manufacturerMore: [],
  iccid: [
    { command: '+CCID', prefix: '+CCID: ' },
    { command: '+ICCID', prefix: '+ICCID: ' },
    { command: '^ICCID', prefix: '^ICCID: ' },
    { command: '+QCCID', prefix: '+QCCID: ' },
    { command: '+CICCID', prefix: '+ICCID: ' },
  ],
  boot: [],
  noise: [],
  quietBy: undefined,
  knows: [],
  lacks: [],
  unknownCommand: undefined,
  memories: ['SM', 'ME', 'SR'],
  receiveInto: 'SM',
  reportsInto: 'SR',
  reportIndication: undefined,
  firstIndexInMe: 0,
  cnmi: [
    [0, 1, 2, 3],
    [0, 1, 2, 3],
    [0, 1, 2, 3],
    [0, 1, 2],
    [0, 1],
  ],
  ussd: 'plain',
  hidesFailures: false,
  simBusyMs: 0,
  cfunResets: undefined,
};
