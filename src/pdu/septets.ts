import { type Alphabet, ESCAPE, GSM7, NONE, SPACE } from './gsm7.ts';
import type { HexWriter } from './octets.ts';

/**
 * Septets packed into octets, the first in the lowest bits (TS 23.038 6.1.2.1).
 */

/**
 * How many septets a text takes, its escapes included.
 * @returns -1 when the alphabet lacks one of its characters
 */
export function septetsOf(text: string, alphabet: Alphabet = GSM7): number {
  const table = alphabet.encode;
  let septets = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = table[text.charCodeAt(i)] ?? NONE;
    if (code < 128) continue;
    if (code === NONE) return -1;
    septets++;
  }
  return septets;
}

/**
 * Packs a text, the first septet after `fill` bits of zero (TS 23.038 6.1.2.1, TS 23.040 9.2.3.24: behind a header, text
 * starts on a septet boundary).
 * @returns how many septets that makes; -1 when the alphabet lacks one of its characters, and what was written is no use
 */
export function packSeptets(writer: HexWriter, text: string, alphabet: Alphabet, fill: number): number {
  const table = alphabet.encode;
  let septets = text.length;
  let acc = 0;
  let bits = fill;
  for (let i = 0; i < text.length; i++) {
    const code = table[text.charCodeAt(i)] ?? NONE;
    if (code > 127) {
      if (code === NONE) return -1;
      septets++;
      acc |= ESCAPE << bits;
      bits += 7;
      if (bits > 7) {
        writer.octet(acc);
        acc >>= 8;
        bits -= 8;
      }
    }
    acc |= (code & 127) << bits;
    bits += 7;
    if (bits > 7) {
      writer.octet(acc);
      acc >>= 8;
      bits -= 8;
    }
  }
  if (bits > 0) writer.octet(acc);
  return septets;
}

const LATIN = Buffer.alloc(320);
const WIDE = Buffer.alloc(640);

/**
 * Unpacks into LATIN, or, once a unit turns up that is over 255, into WIDE.
 * @returns how many units there are; -1 when `wide` is needed
 */
function unpack(octets: Uint8Array, from: number, fill: number, count: number, alphabet: Alphabet, wide: boolean): number {
  const { basic, extended } = alphabet;
  let at = from;
  let bits = fill > 0 ? 8 - fill : 0;
  let acc = fill > 0 ? (octets[at++] ?? 0) >> fill : 0;
  let table = basic;
  let length = 0;
  for (let i = 0; i < count; i++) {
    if (bits < 7) {
      acc |= (octets[at++] ?? 0) << bits;
      bits += 8;
    }
    const septet = acc & 127;
    acc >>= 7;
    bits -= 7;
    if (septet === ESCAPE && table === basic) {
      table = extended;
      continue;
    }
    const unit = table[septet] ?? SPACE;
    table = basic;
    if (wide) {
      WIDE[length * 2] = unit;
      WIDE[length * 2 + 1] = unit >> 8;
    } else {
      if (unit > 255) return -1;
      LATIN[length] = unit;
    }
    length++;
  }
  // An escape with nothing behind it: a phone that knows no further table shows a space (TS 23.038 6.2.1 note 1).
  if (table === extended) {
    LATIN[length] = SPACE;
    WIDE[length * 2] = SPACE;
    WIDE[length * 2 + 1] = 0;
    length++;
  }
  return length;
}

/**
 * The text of `count` septets (at most 320).
 * @param octets where they are packed
 * @param from index of the octet that holds the first bit
 * @param fill bits of that octet to leave out first
 */
export function unpackSeptets(octets: Uint8Array, from: number, fill: number, count: number, alphabet: Alphabet): string {
  const length = unpack(octets, from, fill, count, alphabet, false);
  if (length >= 0) return LATIN.toString('latin1', 0, length);
  return WIDE.toString('utf16le', 0, unpack(octets, from, fill, count, alphabet, true) * 2);
}
