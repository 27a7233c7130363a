/** What is shown of a list whose newest stands first. */
export interface Grown<T> {
  readonly rows: readonly T[];
  /** Where what is older begins; null where nothing is. */
  readonly next: string | null;
}

interface Page<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
}

/**
 * What is shown once the first page was asked for again: what was called up below it stays.
 * @returns the page alone where it does not reach down to what was shown, so that there is never a gap
 */
export function withTop<T>(shown: Grown<T> | undefined, page: Page<T>, keyOf: (row: T) => string): Grown<T> {
  const fresh = new Set(page.data.map(keyOf));
  const below = shown?.rows.filter((row) => !fresh.has(keyOf(row))) ?? [];
  if (!shown || page.nextCursor === null || below.length === shown.rows.length) return { rows: page.data, next: page.nextCursor };
  return { rows: [...page.data, ...below], next: shown.next };
}

/** What is shown with a page more. Something may have been called up twice meanwhile. */
export function withOlder<T>(shown: Grown<T>, page: Page<T>, keyOf: (row: T) => string): Grown<T> {
  const there = new Set(shown.rows.map(keyOf));
  return { rows: [...shown.rows, ...page.data.filter((row) => !there.has(keyOf(row)))], next: page.nextCursor };
}

/** A list as it is now, from its top down to at least so many rows. Something may move up while it is read. */
export async function anew<T>(
  read: (cursor: string | null) => Promise<Page<T>>,
  rows: number,
  keyOf: (row: T) => string,
): Promise<Grown<T>> {
  const top = await read(null);
  let shown: Grown<T> = { rows: top.data, next: top.nextCursor };
  while (shown.next !== null && shown.rows.length < rows) shown = withOlder(shown, await read(shown.next), keyOf);
  return shown;
}
