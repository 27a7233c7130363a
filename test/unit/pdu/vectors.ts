import { readFileSync } from 'node:fs';
import type { Direction } from '../../../src/pdu/decode.ts';
import type { SubmitSegment } from '../../../src/pdu/submit.ts';

/** A PDU from outside, with what its source says that it means (test/vectors/*.json). */
export interface Vector {
  readonly name: string;
  readonly pdu: string;
  readonly direction: Direction;
  readonly smscPrefix?: boolean;
  /** The fields to compare, of those that decoding gives. */
  readonly expect: Readonly<Record<string, unknown>>;
  /** What encodes to this very PDU. */
  readonly encode?: SubmitSegment;
  /** Octets for AT+CMGS, where the source says. */
  readonly tpduLength?: number;
  /** Lengths in octets, short of the whole, at which what remains is a valid TPDU itself. */
  readonly wholeAt?: readonly number[];
}

interface VectorFile {
  readonly source: string;
  readonly vectors: readonly Vector[];
}

const FILES = ['published', 'python-messaging', 'ofono', 'android', 'warthog618', 'gammu', 'standard'];

const read = (name: string): VectorFile => JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), 'utf8'));

/** All vectors, each named with its file. */
export const vectors: readonly Vector[] = FILES.flatMap((file) =>
  read(file).vectors.map((vector) => ({ ...vector, name: `${file}: ${vector.name}` })),
);
