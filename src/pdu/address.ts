import { Fault } from '../base/fault.ts';
import { PduFault } from './fault.ts';
import { alphabetFor, GSM7 } from './gsm7.ts';
import type { HexWriter, OctetReader } from './octets.ts';
import { packSeptets, septetsOf, unpackSeptets } from './septets.ts';

/**
 * Addresses (TS 23.040 9.1.2.5): phone numbers, short codes and names, as digits of half an octet or as packed septets.
 */

type AddressKind =
  | 'unknown'
  | 'international'
  | 'national'
  | 'networkSpecific'
  | 'subscriber'
  | 'alphanumeric'
  | 'abbreviated'
  | 'reserved';

export interface Address {
  /** `+380…` when it is international, else the digits (with `*`, `#`, `a`, `b`, `c`) or the name as they stand. */
  readonly number: string;
  readonly kind: AddressKind;
  /** The type-of-address octet as received: type of number and numbering plan. */
  readonly typeOfAddress: number;
}

const KINDS: readonly AddressKind[] = [
  'unknown',
  'international',
  'national',
  'networkSpecific',
  'subscriber',
  'alphanumeric',
  'abbreviated',
  'reserved',
];

const INTERNATIONAL_ISDN = 0x91;
const UNKNOWN_ISDN = 0x81;
const ALPHANUMERIC = 0xd0;

/** Digits of an address field at most: 10 octets (TS 23.040 9.1.2.5). */
const MOST_DIGITS = 20;

/** Half-octets 0 to E; F only fills up the last octet (TS 23.040 9.1.2.3). */
const DIGITS = '0123456789*#abc';

/** The half-octet of a digit by its character code, 255 for every other character below 128. */
const VALUE = new Uint8Array(128).fill(255);
for (let v = 0; v < DIGITS.length; v++) VALUE[DIGITS.charCodeAt(v)] = v;

/** The two digits of an octet, the lower half first; '' where one of them is F. */
const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, octet) => {
  const first = DIGITS[octet & 15];
  const second = DIGITS[octet >> 4];
  return first === undefined || second === undefined ? '' : first + second;
});

/**
 * `count` digits, two to an octet, the lower half first. Some networks count the F that fills the last octet as a digit, so
 * trailing ones are left out.
 * @param field its name in faults; null to end at an F whatever follows
 * @throws PduFault (`field`) for an F with digits behind it: part of the number is missing, and the rest is somebody else's
 */
function readDigits(reader: OctetReader, count: number, field: string | null): string {
  let digits = '';
  let i = 0;
  for (let pair = ''; i + 1 < count; i += 2) {
    pair = PAIRS[reader.peek(i >> 1)] ?? '';
    if (pair === '') break;
    digits += pair;
  }
  for (let ended = false; i < count; i++) {
    const octet = reader.peek(i >> 1);
    const digit = DIGITS[(i & 1) === 0 ? octet & 15 : octet >> 4];
    if (digit === undefined) ended = true;
    else if (!ended) digits += digit;
    else if (field !== null) throw new PduFault(field, reader.at + (i >> 1), 'a filler (F) stands before the last digit');
  }
  reader.at += (count + 1) >> 1;
  return digits;
}

/**
 * A name of `count` half-octets. A name of 7 characters fills 7 octets but for 7 bits, and senders that round its length up
 * make an eighth character, `@`, of those; it is left out.
 */
function readName(reader: OctetReader, count: number): string {
  const septets = Math.floor((count * 4) / 7);
  const octets = (count + 1) >> 1;
  const name = unpackSeptets(reader.octets, reader.at, 0, septets, GSM7);
  reader.at += octets;
  return septets > 0 && septets % 8 === 0 && name.endsWith('@') ? name.slice(0, -1) : name;
}

/**
 * TP-OA, TP-DA or TP-RA: a length in half-octets, the type of address, the digits or septets.
 * @param field its name in faults
 * @throws PduFault (`oa`, `oa.length`, `oa.digits`)
 */
export function readAddress(reader: OctetReader, field: string): Address {
  const start = reader.at;
  const count = reader.octet(field);
  const typeOfAddress = reader.octet(field);
  if (count > MOST_DIGITS) throw new PduFault(`${field}.length`, start, `${count} digits are more than the ${MOST_DIGITS} of an address`);
  reader.need((count + 1) >> 1, `${field}.digits`);
  const kind = KINDS[(typeOfAddress >> 4) & 7] ?? 'reserved';
  if (kind === 'alphanumeric') return { number: readName(reader, count), kind, typeOfAddress };
  const digits = readDigits(reader, count, `${field}.digits`);
  return { number: kind === 'international' && digits !== '' ? `+${digits}` : digits, kind, typeOfAddress };
}

/**
 * The SMSC in front of a TPDU (TS 27.005 3.1): a length in octets, type of address, digits; length 0 is none.
 * @returns null for none
 * @throws PduFault (`smsc`). A filler among its digits is no fault: nobody answers to the SMSC, and the text counts
 */
export function readSmsc(reader: OctetReader): string | null {
  const start = reader.at;
  const length = reader.octet('smsc');
  if (length === 0) return null;
  if (length > 1 + MOST_DIGITS / 2) {
    throw new PduFault('smsc', start, `the number of the SMSC cannot take ${length} octets; perhaps the SMSC prefix is missing`);
  }
  reader.need(length, 'smsc');
  const international = ((reader.octet('smsc') >> 4) & 7) === 1;
  const digits = readDigits(reader, (length - 1) * 2, null);
  return international && digits !== '' ? `+${digits}` : digits;
}

/** Whether the text is one to twenty digits, with `+` in front or not, `*`, `#`, `a`, `b`, `c` counting as digits. */
function isNumber(number: string): boolean {
  const from = number.startsWith('+') ? 1 : 0;
  if (number.length === from || number.length - from > MOST_DIGITS) return false;
  for (let i = from; i < number.length; i++) if ((VALUE[number.charCodeAt(i)] ?? 255) > 15) return false;
  return true;
}

function numberFault(number: string): Fault {
  const what = number.length > MOST_DIGITS + 1 ? `more than ${MOST_DIGITS} digits` : 'something that is not a digit';
  return new Fault(
    'numberInvalid',
    `A number for an SMS has + and digits, or digits with * # a b c, ${MOST_DIGITS} at most; this one has ${number === '' ? 'nothing' : what}.`,
  );
}

const valueAt = (number: string, index: number): number => (index < number.length ? (VALUE[number.charCodeAt(index)] ?? 255) : 15);

function writeDigits(writer: HexWriter, number: string, from: number): void {
  for (let i = from; i < number.length; i += 2) writer.octet(valueAt(number, i) | (valueAt(number, i + 1) << 4));
}

/**
 * Writes a phone number: international with `+`, else as "unknown" type, which is what short codes and national writing need.
 * @throws Fault numberInvalid
 */
export function writeNumber(writer: HexWriter, number: string): void {
  if (!isNumber(number)) throw numberFault(number);
  const from = number.startsWith('+') ? 1 : 0;
  writer.octet(number.length - from);
  writer.octet(from === 1 ? INTERNATIONAL_ISDN : UNKNOWN_ISDN);
  writeDigits(writer, number, from);
}

/**
 * Writes an originator: a number as `writeNumber`, anything else as a name of up to 11 characters of GSM 7-bit.
 * @throws Fault numberInvalid for a name that is too long or has other characters
 */
export function writeOriginator(writer: HexWriter, number: string): void {
  // The letters a, b and c are digits too, but nobody whose name has them means that.
  if (isNumber(number) && !/[abc]/.test(number)) {
    writeNumber(writer, number);
    return;
  }
  const alphabet = alphabetFor(null);
  const septets = septetsOf(number, alphabet);
  const halves = Math.ceil((septets * 7) / 4);
  if (septets < 1 || halves > MOST_DIGITS) {
    throw new Fault('numberInvalid', 'A sender name has 1 to 11 characters of the GSM 7-bit alphabet; this one has not.');
  }
  writer.octet(halves);
  writer.octet(ALPHANUMERIC);
  packSeptets(writer, number, alphabet, 0);
}

/**
 * Writes the SMSC prefix; null or undefined is "as set in the SIM".
 * @throws Fault numberInvalid
 */
export function writeSmsc(writer: HexWriter, smsc: string | null | undefined): void {
  if (smsc === null || smsc === undefined) {
    writer.octet(0);
    return;
  }
  if (!isNumber(smsc)) throw numberFault(smsc);
  const from = smsc.startsWith('+') ? 1 : 0;
  writer.octet(1 + ((smsc.length - from + 1) >> 1));
  writer.octet(from === 1 ? INTERNATIONAL_ISDN : UNKNOWN_ISDN);
  writeDigits(writer, smsc, from);
}
