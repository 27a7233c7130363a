import type { Listing, Page } from '../store/records/listing.ts';
import type { Slices } from './slices.ts';

/** Rows that are read from the store and written out in one slice: some milliseconds, also with ten segments each. */
const ROWS = 25;

/**
 * One page of a list as JSON, in octets. A page of 500 is read as 20 short ones, each with the cursor of the one before.
 * @param read one page from the store
 * @throws whatever `read` rejects with
 */
export async function listPage<T>(
  slices: Slices,
  page: Page,
  read: (part: Page) => Promise<Listing<T>>,
  shape: (row: T) => unknown,
): Promise<Buffer> {
  const written: Buffer[] = [];
  let { cursor } = page;
  let left = page.limit;
  do {
    await slices.next();
    const part = await read({ limit: Math.min(ROWS, left), cursor });
    const rows = part.data.map((row) => JSON.stringify(shape(row))).join();
    written.push(Buffer.from(left === page.limit ? `{"data":[${rows}` : `,${rows}`));
    left -= part.data.length;
    cursor = part.nextCursor;
  } while (cursor !== null && left > 0);
  written.push(Buffer.from(`],"nextCursor":${JSON.stringify(cursor)}}`));
  return Buffer.concat(written);
}
