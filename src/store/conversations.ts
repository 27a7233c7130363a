import { decodeCursor, encodeCursor } from '../base/cursor.ts';
import { Fault } from '../base/fault.ts';
import type { Db } from './database.ts';
import type { ConversationFilter, ConversationView } from './records/conversation.ts';
import type { Listing, Page } from './records/listing.ts';

/** Rows that are read at a time, and looked at for one page. */
const CHUNK = 50;
const LOOKED_AT = 2_000;
/** Of the newest texts so many are searched. */
const SEARCHED = 5_000;
const MOST_COUNTED = 1_000;

interface Row {
  readonly seq: number;
  readonly id: string;
  readonly contact: string;
  readonly at: number;
  readonly text: string | null;
  readonly kind: 'text' | 'mms' | 'call';
  readonly meaning: string | null;
}

interface Newest {
  readonly seq: number;
  readonly at: number;
}

const TEXT = "seq, id, sender AS contact, received_at AS at, text, CASE mms WHEN 0 THEN 'text' ELSE 'mms' END AS kind, meaning";
const CALL = "seq, id, caller AS contact, started_at AS at, NULL AS text, 'call' AS kind, NULL AS meaning";

/**
 * Conversations are no table: a client stands in the list at the newest text or call of theirs. Texts and calls are read newest first,
 * side by side, and one that the same client wrote or called after is passed over.
 */
export class Conversations {
  readonly #sql;
  readonly #inOneView: <T>(read: () => T) => T;

  constructor(writer: Db, reader: Db) {
    this.#inOneView = (read) => reader.transaction(read)();
    this.#sql = {
      texts: reader.prepare<[below: number, limit: number], Row>(
        `SELECT ${TEXT} FROM inbound WHERE visible = 1 AND sender <> '' AND seq < ? ORDER BY seq DESC LIMIT ?`,
      ),
      calls: reader.prepare<[below: number, limit: number], Row>(
        `SELECT ${CALL} FROM calls WHERE caller IS NOT NULL AND duration IS NOT NULL AND seq < ? ORDER BY seq DESC LIMIT ?`,
      ),
      lastText: reader.prepare<[string], Newest>(
        'SELECT seq, received_at AS at FROM inbound INDEXED BY inbound_sender WHERE sender = ? AND visible = 1 ORDER BY seq DESC LIMIT 1',
      ),
      lastCall: reader.prepare<[string], Newest>(
        'SELECT seq, started_at AS at FROM calls INDEXED BY calls_caller WHERE caller = ? AND duration IS NOT NULL ORDER BY seq DESC LIMIT 1',
      ),
      unseenTexts: reader
        .prepare<[string], number>(
          'SELECT count(*) FROM inbound INDEXED BY inbound_unseen WHERE sender = ? AND seen_at IS NULL AND visible = 1',
        )
        .pluck(),
      unseenCalls: reader
        .prepare<[string], number>(
          'SELECT count(*) FROM calls INDEXED BY calls_unseen WHERE caller = ? AND seen_at IS NULL AND duration IS NOT NULL',
        )
        .pluck(),
      unseen: reader
        .prepare<[number], number>(
          `SELECT count(*) FROM (SELECT sender AS contact FROM inbound INDEXED BY inbound_unseen WHERE seen_at IS NULL AND visible = 1 AND sender <> ''
           UNION SELECT caller FROM calls INDEXED BY calls_unseen WHERE seen_at IS NULL AND caller IS NOT NULL AND duration IS NOT NULL LIMIT ?)`,
        )
        .pluck(),
      tasks: reader
        .prepare<[string], number>('SELECT count(*) FROM tasks INDEXED BY tasks_open WHERE contact = ? AND done_at IS NULL')
        .pluck(),
      seeTexts: writer.prepare<[number, string, number]>(
        'UPDATE inbound INDEXED BY inbound_unseen SET seen_at = ? WHERE sender = ? AND seen_at IS NULL AND visible = 1 AND received_at <= ?',
      ),
      seeCalls: writer.prepare<[number, string, number]>(
        'UPDATE calls INDEXED BY calls_unseen SET seen_at = ? WHERE caller = ? AND seen_at IS NULL AND duration IS NOT NULL AND started_at <= ?',
      ),
    };
  }

  see(contact: string, until: number, now: number): void {
    this.#sql.seeTexts.run(now, contact, until);
    this.#sql.seeCalls.run(now, contact, until);
  }

  unseen(): number {
    return this.#sql.unseen.get(MOST_COUNTED) ?? 0;
  }

  /** @throws Fault `cursorInvalid` */
  list(filter: ConversationFilter, page: Page): Listing<ConversationView> {
    return this.#inOneView(() =>
      filter.search === undefined ? this.#newest(filter, page) : this.#found(filter.search, filter.numbers ?? [], page.limit),
    );
  }

  #newest(filter: ConversationFilter, page: Page): Listing<ConversationView> {
    const list = ['conversations', filter.unseen ?? false];
    const below = page.cursor === null ? undefined : placeIn(list, page.cursor);
    const texts = new Column((b) => this.#sql.texts.all(b, CHUNK), below?.text);
    const calls = new Column((b) => this.#sql.calls.all(b, CHUNK), below?.call);
    const data: ConversationView[] = [];
    for (let looked = 0; looked < LOOKED_AT; looked += 1) {
      const [text, call] = [texts.first(), calls.first()];
      const row = text && (!call || text.at >= call.at) ? text : call;
      if (!row) return { data, nextCursor: null };
      if (data.length === page.limit) break;
      (row === text ? texts : calls).next();
      if (!this.#isNewest(row)) continue;
      const view = this.#view(row);
      if (!filter.unseen || view.unseen > 0) data.push(view);
    }
    return { data, nextCursor: encodeCursor(list, `${texts.below}.${calls.below}`) };
  }

  #found(search: string, numbers: readonly string[], limit: number): Listing<ConversationView> {
    const words = search.toLowerCase();
    const digits = /^[\d\s()+-]+$/.test(search) ? search.replace(/\D/g, '').replace(/^0+/, '') : '';
    const named = new Set(numbers);
    const isMeant = ({ contact, text }: Row): boolean =>
      named.has(contact) ||
      (digits.length >= 3 && contact.includes(digits)) ||
      contact.toLowerCase().includes(words) ||
      (text?.toLowerCase().includes(words) ?? false);
    const contacts = new Map<string, Row>();
    const rows = [...this.#sql.texts.all(Number.MAX_SAFE_INTEGER, SEARCHED), ...this.#sql.calls.all(Number.MAX_SAFE_INTEGER, SEARCHED)];
    for (const row of rows.filter(isMeant)) {
      const before = contacts.get(row.contact);
      if (!before || before.at < row.at) contacts.set(row.contact, row);
    }
    const newest = [...contacts.values()].sort((a, b) => b.at - a.at).slice(0, limit);
    return { data: newest.map((row) => this.#view(row)), nextCursor: null };
  }

  #isNewest({ kind, contact, seq, at }: Row): boolean {
    const isCall = kind === 'call';
    const own = (isCall ? this.#sql.lastCall : this.#sql.lastText).get(contact);
    const other = (isCall ? this.#sql.lastText : this.#sql.lastCall).get(contact);
    return own?.seq === seq && (other === undefined || (isCall ? other.at < at : other.at <= at));
  }

  #view({ contact, at, kind, id, text, meaning }: Row): ConversationView {
    const unseen = (this.#sql.unseenTexts.get(contact) ?? 0) + (this.#sql.unseenCalls.get(contact) ?? 0);
    return { contact, at, unseen, last: { kind, id, text, meaning }, tasks: this.#sql.tasks.get(contact) ?? 0 };
  }
}

/** Rows from a place downwards, read a few at a time. */
class Column {
  readonly #read: (below: number) => Row[];
  #rows: Row[] = [];
  /** Everything at or above this was looked at. */
  below: number;

  constructor(read: (below: number) => Row[], below = Number.MAX_SAFE_INTEGER) {
    this.#read = read;
    this.below = below;
  }

  first(): Row | undefined {
    if (this.#rows.length === 0) this.#rows = this.#read(this.below);
    return this.#rows[0];
  }

  next(): void {
    const row = this.#rows.shift();
    if (row) this.below = row.seq;
  }
}

/** @throws Fault `cursorInvalid` */
function placeIn(list: readonly unknown[], cursor: string): { text: number; call: number } {
  const [, text, call] = /^(\d{1,16})\.(\d{1,16})$/.exec(decodeCursor(list, cursor)) ?? [];
  if (text === undefined || call === undefined)
    throw new Fault('cursorInvalid', 'The cursor is not one that a list gave; begin without one.');
  return { text: Number(text), call: Number(call) };
}
