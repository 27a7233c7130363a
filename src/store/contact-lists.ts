import { decodeCursor, encodeCursor } from '../base/cursor.ts';
import { Fault } from '../base/fault.ts';
import { CONTACT_COLUMNS, type ContactRow, contactOf, type IndexKind, idKey, wordsIn } from './contact-rows.ts';
import { SEEN } from './contacts.ts';
import type { Db } from './database.ts';
import type { Contact, ContactFilter } from './records/contact.ts';
import type { Listing, Page } from './records/listing.ts';

/** What is found by an index is sorted whole up to so many; beyond, the list is walked by name. */
const FEW = 2000;

/** Rows that one page walks past: it may then be short, or empty, and still have a next one. */
const WALKED = 5000;
const STEP = 500;

/** After the last character that words have. */
const END = '\uffff';

interface Place {
  readonly name: string;
  readonly id: string;
}

/** Contacts by name, and those of them that are looked for. */
export class ContactLists {
  readonly #inOneView: <T>(read: () => T) => T;
  readonly #sql;

  constructor(reader: Db) {
    this.#inOneView = (read) => reader.transaction(read)();
    const SEQS = 'SELECT contact_seq FROM contact_index WHERE kind =';
    this.#sql = {
      bySeq: reader.prepare<[number], ContactRow>(`SELECT ${CONTACT_COLUMNS} FROM contacts WHERE seq = ? AND ${SEEN}`),
      after: reader.prepare<[string, string, number], ContactRow>(
        `SELECT ${CONTACT_COLUMNS} FROM contacts INDEXED BY contacts_name
         WHERE (sort_name, external_id) > (?, ?) AND ${SEEN} ORDER BY sort_name, external_id LIMIT ?`,
      ),
      with: reader.prepare<[IndexKind, string, number], number>(`${SEQS} ? AND value = ? LIMIT ?`).pluck(),
      beginning: reader.prepare<[string, string, number], number>(`${SEQS} 'word' AND value >= ? AND value < ? LIMIT ?`).pluck(),
      digits: reader.prepare<[string, number], number>(`${SEQS} 'number' AND instr(value, ?) > 0 LIMIT ?`).pluck(),
    };
  }

  /** @throws Fault `cursorInvalid` */
  list(filter: ContactFilter, page: Page): Listing<Contact> {
    const list = ['contacts', filter.search, filter.tag, filter.number, filter.branch];
    const from = page.cursor === null ? { name: '', id: '' } : placeIn(list, page.cursor);
    return this.#inOneView(() => {
      const seqs = this.#found(filter);
      const matches = matching(filter);
      const { rows, last } = seqs ? this.#sorted(seqs, matches, from, page.limit) : this.#walk(matches, from, page.limit);
      return {
        data: rows.map(contactOf),
        nextCursor: last === undefined ? null : encodeCursor(list, JSON.stringify([last.sortName, last.externalId])),
      };
    });
  }

  /** The rows that the narrowest index of a filter names; undefined where there is none, or each names many. */
  #found({ search, tag, number, branch }: ContactFilter): number[] | undefined {
    const { with: having, beginning, digits } = this.#sql;
    const most = FEW + 1;
    const found: number[][] = [];
    if (number !== undefined) found.push(having.all('number', number, most));
    if (tag !== undefined) found.push(having.all('tag', tag, most));
    if (branch !== undefined) found.push(having.all('branch', branch, most));
    if (search !== undefined) {
      const written = digitsIn(search);
      const words = wordsIn(search);
      if (written !== undefined)
        found.push([...digits.all(written, most), ...beginning.all(idKey(search.trim()), idKey(search.trim()) + END, most)]);
      else for (const word of words) found.push(beginning.all(word, word + END, most));
    }
    const narrowest = found.sort((a, b) => a.length - b.length)[0];
    return narrowest && narrowest.length <= FEW ? narrowest : undefined;
  }

  #sorted(seqs: readonly number[], matches: (row: ContactRow) => boolean, from: Place, limit: number) {
    const rows = [...new Set(seqs)].flatMap((seq) => this.#sql.bySeq.get(seq) ?? []).filter((row) => matches(row) && isAfter(row, from));
    rows.sort((a, b) => (isAfter(a, { name: b.sortName, id: b.externalId }) ? 1 : -1));
    return { rows: rows.slice(0, limit), last: rows.length > limit ? rows[limit - 1] : undefined };
  }

  #walk(matches: (row: ContactRow) => boolean, from: Place, limit: number): { rows: ContactRow[]; last: ContactRow | undefined } {
    const rows: ContactRow[] = [];
    let place = from;
    for (let walked = 0; walked < WALKED; walked += STEP) {
      const step = this.#sql.after.all(place.name, place.id, STEP);
      for (const row of step) {
        if (!matches(row)) continue;
        if (rows.length === limit) return { rows, last: rows.at(-1) };
        rows.push(row);
      }
      const end = step.at(-1);
      if (step.length < STEP || !end) return { rows, last: undefined };
      place = { name: end.sortName, id: end.externalId };
      if (walked + STEP >= WALKED) return { rows, last: end };
    }
    return { rows, last: undefined };
  }
}

const isAfter = (row: ContactRow, { name, id }: Place): boolean => row.sortName > name || (row.sortName === name && row.externalId > id);

/** The digits of what may be a number, without what people write before it at home; undefined for anything else. */
function digitsIn(search: string): string | undefined {
  if (!/^[+\d\s().-]+$/.test(search)) return undefined;
  const digits = search.replace(/\D/g, '').replace(/^0+/, '');
  return digits.length >= 3 ? digits : undefined;
}

function matching({ search, tag, number, branch }: ContactFilter): (row: ContactRow) => boolean {
  const words = search === undefined ? [] : wordsIn(search);
  const digits = search === undefined ? undefined : digitsIn(search);
  return (row) => {
    if (branch !== undefined && row.branch !== branch) return false;
    if (number !== undefined && !contactOf(row).numbers.includes(number)) return false;
    if (tag !== undefined && !contactOf(row).tags.includes(tag)) return false;
    if (search === undefined) return true;
    if (digits !== undefined && row.numbers.includes(digits)) return true;
    const own = [...wordsIn(row.name), ...wordsIn(row.externalId), idKey(row.externalId)];
    return words.every((word) => own.some((one) => one.startsWith(word)));
  };
}

/** @throws Fault `cursorInvalid` */
function placeIn(list: readonly unknown[], cursor: string): Place {
  const refuse = (): Fault => new Fault('cursorInvalid', 'The cursor is not one that a list gave; begin without one.');
  let place: unknown;
  try {
    place = JSON.parse(decodeCursor(list, cursor));
  } catch (error) {
    throw error instanceof Fault ? error : refuse();
  }
  if (!Array.isArray(place)) throw refuse();
  const [name, id]: unknown[] = place;
  if (typeof name !== 'string' || typeof id !== 'string') throw refuse();
  return { name, id };
}
