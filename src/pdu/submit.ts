import { type Address, readAddress, writeNumber, writeSmsc } from './address.ts';
import type { DecodeNote } from './notes.ts';
import { HexWriter, type OctetReader } from './octets.ts';
import { hasHeader } from './udh.ts';
import { dataCodingOf, readUserData, type UserData, type UserDataInput, writeUserData } from './user-data.ts';
import { readValidity, type Validity, type ValidityRequest, validityFormat, writeValidity } from './validity.ts';

/**
 * SMS-SUBMIT (TS 23.040 9.2.2.2): a segment on its way from the phone to the SMSC.
 */

/** One segment to send. */
export interface SubmitSegment extends UserDataInput {
  /** `+380…` is international; anything else, such as a short code, goes out as it stands. Digits, `*`, `#`, `a`, `b`, `c`. */
  readonly to: string;
  /** TP-SRR: ask for a status report. */
  readonly statusReport?: boolean;
  /** TP-RD: the SMSC is to refuse it when it still has one with the same TP-MR for this number. */
  readonly rejectDuplicates?: boolean;
  /** TP-RP: the answer may take the same SMSC. */
  readonly replyPath?: boolean;
  /** TP-PID, 0 unless given. */
  readonly pid?: number;
  /** TP-MR, 0 unless given; the modem puts its own. */
  readonly mr?: number;
  readonly validity?: ValidityRequest | null;
  /** null: as set in the SIM. */
  readonly smsc?: string | null;
}

/** A PDU for `AT+CMGS`, `+CMT` and the like. */
export interface EncodedPdu {
  /** Upper-case hexadecimal, SMSC prefix included. */
  readonly pdu: string;
  /** Octets of the TPDU without the SMSC prefix: the number that `AT+CMGS` wants. */
  readonly tpduLength: number;
}

const SUBMIT = 0x01;
const REJECT_DUPLICATES = 0x04;
const STATUS_REPORT_REQUEST = 0x20;
const HEADER_INDICATOR = 0x40;
const REPLY_PATH = 0x80;

/**
 * Encodes a segment.
 * @throws Fault numberInvalid, textInvalid, textTooLong, timeInvalid; RangeError for a concatenation that cannot be
 */
export function encodeSubmit(segment: SubmitSegment): EncodedPdu {
  const writer = new HexWriter();
  writeSmsc(writer, segment.smsc);
  const start = writer.length;
  writer.octet(
    SUBMIT |
      validityFormat(segment.validity) |
      (segment.rejectDuplicates ? REJECT_DUPLICATES : 0) |
      (segment.statusReport ? STATUS_REPORT_REQUEST : 0) |
      (hasHeader(segment) ? HEADER_INDICATOR : 0) |
      (segment.replyPath ? REPLY_PATH : 0),
  );
  writer.octet(segment.mr ?? 0);
  writeNumber(writer, segment.to);
  writer.octet(segment.pid ?? 0);
  writer.octet(dataCodingOf(segment));
  writeValidity(writer, segment.validity);
  writeUserData(writer, segment);
  return { pdu: writer.hex(), tpduLength: writer.length - start };
}

/** A stored SMS-SUBMIT that was read. */
export interface Submit extends UserData {
  readonly type: 'submit';
  readonly smsc: string | null;
  readonly mr: number;
  readonly to: Address;
  readonly pid: number;
  readonly validity: Validity | null;
  readonly statusReport: boolean;
  readonly rejectDuplicates: boolean;
  readonly replyPath: boolean;
}

/**
 * Reads an SMS-SUBMIT whose first octet is next.
 * @throws PduFault
 */
export function readSubmit(reader: OctetReader, smsc: string | null): Submit {
  const first = reader.octet('firstOctet');
  const mr = reader.octet('mr');
  const to = readAddress(reader, 'da');
  const pid = reader.octet('pid');
  const dcs = reader.octet('dcs');
  const validity = readValidity(reader, first & 0x18);
  const notes: DecodeNote[] = [];
  if (validity?.format === 'absolute' && validity.time === null) notes.push('badTimestamp');
  const userData = readUserData(reader, dcs, (first & HEADER_INDICATOR) !== 0, notes);
  return {
    type: 'submit',
    smsc,
    mr,
    to,
    pid,
    validity,
    statusReport: (first & STATUS_REPORT_REQUEST) !== 0,
    rejectDuplicates: (first & REJECT_DUPLICATES) !== 0,
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
