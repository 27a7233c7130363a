import { CONSENT_SCOPES } from '../base/suppression-scope.ts';
import type { Contacts } from './contacts.ts';
import type { Db } from './database.ts';
import type { OwnReplies } from './own-replies.ts';
import type { PageChoice } from './records/public-page.ts';
import type { Suppressions } from './suppressions.ts';
import type { Tasks } from './tasks.ts';
import type { Tx } from './work.ts';

/** Milliseconds. */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Messages to a number that are looked through for topics, and topics that are offered. */
const LOOKED_AT = 200;
const MOST_TOPICS = 12;

/** What clients do on the pages that are for them. */
export class PublicPages {
  readonly #parts;
  readonly #sql;

  constructor(
    writer: Db,
    reader: Db,
    parts: {
      suppressions: Suppressions;
      tasks: Tasks;
      replies: OwnReplies;
      contacts: Contacts;
      /** Ends what an import has in hand of a contact. */
      settle(externalId: string): void;
    },
  ) {
    this.#parts = parts;
    this.#sql = {
      keep: writer.prepare<[string, string, number]>('INSERT OR IGNORE INTO public_links (token, recipient, made_at) VALUES (?, ?, ?)'),
      of: reader.prepare<[string], string>('SELECT recipient FROM public_links WHERE token = ?').pluck(),
      topics: reader
        .prepare<[string, number, number], string>(
          `SELECT DISTINCT topic FROM (SELECT topic FROM messages INDEXED BY messages_recipient WHERE recipient = ? ORDER BY seq DESC LIMIT ?)
           WHERE topic IS NOT NULL ORDER BY topic LIMIT ?`,
        )
        .pluck(),
      isKnown: writer.prepare<[string], number>('SELECT 1 FROM messages INDEXED BY messages_recipient WHERE recipient = ? LIMIT 1').pluck(),
    };
  }

  keep(links: readonly { readonly token: string; readonly to: string }[], at: number): void {
    for (const { token, to } of links) this.#sql.keep.run(token, to, at);
  }

  numberOf(token: string): string | undefined {
    return this.#sql.of.get(token);
  }

  topicsOf(to: string): string[] {
    return this.#sql.topics.all(to, LOOKED_AT, MOST_TOPICS);
  }

  choose(to: string, choice: PageChoice, at: number): void {
    const { suppressions, tasks, contacts, settle } = this.#parts;
    switch (choice.kind) {
      case 'end':
        suppressions.add([{ to, scopes: choice.scopes, source: 'link', at }]);
        return;
      case 'monthly':
        suppressions.slowOffers(to, at);
        return;
      case 'call':
        suppressions.add([{ to, scopes: CONSENT_SCOPES, source: 'link', at }]);
        tasks.add({ kind: 'call', contact: to, inboundId: null, at });
        for (const contact of contacts.withNumber(to)) {
          settle(contact.externalId);
          contacts.put({ ...contact, preferredChannel: 'call', updatedAt: at });
        }
    }
  }

  /** @returns whether a text is to go */
  askByText(tx: Tx, to: string, text: string, most: number, at: number): boolean {
    const { replies } = this.#parts;
    const before = replies.latest(to, 'confirm');
    if (this.#sql.isKnown.get(to) !== 1 || (before !== null && before > at - DAY)) return false;
    if (replies.countSince('confirm', at - HOUR) >= most) return false;
    replies.add(tx, { to, iccid: '', inboundSeq: null, kind: 'confirm', at, text, topic: 'optOut' });
    return true;
  }
}
