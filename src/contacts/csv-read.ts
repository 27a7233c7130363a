import { Fault } from '../base/fault.ts';

/** Between the cells of a row. */
const SEPARATORS = [',', ';', '\t', '|'] as const;

export type Separator = (typeof SEPARATORS)[number];

/** Characters of a cell, and cells of a row: what is longer is no list of people. */
const LONGEST_CELL = 5000;
const MOST_CELLS = 200;

export interface CsvRow {
  /** Of the file, from 1; a row that a quoted cell makes longer counts once. */
  readonly row: number;
  readonly cells: readonly string[];
}

/**
 * Reads a CSV (RFC 4180) as it comes, with whatever separator its first row has. Cells in quotes may hold separators, quotes that
 * are doubled, and line ends. Rows with nothing in them are passed over. Holds one row at a time.
 *
 * States: at the beginning of a cell -> plain | quoted; quoted -> (a quote) ended or a quote in it.
 */
export class CsvReader {
  #separator: Separator | undefined;
  #head = '';
  #row = 0;
  #cells: string[] = [];
  #cell = '';
  #state: 'begin' | 'plain' | 'quoted' | 'ended' = 'begin';
  #afterReturn = false;

  /** What stands between the cells; undefined before the first row. */
  get separator(): Separator | undefined {
    return this.#separator;
  }

  /**
   * The rows that end in a piece of the file.
   * @throws Fault `bodyInvalid` for a cell or a row without end
   */
  push(piece: string): CsvRow[] {
    if (this.#separator !== undefined) return this.#read(piece, this.#separator);
    this.#head += piece;
    const end = endOfRow(this.#head);
    if (end === -1 && this.#head.length <= LONGEST_CELL * 10) return [];
    return this.#begin(end === -1 ? this.#head.length : end);
  }

  /** What is left at the end of the file. */
  end(): CsvRow[] {
    const rows = this.#separator === undefined ? this.#begin(this.#head.length) : [];
    const last = this.#cells.length > 0 || this.#cell !== '' ? this.#endRow() : undefined;
    return last ? [...rows, last] : rows;
  }

  #begin(end: number): CsvRow[] {
    this.#separator = separatorOf(this.#head.slice(0, end));
    const head = this.#head;
    this.#head = '';
    return this.#read(head, this.#separator);
  }

  #read(piece: string, separator: Separator): CsvRow[] {
    const rows: CsvRow[] = [];
    for (const character of piece) {
      const wasReturn = this.#afterReturn;
      this.#afterReturn = false;
      if (this.#state === 'quoted') {
        if (character === '"') this.#state = 'ended';
        else this.#append(character);
      } else if (character === '"' && this.#state === 'ended') {
        this.#append(character);
        this.#state = 'quoted';
      } else if (character === '"' && this.#state === 'begin') {
        this.#state = 'quoted';
      } else if (character === separator) {
        this.#endCell();
      } else if (character === '\n' && wasReturn) {
        // The second half of a line end.
      } else if (character === '\n' || character === '\r') {
        this.#afterReturn = character === '\r';
        const row = this.#endRow();
        if (row) rows.push(row);
      } else {
        this.#append(character);
        if (this.#state === 'begin' && character.trim() !== '') this.#state = 'plain';
      }
    }
    return rows;
  }

  #append(character: string): void {
    if (this.#cell.length >= LONGEST_CELL) {
      throw new Fault('bodyInvalid', `Row ${this.#row + 1} has a cell without end: is a quote not closed, or is this no CSV?`);
    }
    this.#cell += character;
  }

  #endCell(): void {
    if (this.#cells.length >= MOST_CELLS) throw new Fault('bodyInvalid', `Row ${this.#row + 1} has more than ${MOST_CELLS} cells.`);
    this.#cells.push(this.#cell.trim());
    this.#cell = '';
    this.#state = 'begin';
  }

  #endRow(): CsvRow | undefined {
    this.#endCell();
    this.#row += 1;
    const cells = this.#cells;
    this.#cells = [];
    return cells.every((cell) => cell === '') ? undefined : { row: this.#row, cells };
  }
}

/** Where the first row ends, outside quotes; -1 where it does not yet. */
function endOfRow(text: string): number {
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '"') quoted = !quoted;
    else if (!quoted && (text[i] === '\n' || text[i] === '\r')) return i;
  }
  return -1;
}

/** The one that stands most often in the first row, outside quotes; a comma where none does. */
function separatorOf(row: string): Separator {
  const plain = row.replace(/"[^"]*"/g, '');
  const counted = SEPARATORS.map((separator) => ({ separator, times: plain.split(separator).length - 1 }));
  return counted.reduce((best, one) => (one.times > best.times ? one : best)).separator;
}
