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
 * @throws Fault `cursorInvalid`
 */
export function pageOf<T>(
  name: string,
  all: readonly T[],
  keyOf: (entry: T) => string,
  page: Page,
): { data: T[]; nextCursor: string | null } {
  const sorted = [...all].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const after = page.cursor === null ? null : decodeCursor([name], page.cursor);
  const rest = after === null ? sorted : sorted.filter((entry) => keyOf(entry) > after);
  const data = rest.slice(0, page.limit);
  const last = data.at(-1);
  return { data, nextCursor: last !== undefined && rest.length > data.length ? encodeCursor([name], keyOf(last)) : null };
}

/** Who wrote or called may be a short code or letters, which are no numbers: those are looked for as they are written. */
export function senderIn(name: string, written: string, normalize: (written: string) => string): string {
  try {
    return numberIn(name, written, normalize);
  } catch (error) {
    if (error instanceof Fault) return written;
    throw error;
  }
}
