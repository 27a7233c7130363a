import type { MemoryName } from './message-memory.ts';

/** What differs between makes of modem, as data. */
export interface ModemModel {
  /** +CGMI, +CGMM, +CGMR. */
  readonly manufacturer: string;
  readonly model: string;
  readonly revision: string;
  /** Commands that show the ICCID, each with the prefix of its answer; an empty prefix shows the digits alone. */
  readonly iccid: readonly { readonly command: string; readonly prefix: string }[];
  /** Lines that come by themselves when a host opens the port after power-up. */
  readonly boot: readonly string[];
  /** Where SMS-DELIVERs are stored unless +CPMS says otherwise. */
  readonly receiveInto: MemoryName;
  /** Where status reports are stored with +CNMI <ds> = 2. */
  readonly reportsInto: MemoryName;
  /** The lowest index of the storage ME. */
  readonly firstIndexInMe: number;
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
  iccid: [
    { command: '+CCID', prefix: '+CCID: ' },
    { command: '+ICCID', prefix: '+ICCID: ' },
    { command: '^ICCID', prefix: '^ICCID: ' },
    { command: '+QCCID', prefix: '+QCCID: ' },
    { command: '+CICCID', prefix: '+ICCID: ' },
  ],
  boot: [],
  receiveInto: 'SM',
  reportsInto: 'SR',
  firstIndexInMe: 0,
};
