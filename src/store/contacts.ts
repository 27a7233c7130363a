import { CONTACT_COLUMNS, type ContactRow, contactOf, type IndexKind, indexOf, sortKey } from './contact-rows.ts';
import type { Db } from './database.ts';
import type { Contact, NewContact } from './records/contact.ts';

/** Rows that are seen now: see `schema-contacts.ts`. */
export const SEEN = 'stage IN (0, (SELECT 2 - flipped FROM contact_flip))';

/** How many of the longest names are looked at. */
const LONGEST = 3;

type Columns = [
  externalId: string,
  name: string,
  sortName: string,
  foundBy: string,
  firstName: string | null,
  numbers: string,
  language: string | null,
  timeZone: string | null,
  tags: string,
  fields: string,
  preferredChannel: string,
  branch: string | null,
  createdAt: number,
  updatedAt: number,
  stage: number,
];

/** Contacts one at a time: written, removed, and found by their id or number. */
export class Contacts {
  readonly #reader: Db;
  /** Whether any contact has said where they are; while none has, nothing is asked with a message. */
  #anyZone: boolean;
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    this.#reader = reader;
    const FIND = `SELECT ${CONTACT_COLUMNS} FROM contacts WHERE external_id = ?`;
    const numbered = (what: string): string =>
      `SELECT ${what} FROM contact_index i CROSS JOIN contacts c ON c.seq = i.contact_seq WHERE i.kind = 'number' AND i.value = ? AND c.${SEEN} ORDER BY c.seq`;
    const longest = (column: 'name' | 'first_name') =>
      reader
        .prepare<[number], string>(`SELECT ${column} FROM contacts WHERE ${column} IS NOT NULL ORDER BY length(${column}) DESC LIMIT ?`)
        .pluck();
    this.#sql = {
      flipped: writer.prepare<[], number>('SELECT flipped FROM contact_flip').pluck(),
      versions: writer.prepare<[string], ContactRow>(FIND),
      add: writer.prepare<Columns>(
        `INSERT INTO contacts (external_id, name, sort_name, found_by, first_name, numbers, language, time_zone, tags, fields, preferred_channel, branch,
           created_at, updated_at, stage) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      drop: writer.prepare<[number]>('DELETE FROM contacts WHERE seq = ?'),
      index: writer.prepare<[IndexKind, string, number]>('INSERT INTO contact_index (kind, value, contact_seq) VALUES (?, ?, ?)'),
      unindex: writer.prepare<[IndexKind, string, number]>('DELETE FROM contact_index WHERE kind = ? AND value = ? AND contact_seq = ?'),
      of: reader.prepare<[string], ContactRow>(`${FIND} AND ${SEEN}`),
      withNumber: reader.prepare<[string], ContactRow>(numbered(CONTACT_COLUMNS.replaceAll(/\bseq\b/g, 'c.seq'))),
      zones: reader.prepare<[string], string | null>(numbered('c.time_zone')).pluck(),
      longestName: longest('name'),
      longestFirstName: longest('first_name'),
    };
    this.#anyZone =
      reader.prepare('SELECT 1 FROM contacts INDEXED BY contacts_zone WHERE time_zone IS NOT NULL LIMIT 1').get() !== undefined;
  }

  /** What is staged of the same contact is older than this, and goes. */
  put(contact: NewContact): Contact {
    const versions = this.#sql.versions.all(contact.externalId);
    const flipped = this.#sql.flipped.get() === 1;
    const seen = versions.find(({ stage }) => stage === 0 || stage === (flipped ? 1 : 2));
    for (const version of versions) this.drop(version);
    const whole = { ...contact, createdAt: seen?.createdAt ?? contact.updatedAt };
    this.add(whole, 0);
    return whole;
  }

  /** @returns whether there was one that was seen */
  remove(externalId: string): boolean {
    const versions = this.#sql.versions.all(externalId);
    const flipped = this.#sql.flipped.get() === 1;
    for (const version of versions) this.drop(version);
    return versions.some(({ stage }) => stage === 0 || stage === (flipped ? 1 : 2));
  }

  add(contact: Contact, stage: 0 | 1): void {
    const found = indexOf(contact);
    const { lastInsertRowid } = this.#sql.add.run(
      contact.externalId,
      contact.name,
      sortKey(contact.name),
      found.map(([kind, value]) => (kind === 'word' ? ` ${value}` : '')).join(''),
      contact.firstName,
      JSON.stringify(contact.numbers),
      contact.language,
      contact.timeZone,
      JSON.stringify(contact.tags),
      JSON.stringify(contact.fields),
      contact.preferredChannel,
      contact.branch,
      contact.createdAt,
      contact.updatedAt,
      stage,
    );
    for (const [kind, value] of found) this.#sql.index.run(kind, value, Number(lastInsertRowid));
    if (contact.timeZone !== null) this.#anyZone = true;
  }

  drop(row: ContactRow): void {
    for (const [kind, value] of indexOf(contactOf(row))) this.#sql.unindex.run(kind, value, row.seq);
    this.#sql.drop.run(row.seq);
  }

  of(externalId: string): Contact | undefined {
    const row = this.#sql.of.get(externalId);
    return row && contactOf(row);
  }

  withNumber(number: string): Contact[] {
    return this.#sql.withNumber.all(number).map(contactOf);
  }

  zonesOf(number: string): (string | null)[] {
    if (!this.#anyZone || !this.#reader.open) return [];
    const zones = this.#sql.zones.all(number);
    return zones.every((zone) => zone === null) ? [] : zones;
  }

  longestNames(): { name: string[]; firstName: string[] } {
    return { name: this.#sql.longestName.all(LONGEST), firstName: this.#sql.longestFirstName.all(LONGEST) };
  }
}
