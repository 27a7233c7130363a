import { Fault } from '../base/fault.ts';
import { type DataCoding, decodeDcs, encodeDcs, type MessageClass, type MessageWaiting } from './dcs.ts';
import { PduFault } from './fault.ts';
import { alphabetFor, GSM7 } from './gsm7.ts';
import type { DecodeNote } from './notes.ts';
import { type HexWriter, hexFromOctets, type OctetReader } from './octets.ts';
import { packSeptets, unpackSeptets } from './septets.ts';
import { loneSurrogate, readUcs2, writeUcs2 } from './ucs2.ts';
import {
  type Concat,
  type Header,
  type HeaderInput,
  headerOctets,
  type InformationElement,
  type Ports,
  readHeader,
  writeHeader,
} from './udh.ts';

/**
 * TP-UDL and TP-UD: a length, perhaps a header, and a text or octets (TS 23.040 9.2.3.16 and 9.2.3.24).
 */

/** Octets of user data in one segment, its header included (TS 23.040 9.2.2). */
const MOST_USER_DATA = 140;

export type SegmentAlphabet = 'gsm7' | 'ucs2';

/** Septets or UTF-16 units that fit behind a header of so many octets (its length octet included; 0 for none). */
export function capacity(alphabet: SegmentAlphabet, header: number): number {
  return alphabet === 'gsm7' ? Math.floor(((MOST_USER_DATA - header) * 8) / 7) : (MOST_USER_DATA - header) >> 1;
}

/** What one segment says, for writing. */
export interface UserDataInput extends HeaderInput {
  /** The text of this segment; ignored for `8bit`. */
  readonly text: string;
  readonly alphabet: SegmentAlphabet | '8bit';
  /** The octets of an `8bit` segment in hexadecimal. */
  readonly data?: string;
  /** The same as `messageClass: 0`: shown at once and not kept. */
  readonly flash?: boolean;
  readonly messageClass?: MessageClass;
  /** TP-DCS itself, in place of what alphabet and class make; its alphabet must be the same. */
  readonly dcs?: number;
}

/**
 * TP-DCS of a segment.
 * @throws RangeError when `dcs` is given and is of another alphabet, or compressed
 */
export function dataCodingOf(input: UserDataInput): number {
  if (input.dcs === undefined) return encodeDcs(input.alphabet, input.flash ? 0 : (input.messageClass ?? null));
  const coding = decodeDcs(input.dcs);
  if (coding.alphabet !== input.alphabet || coding.compressed) throw new RangeError(`TP-DCS ${input.dcs} does not mean ${input.alphabet}`);
  return input.dcs;
}

function tooLong(took: number, room: number, what: string): Fault {
  return new Fault('textTooLong', `A segment has room for ${room} ${what} and this text takes ${took}; plan the text first.`);
}

/**
 * Writes TP-UDL and TP-UD.
 * @throws Fault textInvalid when the alphabet lacks a character or a surrogate stands alone, textTooLong when it does not fit
 */
export function writeUserData(writer: HexWriter, input: UserDataInput): void {
  const header = headerOctets(input);
  if (header > MOST_USER_DATA) throw new RangeError(`a header of ${header} octets leaves no room`);
  const { text } = input;
  if (input.alphabet === 'gsm7') {
    const room = capacity('gsm7', header);
    // Each character takes a septet at least: what is longer than that does not even fit into the writer.
    if (text.length > room) throw tooLong(text.length, room, 'septets');
    const headerSeptets = Math.ceil((header * 8) / 7);
    const udlAt = writer.length;
    writer.octet(0);
    writeHeader(writer, input, header);
    const alphabet = input.language ? alphabetFor(input.language) : GSM7;
    const septets = packSeptets(writer, text, alphabet, headerSeptets * 7 - header * 8);
    if (septets < 0) throw new Fault('textInvalid', 'The text has a character that the GSM 7-bit alphabet lacks; send it as UCS2.');
    if (septets > room) throw tooLong(septets, room, 'septets');
    writer.patch(udlAt, headerSeptets + septets);
  } else if (input.alphabet === 'ucs2') {
    const room = capacity('ucs2', header);
    if (text.length > room) throw tooLong(text.length, room, 'UTF-16 units');
    writer.octet(header + text.length * 2);
    writeHeader(writer, input, header);
    writeUcs2(writer, text);
  } else {
    const data = input.data ?? '';
    const octets = data.length >> 1;
    if (header + octets > MOST_USER_DATA) throw tooLong(octets, MOST_USER_DATA - header, 'octets');
    writer.octet(header + octets);
    writeHeader(writer, input, header);
    writer.hexadecimal(data);
  }
}

/** What one segment says, as read. */
export interface UserData {
  readonly dcs: number;
  readonly alphabet: DataCoding['alphabet'];
  /** '' when it is no text: 8-bit or compressed. */
  readonly text: string;
  /** The octets behind the header in hexadecimal, where `text` is not the whole truth: 8-bit, compressed, or odd UCS2; else null. */
  readonly data: string | null;
  readonly messageClass: MessageClass | null;
  readonly waiting: readonly MessageWaiting[];
  /** null for a message of one segment, also when the element that says otherwise cannot be right. */
  readonly concat: Concat | null;
  readonly ports: Ports | null;
  /** All information elements of the header, in order. */
  readonly elements: readonly InformationElement[];
  /** How many octets stand behind the TPDU. */
  readonly trailingOctets: number;
  readonly notes: readonly DecodeNote[];
}

const NO_HEADER: Header = { octets: 0, elements: [], concat: null, ports: null, language: null, waiting: [], notes: [] };

/**
 * Reads TP-UDL and TP-UD to the end of the TPDU. Octets behind it are left out, since a record of a SIM is filled up.
 * @param hasHeader TP-UDHI
 * @throws PduFault (`udl`, `ud`, `ud.udh`, `ud.udh.ie[n]`)
 */
export function readUserData(reader: OctetReader, dcs: number, hasHeader: boolean, notes: DecodeNote[]): UserData {
  const coding = decodeDcs(dcs);
  const udlAt = reader.at;
  const udl = reader.octet('udl');
  // Compressed text is counted in octets too (TS 23.040 9.2.3.16).
  const inSeptets = coding.alphabet === 'gsm7' && !coding.compressed;
  const length = inSeptets ? (udl * 7 + 7) >> 3 : udl;
  if (length > MOST_USER_DATA) throw new PduFault('udl', udlAt, `${udl} is more than a segment can hold`);
  reader.need(length, 'ud');
  const end = reader.at + length;
  const header = hasHeader ? readHeader(reader, end) : NO_HEADER;
  for (const note of header.notes) notes.push(note);
  const from = reader.at;
  let text = '';
  let data: string | null = null;
  if (inSeptets) {
    const headerSeptets = Math.ceil((header.octets * 8) / 7);
    // A header can reach into the last septet that UDL counts, but then there is no text.
    const septets = Math.max(0, udl - headerSeptets);
    text = unpackSeptets(reader.octets, from, headerSeptets * 7 - header.octets * 8, septets, alphabetFor(header.language));
  } else if (coding.alphabet === 'ucs2' && !coding.compressed) {
    text = readUcs2(reader.octets, from, end);
    if (((end - from) & 1) === 1) {
      notes.push('oddUcs2');
      data = hexFromOctets(reader.octets, from, end);
    }
    if (loneSurrogate(text) >= 0) notes.push('unpairedSurrogate');
  } else {
    data = hexFromOctets(reader.octets, from, end);
  }
  reader.at = end;
  if (coding.compressed) notes.push('compressed');
  if (coding.reserved) notes.push('reservedCoding');
  const trailingOctets = reader.left;
  if (trailingOctets > 0) notes.push('trailingOctets');
  return {
    dcs,
    alphabet: coding.alphabet,
    text,
    data,
    messageClass: coding.messageClass,
    waiting: coding.waiting ? [coding.waiting, ...header.waiting] : header.waiting,
    concat: header.concat,
    ports: header.ports,
    elements: header.elements,
    trailingOctets,
    notes,
  };
}
