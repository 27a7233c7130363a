import { GSM7 } from '../pdu/gsm7.ts';
import { HexWriter, octetsFromHex } from '../pdu/octets.ts';
import { packSeptets, septetsOf, unpackSeptets } from '../pdu/septets.ts';
import { readUcs2, wellFormed, writeUcs2 } from '../pdu/ucs2.ts';

/**
 * The texts of `+CUSD` (TS 27.007 7.15) in the codings of TS 23.038 5, and in the dresses that modems give them: as they are,
 * as packed septets in hex, as UCS2 in hex.
 */

/** How a modem writes a text of the default alphabet, and the <dcs> that it wants with it. */
export interface UssdDress {
  readonly form: 'plain' | 'packedHex' | 'ucs2Hex';
  readonly dcs: number;
}

export const PLAIN: UssdDress = { form: 'plain', dcs: 15 };

/** <dcs> of UCS2, uncompressed, without a class (TS 23.038 5). */
const UCS2_DCS = 72;

/** A USSD text has 160 octets: 182 septets, or 80 UTF-16 units of UCS2 (TS 23.038 5, TS 24.090). */
const MOST_SEPTETS = 182;
const MOST_UNITS = 80;

/** What is the same in IRA, in the GSM alphabet and in every character set of `+CSCS`, and harmless inside quotes. */
const SAFE = /^[ !#%&'()*+,\-./0-9:<=>?A-Za-z]+$/;

/**
 * A text as it goes into `AT+CUSD`.
 * @returns undefined where it is empty or too long
 */
export function encodeUssd(text: string, dress: UssdDress): { readonly text: string; readonly dcs: number } | undefined {
  const septets = septetsOf(text);
  if (text === '') return undefined;
  // A plain text with a character that may mean something to the modem goes in UCS2, where all are hex.
  if (septets < 0 || (dress.form === 'plain' && !SAFE.test(text))) {
    return text.length > MOST_UNITS ? undefined : { text: ucs2Hex(text), dcs: UCS2_DCS };
  }
  if (septets > MOST_SEPTETS) return undefined;
  switch (dress.form) {
    case 'plain':
      return { text, dcs: dress.dcs };
    case 'ucs2Hex':
      return { text: ucs2Hex(text), dcs: dress.dcs };
    case 'packedHex': {
      const writer = new HexWriter();
      // Seven bits left over would read as one more @: they are CR (TS 23.038 6.1.2.3.1).
      packSeptets(writer, septets % 8 === 7 ? `${text}\r` : text, GSM7, 0);
      return { text: writer.hex(), dcs: dress.dcs };
    }
  }
}

function ucs2Hex(text: string): string {
  const writer = new HexWriter();
  writeUcs2(writer, text);
  return writer.hex();
}

/** What the network said, readable, whichever dress the modem gave it. Control characters but line breaks become spaces. */
export function decodeUssd(text: string, dcs: number, dress: UssdDress): string {
  return Array.from(wellFormed(undressed(text, dcs, dress)).replaceAll(/\r\n?/g, '\n'))
    .map((c) => (c !== '\n' && (c < ' ' || (c >= '\x7f' && c < '\xa0')) ? ' ' : c))
    .join('')
    .trim();
}

function undressed(text: string, dcs: number, dress: UssdDress): string {
  if (!/^(?:[0-9A-Fa-f]{2}){1,364}$/.test(text)) return text;
  const coding = codingOf(dcs);
  const octets = octetsFromHex(text);
  if (coding.alphabet === 'ucs2') {
    if (octets.length % 2 === 1) return text;
    // The language comes first as two septets in two octets (TS 23.038 5, coding group 0001).
    return readUcs2(octets, coding.language ? 2 : 0, octets.length);
  }
  if (coding.alphabet === 'octets') return Buffer.from(octets).toString('latin1');
  const words = septetsIn(octets, dress, text);
  return coding.language && words !== text ? words.slice(3) : words;
}

/** A text of the default alphabet that came as hex, or merely looks like it: a balance of `1250` does. */
function septetsIn(octets: Uint8Array, dress: UssdDress, text: string): string {
  const wide = octets.length % 2 === 0 ? readUcs2(octets, 0, octets.length) : '';
  const packed = unpacked(octets);
  if (dress.form === 'ucs2Hex' && wide !== '') return wide;
  if (dress.form === 'packedHex') return packed;
  if (octets.length >= 4 && COMMON.test(wide)) return wide;
  return octets.length >= 6 && /[A-Fa-f]/.test(text) && COMMON.test(packed) ? packed : text;
}

/** What an answer in some language of Europe or Central Asia is made of; what was not packed, or not UCS2, unpacks to something else. */
const COMMON = /^[\n\r -~\u00a0-\u017f\u0400-\u052f\u2010-\u20bf№]+$/;

function unpacked(octets: Uint8Array): string {
  const text = unpackSeptets(octets, 0, 0, Math.min(Math.floor((octets.length * 8) / 7), 320), GSM7);
  // Seven bits left over are CR, or @ of those who leave them zero.
  return octets.length % 7 === 0 ? text.replace(/[\r@]$/, '') : text;
}

interface Coding {
  readonly alphabet: 'gsm7' | 'octets' | 'ucs2';
  /** The name of a language stands before the text. */
  readonly language: boolean;
}

/** The coding that a CBS data coding scheme names (TS 23.038 5); those that are reserved count as the default alphabet. */
function codingOf(dcs: number): Coding {
  if (dcs === 0x10) return { alphabet: 'gsm7', language: true };
  if (dcs === 0x11) return { alphabet: 'ucs2', language: true };
  const group = dcs >> 4;
  const bits = (dcs >> 2) & 3;
  if ((group >= 4 && group <= 7) || group === 9) {
    return { alphabet: bits === 1 ? 'octets' : bits === 2 ? 'ucs2' : 'gsm7', language: false };
  }
  if (group === 15) return { alphabet: (dcs & 4) === 4 ? 'octets' : 'gsm7', language: false };
  return { alphabet: 'gsm7', language: false };
}
