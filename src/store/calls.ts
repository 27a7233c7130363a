import { newId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import type { Db } from './database.ts';
import type { EventLog } from './event-log.ts';
import type { InboundRules } from './inbound-rules.ts';
import type { CallFilter, CallView, NewCall } from './records/call.ts';
import type { JudgeInbound } from './records/inbound-rules.ts';
import type { Listing, Page } from './records/listing.ts';
import { rowCursor, rowIn } from './row-cursor.ts';
import type { Since } from './since.ts';
import type { Tx } from './work.ts';

interface CallRow {
  readonly seq: number;
  readonly id: string;
  readonly iccid: string;
  readonly caller: string | null;
  readonly withheld: number;
  readonly startedAt: number;
  readonly rings: number;
  readonly duration: number | null;
  readonly hungUp: number;
}

const COLUMNS = 'seq, id, iccid, caller, withheld, started_at AS startedAt, rings, duration, hung_up AS hungUp';

/** Calls: kept from their first ring, so that one that rings while the process dies is not lost, and told of when over. */
export class Calls {
  readonly #random: Random;
  readonly #events: EventLog;
  readonly #since: Since;
  readonly #rules: InboundRules;
  readonly #sql;

  constructor(writer: Db, parts: { random: Random; events: EventLog; since: Since; rules: InboundRules }) {
    this.#random = parts.random;
    this.#events = parts.events;
    this.#since = parts.since;
    this.#rules = parts.rules;
    this.#sql = {
      find: writer.prepare<[string, number], { seq: number; duration: number | null }>(
        'SELECT seq, duration FROM calls WHERE iccid = ? AND started_at = ?',
      ),
      add: writer.prepare<[string, string, string | null, number, number, number, number | null, number]>(
        'INSERT INTO calls (id, iccid, caller, withheld, started_at, rings, duration, hung_up) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ),
      change: writer.prepare<[string | null, number, number, number | null, number, number]>(
        'UPDATE calls SET caller = ?, withheld = ?, rings = ?, duration = ?, hung_up = ? WHERE seq = ?',
      ),
      ringing: writer.prepare<[], number>('SELECT seq FROM calls INDEXED BY calls_ringing WHERE duration IS NULL ORDER BY seq').pluck(),
      end: writer.prepare<[number]>('UPDATE calls SET duration = 0 WHERE seq = ?'),
    };
  }

  /**
   * Keeps what is known of a call; one that is over never changes again.
   * @param judge says what follows from a call that is over, where its caller ends texts by it
   * @returns whether a reply of our own is to go out
   */
  keep(tx: Tx, call: NewCall, now: number, judge?: JudgeInbound): boolean {
    const { iccid, from, withheld, startedAt, rings, duration, hungUp } = call;
    const before = this.#sql.find.get(iccid, startedAt);
    if (before && before.duration !== null) return false;
    let seq = before?.seq;
    if (seq === undefined) {
      const id = newId('call', this.#random);
      const { lastInsertRowid } = this.#sql.add.run(id, iccid, from, withheld ? 1 : 0, startedAt, rings, duration, hungUp ? 1 : 0);
      seq = Number(lastInsertRowid);
      this.#since.note('calls', startedAt, seq);
    } else this.#sql.change.run(from, withheld ? 1 : 0, rings, duration, hungUp ? 1 : 0, seq);
    if (duration === null) return false;
    this.#events.call(tx, seq, now);
    return judge !== undefined && from !== null && this.#rules.followCall(tx, { from, iccid, at: now }, judge);
  }

  /** Ends the calls that rang when an earlier process died: how long they went on nobody knows. */
  endRinging(tx: Tx, now: number): void {
    for (const seq of this.#sql.ringing.all()) {
      this.#sql.end.run(seq);
      this.#events.call(tx, seq, now);
    }
  }
}

/** Calls as the API shows them. */
export class CallViews {
  readonly #since: Since;
  readonly #sql;

  constructor(reader: Db, since: Since) {
    this.#since = since;
    this.#sql = {
      bySeq: reader.prepare<[number], CallRow>(`SELECT ${COLUMNS} FROM calls WHERE seq = ?`),
      all: reader.prepare<[from: number, below: number, since: number, limit: number], CallRow>(
        `SELECT ${COLUMNS} FROM calls WHERE seq >= ? AND seq < ? AND started_at >= ? ORDER BY seq DESC LIMIT ?`,
      ),
      byCaller: reader.prepare<[caller: string, from: number, below: number, since: number, limit: number], CallRow>(
        `SELECT ${COLUMNS} FROM calls INDEXED BY calls_caller
         WHERE caller = ? AND seq >= ? AND seq < ? AND started_at >= ? ORDER BY seq DESC LIMIT ?`,
      ),
    };
  }

  /** A call that is over never changes, so it is as it was at its event. */
  bySeq(seq: number): CallView | undefined {
    const row = this.#sql.bySeq.get(seq);
    return row && viewOf(row);
  }

  /** @throws Fault `cursorInvalid` */
  list(filter: CallFilter, page: Page): Listing<CallView> {
    const since = filter.since ?? Number.MIN_SAFE_INTEGER;
    const list = ['calls', filter.from, filter.since];
    const from = filter.since === undefined ? 0 : (this.#since.first('calls', filter.since) ?? Number.MAX_SAFE_INTEGER);
    const below = page.cursor === null ? Number.MAX_SAFE_INTEGER : rowIn(list, page.cursor);
    const rows =
      filter.from === undefined
        ? this.#sql.all.all(from, below, since, page.limit + 1)
        : this.#sql.byCaller.all(filter.from, from, below, since, page.limit + 1);
    const shown = rows.slice(0, page.limit);
    const last = rows.length > page.limit ? shown.at(-1) : undefined;
    return { data: shown.map(viewOf), nextCursor: last ? rowCursor(list, last.seq) : null };
  }
}

const viewOf = ({ id, iccid, caller, withheld, startedAt, rings, duration, hungUp }: CallRow): CallView => ({
  id,
  iccid,
  from: caller,
  withheld: withheld === 1,
  startedAt,
  rings,
  duration,
  hungUp: hungUp === 1,
});
