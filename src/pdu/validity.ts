import { Fault } from '../base/fault.ts';
import { type HexWriter, hexFromOctets, type OctetReader } from './octets.ts';
import { type Moment, readTimestamp, type Timestamp, writeTimestamp } from './timestamp.ts';

/**
 * TP-VP, how long the SMSC keeps trying (TS 23.040 9.2.3.12), in its three formats.
 */

/** A validity to write. */
export type ValidityRequest =
  /** From when the SMSC has it, rounded up to what one octet can say; over 63 weeks is written as 63 weeks. */
  | { readonly relativeSeconds: number }
  | { readonly absolute: Moment }
  | {
      readonly enhanced: {
        /** Up to 255 to the second, up to 99:59:59 to the second, more as the relative format; null is "as the SMSC likes". */
        readonly seconds: number | null;
        /** The SMSC is to try once only. */
        readonly singleShot?: boolean;
      };
    };

/** A validity that was read. `raw` is its octets in hexadecimal. */
export type Validity =
  | { readonly format: 'relative'; readonly seconds: number; readonly raw: string }
  | { readonly format: 'absolute'; readonly time: Timestamp | null; readonly raw: string }
  | {
      readonly format: 'enhanced';
      /** null: it says none, or in a way that the standard reserves. */
      readonly seconds: number | null;
      readonly singleShot: boolean;
      readonly raw: string;
    };

/** TP-VPF, bits 4 and 3 of the first octet (TS 23.040 9.2.3.3), in place. */
const VALIDITY_FORMAT = { none: 0x00, enhanced: 0x08, relative: 0x10, absolute: 0x18 } as const;

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const WEEK = 604_800;

/** Seconds that a relative TP-VP octet stands for (TS 23.040 9.2.3.12.1). */
export function relativeSeconds(octet: number): number {
  if (octet < 144) return (octet + 1) * 5 * MINUTE;
  if (octet < 168) return 12 * HOUR + (octet - 143) * 30 * MINUTE;
  if (octet < 197) return (octet - 166) * DAY;
  return (octet - 192) * WEEK;
}

/**
 * The smallest relative TP-VP octet that lasts at least so many seconds; 255 (63 weeks) for more than that.
 * @throws Fault timeInvalid for a negative number or none
 */
export function relativeOctet(seconds: number): number {
  if (!(seconds >= 0)) throw new Fault('timeInvalid', 'A validity is a number of seconds from 0 up; this one is not.');
  if (seconds <= 12 * HOUR) return Math.max(0, Math.ceil(seconds / (5 * MINUTE)) - 1);
  if (seconds <= DAY) return 143 + Math.ceil((seconds - 12 * HOUR) / (30 * MINUTE));
  if (seconds <= 30 * DAY) return 166 + Math.ceil(seconds / DAY);
  return Math.min(255, 192 + Math.ceil(seconds / WEEK));
}

/** The two bits of the first octet that announce a validity. */
export function validityFormat(validity: ValidityRequest | null | undefined): number {
  if (!validity) return VALIDITY_FORMAT.none;
  if ('relativeSeconds' in validity) return VALIDITY_FORMAT.relative;
  return 'absolute' in validity ? VALIDITY_FORMAT.absolute : VALIDITY_FORMAT.enhanced;
}

const swap = (n: number): number => ((n % 10) << 4) | Math.floor(n / 10);

/** Functionality indicator of the enhanced format, and what follows it (TS 23.040 9.2.3.12.3). */
const SINGLE_SHOT = 0x40;
const EXTENDED = 0x80;

function writeEnhanced(writer: HexWriter, seconds: number | null, singleShot: boolean): void {
  const flag = singleShot ? SINGLE_SHOT : 0;
  const end = writer.length + 7;
  if (seconds === null) {
    writer.octet(flag);
  } else if (seconds >= 1 && seconds <= 255) {
    writer.octet(flag | 2);
    writer.octet(Math.ceil(seconds));
  } else if (seconds >= 1 && Math.ceil(seconds) < 100 * HOUR) {
    const whole = Math.ceil(seconds);
    writer.octet(flag | 3);
    writer.octet(swap(Math.floor(whole / HOUR)));
    writer.octet(swap(Math.floor(whole / MINUTE) % 60));
    writer.octet(swap(whole % 60));
  } else {
    writer.octet(flag | 1);
    writer.octet(relativeOctet(seconds));
  }
  while (writer.length < end) writer.octet(0);
}

/**
 * Writes TP-VP: nothing, one octet or seven.
 * @throws Fault timeInvalid
 */
export function writeValidity(writer: HexWriter, validity: ValidityRequest | null | undefined): void {
  if (!validity) return;
  if ('relativeSeconds' in validity) writer.octet(relativeOctet(validity.relativeSeconds));
  else if ('absolute' in validity) writeTimestamp(writer, validity.absolute);
  else writeEnhanced(writer, validity.enhanced.seconds, validity.enhanced.singleShot ?? false);
}

/** Two swapped decimal digits; -1 when they are none or 60 and more. */
function clockDigits(octet: number, most: number): number {
  const tens = octet & 15;
  const ones = octet >> 4;
  const value = tens * 10 + ones;
  return tens > 9 || ones > 9 || value > most ? -1 : value;
}

/** Seconds in the seven octets of the enhanced format; null for none or a reserved way of saying it. */
function enhancedSeconds(octets: Uint8Array, at: number): number | null {
  const indicator = octets[at] ?? 0;
  if ((indicator & EXTENDED) !== 0) return null;
  const first = octets[at + 1] ?? 0;
  switch (indicator & 7) {
    case 1:
      return relativeSeconds(first);
    case 2:
      return first === 0 ? null : first;
    case 3: {
      const hours = clockDigits(first, 99);
      const minutes = clockDigits(octets[at + 2] ?? 0, 59);
      const seconds = clockDigits(octets[at + 3] ?? 0, 59);
      return hours < 0 || minutes < 0 || seconds < 0 ? null : hours * HOUR + minutes * MINUTE + seconds;
    }
    default:
      return null;
  }
}

/**
 * Reads TP-VP.
 * @param format the two bits of the first octet, in place
 * @returns null for none
 * @throws PduFault (`vp`)
 */
export function readValidity(reader: OctetReader, format: number): Validity | null {
  if (format === VALIDITY_FORMAT.none) return null;
  if (format === VALIDITY_FORMAT.relative) {
    const octet = reader.octet('vp');
    return { format: 'relative', seconds: relativeSeconds(octet), raw: hexFromOctets(Uint8Array.of(octet)) };
  }
  if (format === VALIDITY_FORMAT.absolute) return { format: 'absolute', ...readTimestamp(reader, 'vp') };
  reader.need(7, 'vp');
  const at = reader.at;
  reader.at += 7;
  return {
    format: 'enhanced',
    seconds: enhancedSeconds(reader.octets, at),
    singleShot: (reader.peek(-7) & SINGLE_SHOT) !== 0,
    raw: hexFromOctets(reader.octets, at, at + 7),
  };
}
