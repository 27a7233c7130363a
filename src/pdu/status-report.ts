import { type Address, readAddress, writeNumber, writeSmsc } from './address.ts';
import type { DecodeNote } from './notes.ts';
import { HexWriter, type OctetReader } from './octets.ts';
import type { EncodedPdu } from './submit.ts';
import { type Moment, readTimestamp, type Timestamp, writeTimestamp } from './timestamp.ts';
import { hasHeader } from './udh.ts';
import { dataCodingOf, readUserData, type UserData, type UserDataInput, writeUserData } from './user-data.ts';

/**
 * SMS-STATUS-REPORT (TS 23.040 9.2.2.3): what became of a segment that was sent.
 */
export interface StatusReport {
  readonly type: 'statusReport';
  readonly smsc: string | null;
  /** TP-MR of the segment it is about. */
  readonly mr: number;
  /** TP-RA: to whom the segment went, often written in another way than it was sent. */
  readonly recipient: Address;
  /** When the SMSC took the segment; null when its digits make no time. */
  readonly smscTime: Timestamp | null;
  readonly smscTimeRaw: string;
  /** When it was delivered, or the SMSC last tried. */
  readonly dischargeTime: Timestamp | null;
  readonly dischargeTimeRaw: string;
  /** TP-ST, 0..255 (TS 23.040 9.2.3.15); `reportClass` of base/causes.ts says what it means. */
  readonly status: number;
  /** TP-MMS: more messages wait at the SMSC. */
  readonly moreToSend: boolean;
  readonly loopPrevention: boolean;
  /** TP-SRQ: it answers an SMS-COMMAND, not an SMS-SUBMIT. */
  readonly fromCommand: boolean;
  /** TP-PID, where the report has it. */
  readonly pid: number | null;
  /** TP-DCS, where the report has it. */
  readonly dcs: number | null;
  /** A text of the network's, where the report has one. */
  readonly userData: UserData | null;
  readonly trailingOctets: number;
  readonly notes: readonly DecodeNote[];
}

const STATUS_REPORT = 0x02;
const NO_MORE_MESSAGES = 0x04;
const LOOP_PREVENTION = 0x08;
const FROM_COMMAND = 0x20;
const HEADER_INDICATOR = 0x40;

/** TP-PI, which optional parameters follow (TS 23.040 9.2.3.27). */
const HAS_PID = 0x01;
const HAS_DCS = 0x02;
const HAS_USER_DATA = 0x04;
const MORE_INDICATORS = 0x80;

/** Whether all that is left is FF: a record of a SIM that the report does not fill. */
function isPadding(reader: OctetReader): boolean {
  for (let i = 0; i < reader.left; i++) if (reader.peek(i) !== 0xff) return false;
  return true;
}

/** TP-PI of the octets that say it: the standard lets more of them follow, for parameters that it does not have yet. */
function readIndicator(reader: OctetReader): number {
  const first = reader.octet('pi');
  for (let octet = first; (octet & MORE_INDICATORS) !== 0; ) octet = reader.octet('pi');
  return first;
}

/**
 * Reads an SMS-STATUS-REPORT whose first octet is next. One that ends after TP-ST is whole: what comes then is optional.
 * @throws PduFault
 */
export function readStatusReport(reader: OctetReader, smsc: string | null): StatusReport {
  const first = reader.octet('firstOctet');
  const mr = reader.octet('mr');
  const recipient = readAddress(reader, 'ra');
  const sent = readTimestamp(reader, 'scts');
  const discharged = readTimestamp(reader, 'dt');
  const status = reader.octet('st');
  const notes: DecodeNote[] = [];
  if (sent.time === null || discharged.time === null) notes.push('badTimestamp');
  let pid: number | null = null;
  let dcs: number | null = null;
  let userData: UserData | null = null;
  let trailingOctets = 0;
  if (reader.left > 0 && isPadding(reader)) {
    notes.push('paddedReport');
    trailingOctets = reader.left;
  } else if (reader.left > 0) {
    const indicator = readIndicator(reader);
    if ((indicator & HAS_PID) !== 0) pid = reader.octet('pid');
    if ((indicator & HAS_DCS) !== 0) dcs = reader.octet('dcs');
    if ((indicator & HAS_USER_DATA) !== 0) userData = readUserData(reader, dcs ?? 0, (first & HEADER_INDICATOR) !== 0, notes);
    trailingOctets = reader.left;
    if (trailingOctets > 0 && !userData) notes.push('trailingOctets');
  }
  return {
    type: 'statusReport',
    smsc,
    mr,
    recipient,
    smscTime: sent.time,
    smscTimeRaw: sent.raw,
    dischargeTime: discharged.time,
    dischargeTimeRaw: discharged.raw,
    status,
    moreToSend: (first & NO_MORE_MESSAGES) === 0,
    loopPrevention: (first & LOOP_PREVENTION) !== 0,
    fromCommand: (first & FROM_COMMAND) !== 0,
    pid,
    dcs,
    userData,
    trailingOctets,
    notes,
  };
}

/** A report as an SMSC would send it: for the simulator and tests. */
export interface StatusReportInput {
  readonly mr: number;
  /** As in `SubmitSegment.to`. */
  readonly recipient: string;
  readonly smscTime: Moment;
  readonly dischargeTime: Moment;
  readonly status: number;
  readonly smsc?: string | null;
  readonly moreToSend?: boolean;
  readonly loopPrevention?: boolean;
  readonly fromCommand?: boolean;
  readonly pid?: number;
  /** A text of the network's; TP-DCS goes with it. */
  readonly userData?: UserDataInput;
}

/**
 * Encodes an SMS-STATUS-REPORT; TP-PI is written only when something follows it.
 * @throws Fault numberInvalid, textInvalid, textTooLong, timeInvalid
 */
export function encodeStatusReport(report: StatusReportInput): EncodedPdu {
  const writer = new HexWriter();
  writeSmsc(writer, report.smsc);
  const start = writer.length;
  const { userData } = report;
  writer.octet(
    STATUS_REPORT |
      (report.moreToSend ? 0 : NO_MORE_MESSAGES) |
      (report.loopPrevention ? LOOP_PREVENTION : 0) |
      (report.fromCommand ? FROM_COMMAND : 0) |
      (userData && hasHeader(userData) ? HEADER_INDICATOR : 0),
  );
  writer.octet(report.mr);
  writeNumber(writer, report.recipient);
  writeTimestamp(writer, report.smscTime);
  writeTimestamp(writer, report.dischargeTime);
  writer.octet(report.status);
  if (report.pid !== undefined || userData) {
    writer.octet((report.pid === undefined ? 0 : HAS_PID) | (userData ? HAS_DCS | HAS_USER_DATA : 0));
    if (report.pid !== undefined) writer.octet(report.pid);
    if (userData) {
      writer.octet(dataCodingOf(userData));
      writeUserData(writer, userData);
    }
  }
  return { pdu: writer.hex(), tpduLength: writer.length - start };
}
