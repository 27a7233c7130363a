import { decodeCursor, encodeCursor } from '../base/cursor.ts';
import { Fault } from '../base/fault.ts';
import { readInstant } from '../base/rfc3339.ts';
import type { Page } from '../store/records/listing.ts';
import { PAGE_LIMIT } from './schemas/common.ts';

/** A `+` that was not encoded arrives as a space: no instant and no number has one where a `+` can stand. */
const withPlus = (written: string): string => written.replace(' ', '+');

/**
 * An instant from a query parameter, in milliseconds since 1970.
 * @throws Fault `requestInvalid`
 */
export function instantIn(name: string, written: string): number {
  const ms = readInstant(withPlus(written));
  if (ms === undefined) {
    const why = 'is no time that exists; write it as RFC 3339 with an offset, such as 2026-11-22T10:00:00Z';
    throw new Fault('requestInvalid', `The parameter ${name} ${why}.`, [{ pointer: `?${name}`, detail: why }]);
  }
  return ms;
}

/**
 * A number in E.164 from a query parameter.
 * @throws Fault `numberInvalid`
 */
export function numberIn(name: string, written: string, normalize: (written: string) => string): string {
  try {
    return normalize(written.startsWith(' ') ? withPlus(written) : written);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new Fault(
      error.code,
      error.message,
      error.places.map((place) => ({ pointer: `?${name}`, detail: place.detail })),
      { cause: error },
    );
  }
}

export function pageIn(query: { limit?: number; cursor?: string }): Page {
  return { limit: query.limit ?? PAGE_LIMIT, cursor: query.cursor ?? null };
}

/**
 * One page of a list that is short enough to be at hand whole, in the order of its keys.
 * @param name of the list, for its cursors
 * @param keyOf a key of an entry, which no other has; `placeOf` where only the order of the list itself counts
 * @throws Fault `cursorInvalid`
 */
export function pageOf<T>(
  name: string,
  all: readonly T[],
  keyOf: (entry: T, place: number) => string,
  page: Page,
): { data: T[]; nextCursor: string | null } {
  const after = page.cursor === null ? '' : decodeCursor([name], page.cursor);
  const rest = all
    .map((entry, place) => ({ entry, key: keyOf(entry, place) }))
    .filter(({ key }) => key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const shown = rest.slice(0, page.limit);
  const last = shown.at(-1);
  const nextCursor = last !== undefined && rest.length > shown.length ? encodeCursor([name], last.key) : null;
  return { data: shown.map(({ entry }) => entry), nextCursor };
}

/** A key that keeps the order of a list. */
export const placeOf = (_entry: unknown, place: number): string => String(place).padStart(6, '0');

/** Who wrote or called may be a short code or letters, which are no numbers: those are looked for as they are written. */
export function senderIn(name: string, written: string, normalize: (written: string) => string): string {
  try {
    return numberIn(name, written, normalize);
  } catch (error) {
    if (error instanceof Fault) return written;
    throw error;
  }
}
