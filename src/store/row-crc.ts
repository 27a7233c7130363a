import { crc32 } from 'node:zlib';

/**
 * What a row holds, in one number: SQLite notices a damaged page by its structure, not by the letters of a text or the digits
 * of a number in it. So a row that people act on carries the CRC-32 of what was written and never changes, and is asked for
 * it wherever it is read (S05).
 */
export type RowValues = readonly (string | number | null | readonly number[])[];

/** The CRC of these values, 0..2^32-1. They are told apart as JSON tells them apart. */
export function rowCrc(values: RowValues): number {
  return crc32(JSON.stringify(values));
}

/** Whether a row holds what was written. Of one without a CRC, from before they were kept or erased since, nobody can tell. */
export function isWhole(crc: number | null, values: RowValues): boolean {
  return crc === null || crc === rowCrc(values);
}

/** What never changes of a message. */
export interface MessageContent {
  readonly id: string;
  readonly keyId: string;
  readonly recipient: string;
  readonly rank: number;
  readonly alphabet: string;
  readonly flash: number;
  readonly transliterated: number;
  readonly segmentCount: number;
  readonly simRequested: string | null;
  readonly sendAt: number | null;
  readonly acceptedAt: number;
}

/** @param chars how long each segment is, UTF-16 units: the same in the rows of the segments */
export function messageValues(m: MessageContent, chars: readonly number[]): RowValues {
  const who = [m.id, m.keyId, m.recipient, m.rank, m.simRequested] as const;
  return [...who, m.alphabet, m.flash, m.transliterated, m.segmentCount, m.sendAt, m.acceptedAt, chars];
}

/** @param sentText as it is sent, null when that is the text as it was given */
export function textValues(t: { text: string; sentText: string | null; reference: string | null }): RowValues {
  return [t.text, t.sentText, t.reference];
}
