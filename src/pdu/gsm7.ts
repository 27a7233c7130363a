import standard from './data/gsm7-default.json' with { type: 'json' };
import national from './data/gsm7-national.json' with { type: 'json' };

/**
 * The GSM 7 bit default alphabet with its extension table, and the national language tables that may stand in for either
 * (TS 23.038 6.2.1 and annex A). A septet is 7 bits; the escape 1B says that the next septet is of the extension
 * ("single shift") table.
 */

export type NationalLanguage =
  | 'turkish'
  | 'spanish'
  | 'portuguese'
  | 'bengali'
  | 'gujarati'
  | 'hindi'
  | 'kannada'
  | 'malayalam'
  | 'oriya'
  | 'punjabi'
  | 'tamil'
  | 'telugu'
  | 'urdu';

/** Which national tables stand in: `locking` for the alphabet itself, `single` for its extension. Absent: the default one. */
export interface LanguageShift {
  readonly locking?: NationalLanguage;
  readonly single?: NationalLanguage;
}

/** One pair of tables, ready for use in both directions. */
export interface Alphabet {
  /** By UTF-16 unit: 0..127 the septet; 128..255 the escape and the septet less 128; `NONE` what it cannot say. */
  readonly encode: Uint16Array;
  /** By septet: the UTF-16 unit. */
  readonly basic: Uint16Array;
  /** By septet after the escape: the UTF-16 unit, where the extension table has nothing as a phone shall show it. */
  readonly extended: Uint16Array;
}

/** In `Alphabet.encode`: no such character. */
export const NONE = 0xffff;

export const ESCAPE = 0x1b;

interface Rows {
  readonly locking: readonly string[] | null;
  readonly single: Readonly<Record<string, string | undefined>>;
}

interface NationalRows extends Rows {
  readonly name: string;
  readonly id: number;
}

const DEFAULT: Rows = standard;
const NATIONAL: readonly NationalRows[] = national.languages;

const LANGUAGE_IDS: Readonly<Record<NationalLanguage, number>> = {
  turkish: 1,
  spanish: 2,
  portuguese: 3,
  bengali: 4,
  gujarati: 5,
  hindi: 6,
  kannada: 7,
  malayalam: 8,
  oriya: 9,
  punjabi: 10,
  tamil: 11,
  telugu: 12,
  urdu: 13,
};

const isLanguage = (name: string): name is NationalLanguage => Object.hasOwn(LANGUAGE_IDS, name);

/** National language identifiers in order: index 1 is Turkish (TS 23.038 6.2.1.2.4). */
const LANGUAGE_BY_ID: readonly (NationalLanguage | undefined)[] = [
  undefined,
  ...Object.keys(LANGUAGE_IDS)
    .filter(isLanguage)
    .sort((a, b) => LANGUAGE_IDS[a] - LANGUAGE_IDS[b]),
];

/** The national language identifier, as the information elements 24 and 25 carry it. */
export function languageId(language: NationalLanguage): number {
  return LANGUAGE_IDS[language];
}

/** The language of an identifier; undefined for one that TS 23.038 reserves. */
export function languageOfId(id: number): NationalLanguage | undefined {
  return LANGUAGE_BY_ID[id];
}

/** Whether the language has a locking shift table of its own (Spanish has not: A.3.2 is void). */
export function hasLockingTable(language: NationalLanguage): boolean {
  return rowsOf(language).locking !== null;
}

const rowsOf = (language: NationalLanguage | undefined): Rows => (language && NATIONAL.find((row) => row.name === language)) || DEFAULT;

export const SPACE = 0x20;

/** The 128 cells of a locking table. A cell without a character is shown as a space, as phones do. */
function basicTable(rows: Rows): Uint16Array {
  const cells = (rows.locking ?? DEFAULT.locking ?? []).flatMap((row) => row.split(' '));
  return Uint16Array.from(cells, (cell) => (/^[0-9A-F]{4}$/.test(cell) ? Number.parseInt(cell, 16) : SPACE));
}

function build(shift: LanguageShift): Alphabet {
  const locking = rowsOf(shift.locking);
  const basic = basicTable(locking);
  const encode = new Uint16Array(0x10000).fill(NONE);
  // TS 23.038 6.2.1.1: a phone shows a code that the extension table lacks as the same code of the main table, and a second
  // escape as a space.
  const extended = basic.slice();
  for (const [key, cell] of Object.entries(rowsOf(shift.single).single)) {
    if (cell === undefined) continue;
    const septet = Number.parseInt(key, 16);
    extended[septet] = Number.parseInt(cell, 16);
    // Where a table has a character twice (the asterisk of the Indic ones), the lower code is written.
    const unit = Number.parseInt(cell, 16);
    if (encode[unit] === NONE) encode[unit] = 128 + septet;
  }
  const cells = (locking.locking ?? DEFAULT.locking ?? []).flatMap((row) => row.split(' '));
  for (let septet = 127; septet >= 0; septet--) {
    // Never the escape itself, nor a cell without a character. One septet always wins over two.
    if (/^[0-9A-F]{4}$/.test(cells[septet] ?? '')) encode[basic[septet] ?? SPACE] = septet;
  }
  return { encode, basic, extended };
}

const alphabets = new Map<string, Alphabet>();

/** The tables for a language shift, built at their first use. */
export function alphabetFor(shift: LanguageShift | null | undefined): Alphabet {
  if (!shift) return GSM7;
  const key = `${shift.locking ?? ''}/${shift.single ?? ''}`;
  let alphabet = alphabets.get(key);
  if (!alphabet) {
    alphabet = build(shift);
    alphabets.set(key, alphabet);
  }
  return alphabet;
}

/** The default alphabet with its extension table. */
export const GSM7: Alphabet = build({});
alphabets.set('/', GSM7);
