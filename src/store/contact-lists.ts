import { decodeCursor, encodeCursor } from '../base/cursor.ts';
import { Fault } from '../base/fault.ts';
import { CONTACT_COLUMNS, type ContactRow, contactOf, type IndexKind, idKey, wordsIn } from './contact-rows.ts';
import { SEEN } from './contacts.ts';
import type { Db } from './database.ts';
import type { Contact, ContactFilter } from './records/contact.ts';
import type { Listing, Page } from './records/listing.ts';

/** What is found by an index is read and sorted whole up to so many; what is found more often fills a page soon, by name. */
const FEW = 2000;

/** After the last character that words have. */
const END = '\uffff';

/** More words than these are not looked for. */
const MOST_WORDS = 4;

interface Place {
  readonly name: string;
  readonly id: string;
}

/** What a row must have, for SQL: a word that is empty is in every row. */
interface Wanted {
  readonly word1: string;
  readonly word2: string;
  readonly word3: string;
  readonly word4: string;
  readonly digits: string | null;
  readonly id: string;
  readonly tag: string | null;
  readonly number: string | null;
  readonly branch: string | null;
}

const has = (kind: IndexKind): string =>
  `(@${kind} IS NULL OR EXISTS (SELECT 1 FROM contact_index WHERE kind = '${kind}' AND value = @${kind} AND contact_seq = seq))`;

const MATCHES = `${SEEN}
  AND ((@digits IS NULL AND ${[1, 2, 3, 4].map((n) => `instr(found_by, @word${n}) > 0`).join(' AND ')})
    OR (@digits IS NOT NULL AND (instr(numbers, @digits) > 0 OR instr(found_by, @id) > 0)))
  AND ${has('tag')} AND ${has('branch')} AND ${has('number')}`;

/** Contacts by name, and those of them that are looked for. */
export class ContactLists {
  readonly #inOneView: <T>(read: () => T) => T;
  readonly #sql;

  constructor(reader: Db) {
    this.#inOneView = (read) => reader.transaction(read)();
    const SEQS = 'SELECT contact_seq FROM contact_index WHERE kind =';
    this.#sql = {
      bySeq: reader.prepare<[Wanted & { readonly seq: number }], ContactRow>(
        `SELECT ${CONTACT_COLUMNS} FROM contacts WHERE seq = @seq AND ${MATCHES}`,
      ),
      after: reader.prepare<[Wanted & { readonly afterName: string; readonly afterId: string; readonly limit: number }], ContactRow>(
        `SELECT ${CONTACT_COLUMNS} FROM contacts INDEXED BY contacts_name
         WHERE (sort_name, external_id) > (@afterName, @afterId) AND ${MATCHES} ORDER BY sort_name, external_id LIMIT @limit`,
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
    const wanted = wantedBy(filter);
    const most = page.limit + 1;
    return this.#inOneView(() => {
      const seqs = this.#found(filter, wanted);
      const rows = seqs
        ? this.#sorted(seqs, wanted, from).slice(0, most)
        : this.#sql.after.all({ ...wanted, afterName: from.name, afterId: from.id, limit: most });
      const shown = rows.slice(0, page.limit);
      const last = rows.length === most ? shown.at(-1) : undefined;
      return {
        data: shown.map(contactOf),
        nextCursor: last === undefined ? null : encodeCursor(list, JSON.stringify([last.sortName, last.externalId])),
      };
    });
  }

  /** The rows that the narrowest index of a filter names; undefined where there is none, or each names many. */
  #found({ search, tag, number, branch }: ContactFilter, { digits, id }: Wanted): number[] | undefined {
    const { with: having, beginning } = this.#sql;
    const most = FEW + 1;
    const found: number[][] = [];
    if (number !== undefined) found.push(having.all('number', number, most));
    if (tag !== undefined) found.push(having.all('tag', tag, most));
    if (branch !== undefined) found.push(having.all('branch', branch, most));
    if (digits !== null) found.push([...this.#sql.digits.all(digits, most), ...beginning.all(id.trim(), id.trim() + END, most)]);
    else for (const word of wordsIn(search ?? '').slice(0, MOST_WORDS)) found.push(beginning.all(word, word + END, most));
    const narrowest = found.sort((a, b) => a.length - b.length)[0];
    return narrowest && narrowest.length <= FEW ? narrowest : undefined;
  }

  #sorted(seqs: readonly number[], wanted: Wanted, from: Place): ContactRow[] {
    const rows = [...new Set(seqs)].flatMap((seq) => this.#sql.bySeq.get({ ...wanted, seq }) ?? []).filter((row) => isAfter(row, from));
    return rows.sort((a, b) => (isAfter(a, { name: b.sortName, id: b.externalId }) ? 1 : -1));
  }
}

const isAfter = (row: ContactRow, { name, id }: Place): boolean => row.sortName > name || (row.sortName === name && row.externalId > id);

function wantedBy({ search = '', tag, number, branch }: ContactFilter): Wanted {
  const [word1 = '', word2 = '', word3 = '', word4 = ''] = wordsIn(search).map((word) => ` ${word}`);
  return {
    word1,
    word2,
    word3,
    word4,
    digits: digitsIn(search),
    id: ` ${idKey(search.trim())}`,
    tag: tag ?? null,
    number: number ?? null,
    branch: branch ?? null,
  };
}

/** The digits of what may be a number, without the zero that people write before it at home; null for anything else. */
function digitsIn(search: string): string | null {
  if (!/^[+\d\s().-]+$/.test(search)) return null;
  const digits = search.replace(/\D/g, '').replace(/^0+/, '');
  return digits.length >= 3 ? digits : null;
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
