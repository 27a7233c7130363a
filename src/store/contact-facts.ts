import { CONTACT_COLUMNS, type ContactRow, contactOf } from './contact-rows.ts';
import { SEEN } from './contacts.ts';
import type { Db } from './database.ts';
import type { Contact, ContactOccasion } from './records/contact.ts';

/** All contacts in turn, and what is asked about each: what they booked, when they were heard of and written to. */
export class ContactFacts {
  readonly #sql;

  constructor(reader: Db) {
    this.#sql = {
      walk: reader.prepare<[number, number], ContactRow>(
        `SELECT ${CONTACT_COLUMNS} FROM contacts WHERE seq > ? AND ${SEEN} ORDER BY seq LIMIT ?`,
      ),
      occasions: reader.prepare<[string, string], ContactOccasion & { readonly contact: string | null }>(
        `SELECT kind, status, attendance, coalesce(starts_at, created_at) AS at, contact
         FROM occasions INDEXED BY occasions_recipient WHERE recipient = ? AND kind = ?`,
      ),
      wrote: reader
        .prepare<[string], number>('SELECT received_at FROM inbound INDEXED BY inbound_sender WHERE sender = ? ORDER BY seq DESC LIMIT 1')
        .pluck(),
      called: reader
        .prepare<[string], number>('SELECT started_at FROM calls INDEXED BY calls_caller WHERE caller = ? ORDER BY seq DESC LIMIT 1')
        .pluck(),
      written: reader
        .prepare<[string], number | null>(
          `SELECT max(claimed_at) FROM messages INDEXED BY messages_claimed WHERE recipient = ? AND claimed_at IS NOT NULL AND rank > 0`,
        )
        .pluck(),
    };
  }

  /** @param after the sequence number before */
  walk(after: number, limit: number): { data: Contact[]; last: number | null } {
    const rows = this.#sql.walk.all(after, limit);
    return { data: rows.map(contactOf), last: rows.length === limit ? (rows.at(-1)?.seq ?? null) : null };
  }

  occasionsOf({ externalId, numbers }: Contact, kind: string): ContactOccasion[] {
    return numbers
      .flatMap((number) => this.#sql.occasions.all(number, kind))
      .filter(({ contact }) => contact === null || contact === externalId);
  }

  heardAt(numbers: readonly string[]): number | undefined {
    return newest(numbers.flatMap((number) => [this.#sql.wrote.get(number), this.#sql.called.get(number)]));
  }

  writtenAt(numbers: readonly string[]): number | undefined {
    return newest(numbers.map((number) => this.#sql.written.get(number)));
  }
}

function newest(times: readonly (number | null | undefined)[]): number | undefined {
  const known = times.filter((at) => typeof at === 'number');
  return known.length === 0 ? undefined : Math.max(...known);
}
