import { PduFault } from './fault.ts';

/** More octets than any TPDU with its SMSC prefix, or any record of a SIM (TS 51.011 10.5.3: 176), can have. */
const MOST_OCTETS = 512;

const DIGITS = '0123456789ABCDEF';

/** The value of a hexadecimal digit by its character code, 255 for every other character below 256. */
const VALUE = new Uint8Array(256).fill(255);
for (let v = 0; v < 16; v++) {
  VALUE[DIGITS.charCodeAt(v)] = v;
  VALUE[DIGITS.toLowerCase().charCodeAt(v)] = v;
}

/** `00` to `FF`. */
const HEX: readonly string[] = Array.from({ length: 256 }, (_, v) => DIGITS.charAt(v >> 4) + DIGITS.charAt(v & 15));

/** The two characters of each octet as this machine lays them out in memory, so that one store writes both. */
const HEX_PAIR = new Uint16Array(Uint8Array.from(HEX.join(''), (c) => c.charCodeAt(0)).buffer);

/** An octet as two upper-case hexadecimal characters. */
export function hexOf(octet: number): string {
  return HEX[octet & 255] ?? '';
}

/** What the last `OctetReader` reads. Decoding is synchronous and keeps nothing of it, so one piece of memory is enough. */
const READ = Buffer.alloc(MOST_OCTETS);

/** Where hexadecimal goes wrong. */
function hexFault(hex: string): PduFault {
  for (let i = 0; i < hex.length; i++) {
    if ((VALUE[hex.charCodeAt(i)] ?? 255) > 15) return new PduFault('hex', i >> 1, 'this is not a pair of hexadecimal digits');
  }
  return new PduFault('hex', hex.length >> 1, 'the number of hexadecimal digits is odd, so the last octet is half missing');
}

/**
 * Puts the octets that a hexadecimal text stands for, in either case, into `target`.
 * @returns how many there are
 * @throws PduFault (`hex`) for an odd number of characters, one that is no hexadecimal digit, or over 512 octets
 */
function fromHex(hex: string, target: Buffer): number {
  const n = hex.length >> 1;
  if (n > MOST_OCTETS) throw new PduFault('hex', MOST_OCTETS, `there are ${n} octets, which no PDU has`);
  // Node stops at the first character that is no digit, but takes U+0130 for 0: only ASCII has as many octets as characters.
  if (target.write(hex, 'hex') * 2 !== hex.length || Buffer.byteLength(hex) !== hex.length) throw hexFault(hex);
  return n;
}

/**
 * The octets that a hexadecimal text stands for, in either case.
 * @throws PduFault (`hex`) for an odd number of characters, one that is no hexadecimal digit, or over 512 octets
 */
export function octetsFromHex(hex: string): Uint8Array {
  const octets = Buffer.alloc(Math.min(hex.length >> 1, MOST_OCTETS));
  fromHex(hex, octets);
  return octets;
}

/** Octets `from` (included) to `to` (not included) as upper-case hexadecimal. */
export function hexFromOctets(octets: Uint8Array, from = 0, to = octets.length): string {
  let hex = '';
  for (let i = from; i < to; i++) hex += HEX[octets[i] ?? 0];
  return hex;
}

/**
 * A place in a PDU that moves forward, and knows how to say where something is missing. All readers share one piece of
 * memory: making one ends the use of the one before.
 */
export class OctetReader {
  /** The whole PDU and whatever stood there before: look no further than `end`. */
  readonly octets: Uint8Array = READ;
  /** How many octets the PDU has, SMSC prefix included. */
  readonly end: number;
  /** Index of the next octet, which is also the one that faults name. */
  at = 0;

  /** @throws PduFault (`hex`) as `octetsFromHex` */
  constructor(hex: string) {
    this.end = fromHex(hex, READ);
  }

  /** How many octets are left. */
  get left(): number {
    return this.end - this.at;
  }

  /** The octet `offset` places ahead, without moving. Ask `left` or `need` first whether there is one. */
  peek(offset = 0): number {
    return this.octets[this.at + offset] ?? 0;
  }

  /** The next octet. @throws PduFault (`field`) when there is none */
  octet(field: string): number {
    if (this.at >= this.end) throw new PduFault(field, this.end, 'the PDU ends before it');
    return this.octets[this.at++] ?? 0;
  }

  /** Nothing, when `count` octets are left. @throws PduFault (`field`) otherwise */
  need(count: number, field: string): void {
    const left = this.end - this.at;
    if (left < count) throw new PduFault(field, this.end, `${count} octets should stand here, but the PDU ends after ${left}`);
  }
}

const PAIRS = new Uint16Array(MOST_OCTETS);
const TEXT = Buffer.from(PAIRS.buffer);

/**
 * Writes octets straight as hexadecimal characters. All writers share one piece of memory: take the text (`hex`) before
 * the next writer is made. (Encoding is synchronous, so nothing comes between.)
 */
export class HexWriter {
  /** How many octets have been written. */
  length = 0;

  octet(value: number): void {
    PAIRS[this.length++] = HEX_PAIR[value & 255] ?? 0;
  }

  /** Writes an octet again that was written at index `at`, once it is known. */
  patch(at: number, value: number): void {
    PAIRS[at] = HEX_PAIR[value & 255] ?? 0;
  }

  /** Octets that are hexadecimal already. @throws PduFault (`hex`) as `octetsFromHex` */
  hexadecimal(hex: string): void {
    for (const octet of octetsFromHex(hex)) this.octet(octet);
  }

  /** What was written, in upper case. */
  hex(): string {
    return TEXT.toString('latin1', 0, this.length * 2);
  }
}
