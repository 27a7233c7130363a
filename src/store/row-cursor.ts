import { decodeCursor, encodeCursor } from '../base/cursor.ts';
import { Fault } from '../base/fault.ts';

/** A cursor whose place is the sequence number of the last row; see `base/cursor.ts`. */
export function rowCursor(list: readonly unknown[], seq: number): string {
  return encodeCursor(list, String(seq));
}

/**
 * The sequence number in a cursor.
 * @throws Fault `cursorInvalid`
 */
export function rowIn(list: readonly unknown[], cursor: string): number {
  const place = decodeCursor(list, cursor);
  if (!/^\d{1,15}$/.test(place)) throw new Fault('cursorInvalid', 'The cursor is not one that a list gave; begin without one.');
  return Number(place);
}
