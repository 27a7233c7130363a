import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { Fault } from '../base/fault.ts';

/** Longer lines than this are no list of numbers, characters. */
const LONGEST_LINE = 1000;

/** One row of a file of numbers. */
export interface NumberRow {
  /** 1-based, in the file. */
  readonly row: number;
  /** The first cell, without quotes. */
  readonly number: string;
}

/**
 * The first cell of each row of a CSV, as it arrives: comma, semicolon or tab, quoted or not, with a byte order mark or not, and
 * with a heading or not (a first row without a digit is one). Empty rows are passed over. Holds one line at a time.
 * @param limit octets of the whole
 * @throws Fault `bodyTooLarge`, `bodyInvalid` for a line that goes on for ever
 */
export async function* numberRows(body: Readable, limit: number): AsyncGenerator<NumberRow> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let row = 0;
  let octets = 0;
  const rowOf = (line: string): NumberRow | undefined => {
    row += 1;
    const number = firstCell(row === 1 ? line.replace(/^\uFEFF/, '') : line);
    return number === '' || (row === 1 && !/\p{N}/u.test(number)) ? undefined : { row, number };
  };
  for await (const chunk of body) {
    const part: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    octets += part.length;
    if (octets > limit) throw new Fault('bodyTooLarge', `The list may have at most ${limit} octets; send it in parts.`);
    const lines = (rest + decoder.write(part)).split(/\r\n|\n|\r(?!\n|$)/);
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE)
      throw new Fault('bodyInvalid', `Row ${row + lines.length + 1} has no end; send one number in each line.`);
    for (const line of lines) {
      const found = rowOf(line);
      if (found) yield found;
    }
  }
  const last = rowOf(rest + decoder.end());
  if (last) yield last;
}

function firstCell(line: string): string {
  const quoted = /^\s*"([^"]*)"/.exec(line);
  return (quoted?.[1] ?? line.split(/[,;\t]/, 1)[0] ?? '').trim();
}
