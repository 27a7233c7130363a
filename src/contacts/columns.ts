import { Fault, type PlaceReason } from '../base/fault.ts';
import { readDay } from '../policy/local-date.ts';
import type { OwnField } from '../store/records/contact.ts';
import { isFieldName } from '../templates/parse.ts';
import { unguarded } from './csv-write.ts';
import data from './data/headings.json' with { type: 'json' };

/** What a column of a list may be. `fields.` and a name is a field of the site's own. */
const TARGETS = [
  'externalId',
  'name',
  'firstName',
  'lastName',
  'numbers',
  'language',
  'timeZone',
  'tags',
  'preferredChannel',
  'branch',
] as const;

export type Target = (typeof TARGETS)[number] | `fields.${string}`;

/** One column that is read. Several may be the same: a list with two columns of numbers. */
export interface Column {
  /** From 0. */
  readonly at: number;
  readonly heading: string;
  readonly target: Target;
}

const bare = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    // U+02BC counts as a letter.
    .replace(/[^\p{L}\p{N} ]|ʼ/gu, '')
    .trim();

const KNOWN: ReadonlyMap<string, Target> = new Map(
  TARGETS.flatMap((target) => [target, ...data[target]].map((heading) => [bare(heading), target] as const)),
);

/**
 * Which columns are read as what.
 * @param mapping by the caller: a target by heading, or by the number of the column from 1; headings that it leaves out are read by
 * what they are usually called
 * @throws Fault `requestInvalid` for a heading that is not there or a target that is none, and where no column tells who it is
 */
export function columnsOf(headings: readonly string[], mapping: ReadonlyMap<string, string>): Column[] {
  const given = new Map<number, Target>();
  for (const [heading, written] of mapping) {
    const at = placeOf(headings, heading);
    const target = targetOf(written);
    if (at === -1) throw refused(`has no column "${heading}"; it has ${headings.slice(0, 30).join(', ')}`, 'unknown');
    if (target === undefined)
      throw refused(`cannot be read as "${written}": there are ${TARGETS.join(', ')}, and fields. with a name`, 'oneOf');
    given.set(at, target);
  }
  const columns = headings.flatMap((heading, at) => {
    const target = given.get(at) ?? KNOWN.get(bare(heading)) ?? fieldNamed(heading);
    return target === undefined ? [] : [{ at, heading, target }];
  });
  if (columns.some(({ target }) => target === 'externalId' || target === 'numbers')) return columns;
  throw refused(
    'has no column for numbers or ids that is known by its heading; say which by mapping, such as {"Telefon": "numbers"}',
    'columnMissing',
  );
}

const fieldNamed = (heading: string): Target | undefined => (heading.startsWith('fields.') ? targetOf(heading) : undefined);

function targetOf(written: string): Target | undefined {
  const name = /^fields\.(.+)$/.exec(written)?.[1];
  if (name !== undefined) return isFieldName(name) ? `fields.${name}` : undefined;
  return TARGETS.find((target) => target === written);
}

function placeOf(headings: readonly string[], heading: string): number {
  const exact = headings.indexOf(heading);
  if (exact !== -1) return exact;
  const similar = headings.findIndex((one) => bare(one) === bare(heading));
  if (similar !== -1) return similar;
  const n = /^\d{1,3}$/.test(heading) ? Number(heading) - 1 : -1;
  return n < headings.length ? n : -1;
}

function refused(why: string, reason: PlaceReason): Fault {
  return new Fault('requestInvalid', `The list ${why}.`, [{ pointer: '?mapping', detail: why, reason }]);
}

/** What a row says of a contact, as `PUT /v1/contacts` would be written; only what the list has columns for. */
export interface WrittenRow {
  readonly externalId?: string;
  readonly name?: string;
  readonly firstName?: string | null;
  readonly numbers?: readonly string[];
  readonly language?: string | null;
  readonly timeZone?: string | null;
  readonly tags?: readonly string[];
  readonly preferredChannel?: string;
  readonly branch?: string | null;
  /** Null where the cell is empty. */
  readonly fields?: Readonly<Record<string, OwnField | null>>;
}

/** Reads a row by its columns. A cell with nothing in it says that there is nothing. */
export function readRow(cells: readonly string[], columns: readonly Column[]): WrittenRow {
  const of = (target: Target): string[] | undefined => {
    const found = columns.filter((column) => column.target === target);
    return found.length === 0 ? undefined : found.map(({ at }) => unguarded(cells[at] ?? '')).filter((cell) => cell !== '');
  };
  const one = (target: Target): string | null | undefined => {
    const all = of(target);
    return all && (all.length === 0 ? null : all.join(' '));
  };
  const firstName = one('firstName');
  const lastName = one('lastName');
  const name = one('name') ?? ([lastName, firstName].filter((part) => typeof part === 'string').join(' ') || undefined);
  const fields: Record<string, OwnField | null> = Object.create(null);
  for (const { at, target } of columns) {
    const field = target.startsWith('fields.') ? target.slice('fields.'.length) : undefined;
    const cell = unguarded(cells[at] ?? '');
    if (field !== undefined) fields[field] = cell === '' ? null : typed(cell);
  }
  const externalId = one('externalId');
  const several = (target: Target): string[] | undefined =>
    of(target)
      ?.flatMap((cell) => cell.split(/[;,\n/]/))
      .flatMap((part) => part.trim() || []);
  return {
    ...(externalId == null ? {} : { externalId }),
    ...(name === undefined ? {} : { name }),
    ...ifSaid('firstName', firstName),
    ...ifSaid('numbers', several('numbers')),
    ...ifSaid('language', one('language')?.toLowerCase() ?? one('language')),
    ...ifSaid('timeZone', one('timeZone')),
    ...ifSaid('tags', several('tags')),
    ...ifSaid('preferredChannel', one('preferredChannel') ?? undefined),
    ...ifSaid('branch', one('branch')),
    ...(columns.some(({ target }) => target.startsWith('fields.')) ? { fields } : {}),
  };
}

function ifSaid<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  const said: { [P in K]?: V } = {};
  if (value !== undefined) said[key] = value;
  return said;
}

/**
 * A day as people write it, yes or no, money, or a number: what begins with a zero is none, nor is one with more digits than an
 * account has.
 */
function typed(cell: string): OwnField {
  const [, date, month, year] = /^(\d\d)\.(\d\d)\.(\d{4})$/.exec(cell) ?? [];
  if (year !== undefined) return readDay(`${year}-${month}-${date}`) === undefined ? cell : `${year}-${month}-${date}`;
  if (cell === 'true' || cell === 'false') return cell === 'true';
  const [, amount, currency] = /^(-?\d{1,12}(?:\.\d{1,6})?) ([A-Z]{3})$/.exec(cell) ?? [];
  if (amount !== undefined && currency !== undefined) return { amount, currency };
  return /^-?(?:0|[1-9]\d{0,8})(?:[.,]\d{1,6})?$/.test(cell) ? Number(cell.replace(',', '.')) : cell;
}
