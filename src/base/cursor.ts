import { Fault } from '../base/fault.ts';

/** Where the next page of a list begins, as an opaque word: base64url of the last row's sequence number. */
export function encodeCursor(seq: number): string {
  return Buffer.from(`s${seq}`).toString('base64url');
}

/**
 * The sequence number in a cursor.
 * @throws Fault `cursorInvalid`
 */
export function decodeCursor(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const seq = /^s(\d{1,15})$/.exec(text)?.[1];
  if (seq === undefined || encodeCursor(Number(seq)) !== cursor) {
    throw new Fault('cursorInvalid', 'The cursor is not one that a list gave; use nextCursor of the page before, or none to begin.');
  }
  return Number(seq);
}
