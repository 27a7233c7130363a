/** How a list is written. */
export interface CsvStyle {
  readonly separator: ',' | ';' | '\t';
  /** Numbers of people are guarded as well, since a spreadsheet would read `+380…` as a sum. */
  readonly excel: boolean;
}

/** What spreadsheets take for the beginning of a formula, some also behind blanks, full-width letters among them (X07). */
const FORMULA = /^'*(?:[\t\r]|\s*[=+\-@＝＋－＠])/;

/** A number in E.164 is no formula to any program but a spreadsheet, and is to come back as it was. */
const NUMBER = /^\+[0-9]{7,15}$/;

/** One row of a CSV (RFC 4180), with its line end. No cell of it begins a formula. */
export function csvRow(cells: readonly string[], { separator, excel }: CsvStyle): string {
  const written = cells.map((cell) => {
    const guarded = FORMULA.test(cell) && (excel || !NUMBER.test(cell)) ? `'${cell}` : cell;
    return /["\n\r]/.test(guarded) || guarded.includes(separator) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
  });
  return `${written.join(separator)}\r\n`;
}

/** A cell without the apostrophe that guards it, as `csvRow` or a spreadsheet has put it. */
export const unguarded = (cell: string): string => (cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell);
