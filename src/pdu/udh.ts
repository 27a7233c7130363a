import { type MessageWaiting, WAITING_KINDS, waitingKind } from './dcs.ts';
import { PduFault } from './fault.ts';
import { type LanguageShift, languageId, languageOfId } from './gsm7.ts';
import type { DecodeNote } from './notes.ts';
import { type HexWriter, hexFromOctets, hexOf, type OctetReader } from './octets.ts';

/**
 * The header in front of the user data (TP-UDH, TS 23.040 9.2.3.24): a length, then information elements.
 */

/** One information element: its identifier and its data in hexadecimal. */
export interface InformationElement {
  readonly id: number;
  readonly data: string;
}

/** Which segment of a longer message this is (TS 23.040 9.2.3.24.1 and 9.2.3.24.8). */
export interface Concat {
  /** The same in all segments of a message: 0..255, or 0..65535 with 16 bits. */
  readonly ref: number;
  readonly bits: 8 | 16;
  /** How many segments there are, 1..255. */
  readonly total: number;
  /** Which one this is, 1..total. */
  readonly n: number;
}

/** Application ports (TS 23.040 9.2.3.24.3 and 9.2.3.24.4), such as 2948 for WAP push. */
export interface Ports {
  readonly destination: number;
  readonly origin: number;
  readonly bits: 8 | 16;
}

const CONCAT_8 = 0x00;
const SPECIAL_INDICATION = 0x01;
const PORTS_8 = 0x04;
const PORTS_16 = 0x05;
const CONCAT_16 = 0x08;
const LANGUAGE_SINGLE = 0x24;
const LANGUAGE_LOCKING = 0x25;

/** A header that was read. */
export interface Header {
  /** Its length in octets, its own length octet included. */
  readonly octets: number;
  /** All elements, in order, those below included. */
  readonly elements: readonly InformationElement[];
  readonly concat: Concat | null;
  readonly ports: Ports | null;
  readonly language: LanguageShift | null;
  readonly waiting: readonly MessageWaiting[];
  readonly notes: readonly DecodeNote[];
}

/** What the elements said, while they are being read. */
interface Found {
  concat: Concat | null;
  ports: Ports | null;
  locking: number;
  single: number;
  waiting: MessageWaiting[];
  notes: DecodeNote[];
}

function foundConcat(found: Found, concat: Concat): void {
  // TS 23.040 9.2.3.24.1: with such values the whole element is to be ignored.
  if (concat.total === 0 || concat.n === 0 || concat.n > concat.total) found.notes.push('invalidConcat');
  else found.concat = concat;
}

/** Takes in one element. Of elements that exclude each other, or come twice, the last counts (TS 23.040 9.2.3.24). */
function take(found: Found, id: number, length: number, octets: Uint8Array, at: number): void {
  const o = (i: number): number => octets[at + i] ?? 0;
  if (id === CONCAT_8 && length === 3) foundConcat(found, { ref: o(0), bits: 8, total: o(1), n: o(2) });
  else if (id === CONCAT_16 && length === 4) foundConcat(found, { ref: (o(0) << 8) | o(1), bits: 16, total: o(2), n: o(3) });
  else if (id === PORTS_8 && length === 2) found.ports = { destination: o(0), origin: o(1), bits: 8 };
  else if (id === PORTS_16 && length === 4) {
    found.ports = { destination: (o(0) << 8) | o(1), origin: (o(2) << 8) | o(3), bits: 16 };
  } else if (id === LANGUAGE_LOCKING && length === 1) found.locking = o(0);
  else if (id === LANGUAGE_SINGLE && length === 1) found.single = o(0);
  else if (id === SPECIAL_INDICATION && length === 2) {
    found.waiting.push({ kind: waitingKind(o(0)), active: o(1) > 0, count: o(1), store: (o(0) & 0x80) !== 0 });
  }
}

function languageShift(found: Found): LanguageShift | null {
  if (found.locking === 0 && found.single === 0) return null;
  const locking = languageOfId(found.locking);
  const single = languageOfId(found.single);
  if ((found.locking !== 0 && !locking) || (found.single !== 0 && !single)) found.notes.push('unknownLanguage');
  if (!locking && !single) return null;
  return { ...(locking && { locking }), ...(single && { single }) };
}

/**
 * Reads the header at the reader's place.
 * @param end index of the octet behind the user data, which the header must not pass
 * @throws PduFault (`ud.udh`, `ud.udh.ie[n]`)
 */
export function readHeader(reader: OctetReader, end: number): Header {
  const start = reader.at;
  if (start >= end) throw new PduFault('ud.udh', start, 'the first octet says that there is a header, but the user data is empty');
  const length = reader.octet('ud.udh');
  const stop = start + 1 + length;
  if (stop > end) throw new PduFault('ud.udh', start, `a header of ${length} octets does not fit into what is left of the user data`);
  const elements: InformationElement[] = [];
  const found: Found = { concat: null, ports: null, locking: 0, single: 0, waiting: [], notes: [] };
  while (reader.at < stop) {
    const at = reader.at;
    const id = reader.peek(0);
    const size = reader.peek(1);
    // The octet at `stop` is not ours to read, but then the first comparison has settled it.
    if (at + 2 > stop || at + 2 + size > stop) {
      throw new PduFault(`ud.udh.ie[${elements.length}]`, at, 'the information element reaches past the end of the header');
    }
    elements.push({ id, data: hexFromOctets(reader.octets, at + 2, at + 2 + size) });
    take(found, id, size, reader.octets, at + 2);
    reader.at = at + 2 + size;
  }
  const language = languageShift(found);
  return { octets: length + 1, elements, concat: found.concat, ports: found.ports, language, waiting: found.waiting, notes: found.notes };
}

/** What a header is made of, for writing. */
export interface HeaderInput {
  readonly concat?: Concat | null;
  readonly language?: LanguageShift | null;
  /** Written as they are, behind those two. */
  readonly extraElements?: readonly InformationElement[];
}

/** Octets of the header with its length octet; 0 when there is nothing to say. */
export function headerOctets(input: HeaderInput): number {
  let octets = 0;
  if (input.concat) octets += input.concat.bits === 8 ? 5 : 6;
  if (input.language?.locking) octets += 3;
  if (input.language?.single) octets += 3;
  for (const element of input.extraElements ?? []) octets += 2 + (element.data.length >> 1);
  return octets === 0 ? 0 : octets + 1;
}

/** Whether there is anything to say in a header, and so TP-UDHI. */
export const hasHeader = (input: HeaderInput): boolean => headerOctets(input) > 0;

const isWithin = (value: number, low: number, high: number): boolean => Number.isInteger(value) && value >= low && value <= high;

function writeConcat(writer: HexWriter, { ref, bits, total, n }: Concat): void {
  if (!isWithin(total, 1, 255) || !isWithin(n, 1, total) || !isWithin(ref, 0, bits === 8 ? 0xff : 0xffff)) {
    throw new RangeError(`there is no segment ${n} of ${total} with a ${bits}-bit reference ${ref}`);
  }
  writer.octet(bits === 8 ? CONCAT_8 : CONCAT_16);
  writer.octet(bits === 8 ? 3 : 4);
  if (bits === 16) writer.octet(ref >> 8);
  writer.octet(ref);
  writer.octet(total);
  writer.octet(n);
}

/**
 * Writes the header that `headerOctets` has measured.
 * @param octets its length, from `headerOctets`; nothing is written for 0
 * @throws RangeError for a segment that cannot be, PduFault (`hex`) for data that is not hexadecimal
 */
export function writeHeader(writer: HexWriter, input: HeaderInput, octets: number): void {
  if (octets === 0) return;
  writer.octet(octets - 1);
  if (input.concat) writeConcat(writer, input.concat);
  for (const [id, language] of [
    [LANGUAGE_LOCKING, input.language?.locking],
    [LANGUAGE_SINGLE, input.language?.single],
  ] as const) {
    if (!language) continue;
    writer.octet(id);
    writer.octet(1);
    writer.octet(languageId(language));
  }
  for (const { id, data } of input.extraElements ?? []) {
    writer.octet(id);
    writer.octet(data.length >> 1);
    writer.hexadecimal(data);
  }
}

/** The element that names application ports. */
export function portsElement({ destination, origin, bits }: Ports): InformationElement {
  if (bits === 8) return { id: PORTS_8, data: hexOf(destination) + hexOf(origin) };
  return { id: PORTS_16, data: hexOf(destination >> 8) + hexOf(destination) + hexOf(origin >> 8) + hexOf(origin) };
}

/** The element that says how many messages wait in a box (TS 23.040 9.2.3.24.2). */
export function waitingElement(waiting: Pick<MessageWaiting, 'kind' | 'store'>, count: number): InformationElement {
  const kind = WAITING_KINDS.indexOf(waiting.kind);
  return { id: SPECIAL_INDICATION, data: hexOf((waiting.store ? 0x80 : 0) | kind) + hexOf(Math.min(255, count)) };
}
