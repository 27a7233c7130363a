import { type Address, readAddress, writeOriginator, writeSmsc } from './address.ts';
import type { DecodeNote } from './notes.ts';
import { HexWriter, type OctetReader } from './octets.ts';
import type { EncodedPdu } from './submit.ts';
import { type Moment, readTimestamp, type Timestamp, writeTimestamp } from './timestamp.ts';
import { hasHeader } from './udh.ts';
import { dataCodingOf, readUserData, type UserData, type UserDataInput, writeUserData } from './user-data.ts';

/**
 * SMS-DELIVER (TS 23.040 9.2.2.1): a segment on its way from the SMSC to the phone.
 */

/** A segment that was received. */
export interface Deliver extends UserData {
  readonly type: 'deliver';
  readonly smsc: string | null;
  readonly from: Address;
  readonly pid: number;
  /** When the SMSC took it; null when its digits make no time. */
  readonly timestamp: Timestamp | null;
  /** The seven octets of the time in hexadecimal. */
  readonly timestampRaw: string;
  /** TP-MMS: more messages wait at the SMSC. */
  readonly moreToSend: boolean;
  /** TP-LP: it was forwarded, and must not be again. */
  readonly loopPrevention: boolean;
  /** TP-SRI: the sender gets a status report. */
  readonly statusReportIndication: boolean;
  /** TP-RP: the answer may take the same SMSC. */
  readonly replyPath: boolean;
}

const NO_MORE_MESSAGES = 0x04;
const LOOP_PREVENTION = 0x08;
const STATUS_REPORT_INDICATION = 0x20;
const HEADER_INDICATOR = 0x40;
const REPLY_PATH = 0x80;
const RESERVED_TYPE = 0x03;

/**
 * Reads an SMS-DELIVER whose first octet is next.
 * @throws PduFault
 */
export function readDeliver(reader: OctetReader, smsc: string | null): Deliver {
  const first = reader.octet('firstOctet');
  const from = readAddress(reader, 'oa');
  const pid = reader.octet('pid');
  const dcs = reader.octet('dcs');
  const { time, raw } = readTimestamp(reader, 'scts');
  const notes: DecodeNote[] = [];
  if ((first & RESERVED_TYPE) === RESERVED_TYPE) notes.push('reservedType');
  if (time === null) notes.push('badTimestamp');
  const userData = readUserData(reader, dcs, (first & HEADER_INDICATOR) !== 0, notes);
  return {
    type: 'deliver',
    smsc,
    from,
    pid,
    timestamp: time,
    timestampRaw: raw,
    moreToSend: (first & NO_MORE_MESSAGES) === 0,
    loopPrevention: (first & LOOP_PREVENTION) !== 0,
    statusReportIndication: (first & STATUS_REPORT_INDICATION) !== 0,
    replyPath: (first & REPLY_PATH) !== 0,
    dcs,
    alphabet: userData.alphabet,
    text: userData.text,
    data: userData.data,
    messageClass: userData.messageClass,
    waiting: userData.waiting,
    concat: userData.concat,
    ports: userData.ports,
    elements: userData.elements,
    trailingOctets: userData.trailingOctets,
    notes,
  };
}

/** A segment as an SMSC would deliver it: for the simulator and tests. */
export interface DeliverSegment extends UserDataInput {
  /** A number as in `SubmitSegment.to`, or a name of up to 11 characters. */
  readonly from: string;
  readonly timestamp: Moment;
  readonly pid?: number;
  readonly smsc?: string | null;
  readonly moreToSend?: boolean;
  readonly loopPrevention?: boolean;
  readonly statusReportIndication?: boolean;
  readonly replyPath?: boolean;
}

/**
 * Encodes an SMS-DELIVER.
 * @throws Fault numberInvalid, textInvalid, textTooLong, timeInvalid; RangeError for a concatenation that cannot be
 */
export function encodeDeliver(segment: DeliverSegment): EncodedPdu {
  const writer = new HexWriter();
  writeSmsc(writer, segment.smsc);
  const start = writer.length;
  writer.octet(
    (segment.moreToSend ? 0 : NO_MORE_MESSAGES) |
      (segment.loopPrevention ? LOOP_PREVENTION : 0) |
      (segment.statusReportIndication ? STATUS_REPORT_INDICATION : 0) |
      (hasHeader(segment) ? HEADER_INDICATOR : 0) |
      (segment.replyPath ? REPLY_PATH : 0),
  );
  writeOriginator(writer, segment.from);
  writer.octet(segment.pid ?? 0);
  writer.octet(dataCodingOf(segment));
  writeTimestamp(writer, segment.timestamp);
  writeUserData(writer, segment);
  return { pdu: writer.hex(), tpduLength: writer.length - start };
}
