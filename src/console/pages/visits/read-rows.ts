/** A row of a day's list, as somebody copied it out of a spreadsheet. */
export interface ListedVisit {
  /** Counts from 1. */
  readonly row: number;
  /** `09:30` */
  readonly time: string;
  readonly number: string;
  readonly name: string;
}

/** What was pasted: the rows that have a time and a number, and the numbers of those that lack one. */
export interface ReadRows {
  readonly visits: readonly ListedVisit[];
  readonly unread: readonly number[];
}

const TIME = /(?:^|[^\d])(\d{1,2})[:.](\d{2})(?![\d.])/;

/**
 * Reads rows with a time, a number and a name in any order, with tabs, semicolons or two blanks between. Rows with nothing in them are
 * left out; a first row without a digit is the heading.
 */
export function readRows(pasted: string): ReadRows {
  const visits: ListedVisit[] = [];
  const unread: number[] = [];
  for (const [n, line] of pasted.split(/\r?\n/).entries()) {
    if (line.trim() === '' || (n === 0 && !/\d/.test(line))) continue;
    const visit = readRow(n + 1, line);
    if (visit) visits.push(visit);
    else unread.push(n + 1);
  }
  return { visits, unread };
}

function readRow(row: number, line: string): ListedVisit | undefined {
  const cells = line.split(/\t|;| {2,}|,(?=\s*\S)/).map((cell) => cell.trim());
  const number = cells.find((cell) => cell.replace(/\D/g, '').length >= 9 && /^[\d\s()+.-]+$/.test(cell));
  const timed = cells.find((cell) => cell !== number && TIME.test(cell));
  const [, hour = '', minute = ''] = TIME.exec(timed ?? '') ?? [];
  if (number === undefined || timed === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  const name = cells.find((cell) => cell !== number && cell !== timed && /\p{L}/u.test(cell)) ?? '';
  return { row, time: `${hour.padStart(2, '0')}:${minute}`, number, name };
}
