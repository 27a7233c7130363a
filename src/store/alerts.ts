import { newId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import type { Db } from './database.ts';
import type { EventLog } from './event-log.ts';
import type { AlertChannel, NewAlert, StoredAlert } from './records/alert.ts';
import type { Listing, Page } from './records/listing.ts';
import { rowCursor, rowIn } from './row-cursor.ts';
import type { Tx } from './work.ts';

interface AlertRow extends Omit<StoredAlert, 'facts' | 'mailedOver'> {
  readonly facts: string;
  readonly mailedOver: number;
}

const COLUMNS = `seq, id, kind, subject, facts, at, over_at AS overAt, mailed_at AS mailedAt, mailed_over AS mailedOver, texted_at AS textedAt`;

const LIST = ['alerts'];

const toAlert = ({ facts, mailedOver, ...row }: AlertRow): StoredAlert => ({
  ...row,
  facts: JSON.parse(facts),
  mailedOver: mailedOver === 1,
});

/** What is wrong with the box, and what was. */
export class Alerts {
  readonly #random: Random;
  readonly #events: EventLog;
  readonly #sql;

  constructor(writer: Db, reader: Db, parts: { random: Random; events: EventLog }) {
    this.#random = parts.random;
    this.#events = parts.events;
    this.#sql = {
      add: writer.prepare<[string, string, string, string, number]>(
        'INSERT INTO alerts (id, kind, subject, facts, at) VALUES (?, ?, ?, ?, ?)',
      ),
      isOpen: writer.prepare<[string, string], number>('SELECT 1 FROM alerts WHERE kind = ? AND subject = ? AND over_at IS NULL').pluck(),
      again: writer.prepare<[string, string, string, number]>(
        `UPDATE alerts SET over_at = NULL, facts = ? WHERE seq = (SELECT max(seq) FROM alerts WHERE kind = ? AND subject = ?) AND over_at >= ?
         AND mailed_over = 0`,
      ),
      end: writer.prepare<[number, string]>('UPDATE alerts SET over_at = ? WHERE id = ? AND over_at IS NULL'),
      mailed: writer.prepare<[number, string]>('UPDATE alerts SET mailed_at = ? WHERE id = ?'),
      mailedOver: writer.prepare<[string]>('UPDATE alerts SET mailed_over = 1 WHERE id = ?'),
      texted: writer.prepare<[number, string]>('UPDATE alerts SET texted_at = ? WHERE id = ?'),
      forget: writer.prepare<[number]>('DELETE FROM alerts WHERE over_at < ?'),
      open: reader.prepare<[], AlertRow>(`SELECT ${COLUMNS} FROM alerts WHERE over_at IS NULL ORDER BY seq`),
      since: reader.prepare<[number], AlertRow>(`SELECT ${COLUMNS} FROM alerts WHERE over_at IS NULL OR over_at >= ? ORDER BY seq`),
      list: reader.prepare<[number, number, number], AlertRow>(
        `SELECT ${COLUMNS} FROM alerts WHERE seq < ? AND (? OR over_at IS NULL) ORDER BY seq DESC LIMIT ?`,
      ),
    };
  }

  raise(tx: Tx, { kind, subject, facts }: NewAlert, sentence: string, now: number, again: number): void {
    if (this.#sql.isOpen.get(kind, subject) !== undefined) return;
    if (this.#sql.again.run(JSON.stringify(facts), kind, subject, now - again).changes === 1) return;
    this.#sql.add.run(newId('alr', this.#random), kind, subject, JSON.stringify(facts), now);
    this.#events.notice(tx, 'alert.raised', sentence, now);
  }

  end(tx: Tx, id: string, sentence: string, now: number): void {
    if (this.#sql.end.run(now, id).changes === 1) this.#events.notice(tx, 'alert.over', sentence, now);
  }

  open(): StoredAlert[] {
    return this.#sql.open.all().map(toAlert);
  }

  since(since: number): StoredAlert[] {
    return this.#sql.since.all(since).map(toAlert);
  }

  told(channel: AlertChannel, raised: readonly string[], over: readonly string[], now: number): void {
    for (const id of raised) (channel === 'mail' ? this.#sql.mailed : this.#sql.texted).run(now, id);
    if (channel === 'mail') for (const id of over) this.#sql.mailedOver.run(id);
  }

  /** The newest first. @throws Fault `cursorInvalid` */
  list(all: boolean, page: Page): Listing<StoredAlert> {
    const below = page.cursor === null ? Number.MAX_SAFE_INTEGER : rowIn(LIST, page.cursor);
    const rows = this.#sql.list.all(below, all ? 1 : 0, page.limit + 1);
    const shown = rows.slice(0, page.limit);
    const last = rows.length > page.limit ? shown.at(-1) : undefined;
    return { data: shown.map(toAlert), nextCursor: last ? rowCursor(LIST, last.seq) : null };
  }

  /** Removes what was over long before. */
  purge(before: number): void {
    this.#sql.forget.run(before);
  }
}
