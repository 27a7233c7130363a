import { PURPOSES, type Purpose } from '../base/purpose.ts';
import type { Db } from './database.ts';
import type { NewConsent } from './records/consent.ts';
import type { Listing, Page } from './records/listing.ts';
import { rowCursor, rowIn } from './row-cursor.ts';

interface ConsentRow extends Omit<NewConsent, 'purpose'> {
  readonly seq: number;
  readonly purpose: string;
}

type ConsentColumns = [
  id: string,
  to: string,
  purpose: Purpose,
  topic: string | null,
  source: string,
  wording: string,
  actor: string,
  at: number,
  until: number | null,
  recordedAt: number,
];

/** The ledger of consents. There is no way to change or remove a row: an opt-out stands beside it, and wins. */
export class Consents {
  readonly #reader: Db;
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    this.#reader = reader;
    const COLUMNS = 'seq, id, recipient AS "to", purpose, topic, source, wording, actor, at, until, recorded_at AS recordedAt';
    const AGREED = `SELECT 1 FROM consents INDEXED BY consents_recipient
       WHERE recipient = ? AND purpose = ? AND (topic IS NULL OR topic = ?) AND at <= ? AND (until IS NULL OR until > ?) LIMIT 1`;
    this.#sql = {
      add: writer.prepare<ConsentColumns>(
        `INSERT INTO consents (id, recipient, purpose, topic, source, wording, actor, at, until, recorded_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      agreed: reader.prepare<[string, Purpose, string | null, number, number], number>(AGREED).pluck(),
      ever: writer.prepare<[string], number>("SELECT 1 FROM consents WHERE recipient = ? AND purpose = 'promotional' LIMIT 1").pluck(),
      all: reader.prepare<[number, number], ConsentRow>(`SELECT ${COLUMNS} FROM consents WHERE seq < ? ORDER BY seq DESC LIMIT ?`),
      of: reader.prepare<[string, number, number], ConsentRow>(
        `SELECT ${COLUMNS} FROM consents INDEXED BY consents_recipient WHERE recipient = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
      ),
    };
  }

  add(c: NewConsent): void {
    this.#sql.add.run(c.id, c.to, c.purpose, c.topic, c.source, c.wording, c.actor, c.at, c.until, c.recordedAt);
  }

  /** Whether a number agrees to a purpose now, at least for this topic. */
  covers(to: string, purpose: Purpose, topic: string | null, now: number): boolean {
    return this.#reader.open && this.#sql.agreed.get(to, purpose, topic, now, now) === 1;
  }

  /** Whether a number ever agreed to offers, as of this transaction. */
  everToOffers(to: string): boolean {
    return this.#sql.ever.get(to) === 1;
  }

  /** The newest first. @throws Fault `cursorInvalid` */
  list(to: string | undefined, page: Page): Listing<NewConsent> {
    const list = ['consents', to];
    const below = page.cursor === null ? Number.MAX_SAFE_INTEGER : rowIn(list, page.cursor);
    const limit = page.limit + 1;
    const rows = to === undefined ? this.#sql.all.all(below, limit) : this.#sql.of.all(to, below, limit);
    const shown = rows.slice(0, page.limit);
    const last = rows.length > page.limit ? shown.at(-1) : undefined;
    return { data: shown.map(consentOf), nextCursor: last ? rowCursor(list, last.seq) : null };
  }
}

const consentOf = ({ seq: _seq, purpose, ...row }: ConsentRow): NewConsent => ({
  ...row,
  purpose: PURPOSES.find((p) => p === purpose) ?? 'promotional',
});
