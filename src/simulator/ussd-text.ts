import { GSM7 } from '../pdu/gsm7.ts';
import { HexWriter, octetsFromHex } from '../pdu/octets.ts';
import { packSeptets, unpackSeptets } from '../pdu/septets.ts';

/** A USSD text as packed septets in hexadecimal, seven bits left over filled with CR (TS 23.038 6.1.2.3.1). */
export function packedUssd(text: string): string {
  const writer = new HexWriter();
  packSeptets(writer, text.length % 8 === 7 ? `${text}\r` : text, GSM7, 0);
  return writer.hex();
}

/** What such a text says; undefined when it is no hexadecimal. */
export function unpackedUssd(hex: string): string | undefined {
  if (!/^(?:[0-9A-Fa-f]{2}){1,160}$/.test(hex)) return undefined;
  const octets = octetsFromHex(hex);
  const text = unpackSeptets(octets, 0, 0, Math.floor((octets.length * 8) / 7), GSM7);
  // Seven bits left over are CR, or @ from those who leave them zero.
  return octets.length % 7 === 0 ? text.replace(/[\r@]$/, '') : text;
}
