import { Fault } from '../base/fault.ts';
import type { HexWriter } from './octets.ts';

/**
 * UCS2 as every phone uses it: UTF-16, high octet first (TS 23.038 6.2.3, TS 23.040 9.2.3.24), so that an emoji is two units.
 */

export const isHighSurrogate = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
export const isLowSurrogate = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;
export const isSurrogate = (unit: number): boolean => (unit & 0xf800) === 0xd800;

/** Index of the first surrogate that stands alone, from `from` on; -1 when there is none. */
export function loneSurrogate(text: string, from = 0): number {
  for (let i = from; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (!isSurrogate(unit)) continue;
    if (isLowSurrogate(unit) || !isLowSurrogate(text.charCodeAt(i + 1))) return i;
    i++;
  }
  return -1;
}

/** The refusal of a text with a surrogate that stands alone: half an emoji has no sense, and no replacement is made up. */
export function loneSurrogateFault(text: string, index: number): Fault {
  const unit = text.charCodeAt(index).toString(16).toUpperCase();
  return new Fault(
    'textInvalid',
    `The text has half a character (a surrogate without its pair, U+${unit}) at position ${index + 1}; send the whole character.`,
  );
}

/**
 * The text with U+FFFD for every surrogate that stands alone: for showing what came in. Join the segments of a message
 * first, since some senders cut through the middle of a character.
 */
export function wellFormed(text: string): string {
  let from = 0;
  let result = '';
  for (let at = loneSurrogate(text); at >= 0; at = loneSurrogate(text, from)) {
    result += `${text.slice(from, at)}\uFFFD`;
    from = at + 1;
  }
  return from === 0 ? text : result + text.slice(from);
}

/**
 * Writes the text, two octets a unit.
 * @throws Fault textInvalid for a surrogate that stands alone
 */
export function writeUcs2(writer: HexWriter, text: string): void {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (isSurrogate(unit) && !(isLowSurrogate(unit) ? isHighSurrogate(text.charCodeAt(i - 1)) : isLowSurrogate(text.charCodeAt(i + 1)))) {
      throw loneSurrogateFault(text, i);
    }
    writer.octet(unit >> 8);
    writer.octet(unit);
  }
}

const SWAPPED = Buffer.alloc(512);

/**
 * The text of octets `from` (included) to `to` (not included), at most 512. A last odd octet is left out; surrogates that
 * stand alone stay, so that segments cut through a character join to the right text.
 */
export function readUcs2(octets: Uint8Array, from: number, to: number): string {
  let n = 0;
  for (let i = from; i + 1 < to; i += 2) {
    SWAPPED[n++] = octets[i + 1] ?? 0;
    SWAPPED[n++] = octets[i] ?? 0;
  }
  return SWAPPED.toString('utf16le', 0, n);
}
