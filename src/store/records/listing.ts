/** Pages of lists. */

export interface Page {
  /** At most this many. */
  readonly limit: number;
  /** What `nextCursor` said before. A cursor that is none gives a Fault `cursorInvalid`. */
  readonly cursor: string | null;
}

export interface Listing<T> {
  readonly data: T[];
  readonly nextCursor: string | null;
}
