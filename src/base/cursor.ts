import { hash } from 'node:crypto';
import { Fault } from './fault.ts';

/** Hexadecimal digits that say which list a cursor belongs to, and that it is whole: against mistakes, not against forgers, who gain nothing. */
const MARK_LENGTH = 8;

/**
 * Where the next page of a list begins, as an opaque word.
 * @param list its name and the filters it was asked with: the word is good for that list alone
 * @param place of the last row that was shown
 */
export function encodeCursor(list: readonly unknown[], place: string): string {
  return Buffer.from(markOf(list, place) + place).toString('base64url');
}

/**
 * The place in a cursor.
 * @throws Fault `cursorInvalid` for what is none, and for one of another list or of other filters
 */
export function decodeCursor(list: readonly unknown[], cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  const place = text.slice(MARK_LENGTH);
  if (place === '' || Buffer.from(text).toString('base64url') !== cursor) {
    throw new Fault('cursorInvalid', 'The cursor is not one that a list gave; use nextCursor of the page before, or none to begin.');
  }
  if (!text.startsWith(markOf(list, place))) {
    throw new Fault(
      'cursorInvalid',
      'The cursor is not of this list with these filters, or not whole; keep the filters from page to page, or begin without a cursor.',
    );
  }
  return place;
}

const markOf = (list: readonly unknown[], place: string): string =>
  hash('sha256', JSON.stringify([list, place]), 'hex').slice(0, MARK_LENGTH);
