import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { csvRow } from '../contacts/csv-write.ts';
import type { Listing, Page } from '../store/records/listing.ts';
import type { CsvQuery } from './schemas/csv.ts';
import type { Slices } from './slices.ts';

const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t' } as const;

/** Rows written in one slice. */
const ROWS = 50;

/** A list as it is written: its headings, and the cells of each row, some rows at a time. */
export interface CsvList {
  readonly headings: readonly string[];
  readonly rows: AsyncIterable<readonly (readonly string[])[]>;
}

/** Answers with a whole list as a CSV. No cell of it begins a formula in a spreadsheet (X07). @param name of the file, without its ending */
export function sendCsv(
  reply: FastifyReply,
  name: string,
  { separator = 'comma', excel = 'false' }: CsvQuery,
  list: CsvList,
): FastifyReply {
  const style = { separator: SEPARATORS[separator], excel: excel === 'true' };
  async function* written(): AsyncGenerator<string> {
    yield (style.excel ? '\uFEFF' : '') + csvRow(list.headings, style);
    for await (const rows of list.rows) yield rows.map((cells) => csvRow(cells, style)).join('');
  }
  return reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(Readable.from(written()));
}

/** All that a list of the store has, a short page of it in each slice. */
export async function* eachPage<T>(slices: Slices, read: (page: Page) => Promise<Listing<T>>): AsyncGenerator<readonly T[]> {
  let cursor: string | null = null;
  do {
    await slices.next();
    const page: Listing<T> = await read({ limit: ROWS, cursor });
    yield page.data;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
