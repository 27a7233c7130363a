import type { Db } from './database.ts';
import { pduHash } from './inbound.ts';
import type { GroupKey, InboundFilter, InboundGroup, InboundView, ReceivedBefore } from './records/inbound.ts';
import type { Listing, Page } from './records/listing.ts';
import { rowCursor, rowIn } from './row-cursor.ts';
import type { Since } from './since.ts';

/** More groups of one sender and reference than this are not looked at; seven days hold far fewer. */
const MOST_GROUPS = 50;

interface InboundRow {
  readonly seq: number;
  readonly id: string;
  readonly iccid: string;
  readonly sender: string;
  readonly text: string | null;
  readonly complete: number;
  readonly visible: number;
  readonly revision: number;
  readonly receivedAt: number;
  readonly smscTime: string | null;
  readonly answers: string | null;
  readonly meaning: string | null;
  readonly rule: string | null;
  readonly tag: string | null;
  readonly total: number;
  readonly problem: string | null;
  readonly mms: number;
  readonly mmsFrom: string | null;
  readonly mmsSize: number | null;
  readonly textErasedAt: number | null;
}

interface ReceivedRow {
  readonly n: number;
  readonly duplicate: number;
  readonly text: string;
  readonly smscAt: number | null;
  readonly receivedAt: number;
  readonly pdu: string;
}

const COLUMNS = `seq, id, iccid, sender, text, complete, visible, revision, received_at AS receivedAt, smsc_time AS smscTime, answers, meaning, rule, tag,
  total, problem, mms, mms_from AS mmsFrom, mms_size AS mmsSize, erased_at AS textErasedAt`;

const WINDOW = 'visible = 1 AND seq >= ? AND seq < ? AND received_at >= ? ORDER BY seq DESC LIMIT ?';

type Window = [from: number, below: number, since: number, limit: number];

/** Inbound messages as the API shows them, and as reassembly looks for them. */
export class InboundViews {
  readonly #since: Since;
  readonly #inOneView: <T>(read: () => T) => T;
  readonly #sql;

  constructor(reader: Db, since: Since) {
    this.#since = since;
    this.#inOneView = (read) => reader.transaction(read)();
    this.#sql = {
      byId: reader.prepare<[string], InboundRow>(`SELECT ${COLUMNS} FROM inbound WHERE id = ? AND visible = 1`),
      bySeq: reader.prepare<[number], InboundRow>(`SELECT ${COLUMNS} FROM inbound WHERE seq = ?`),
      all: reader.prepare<Window, InboundRow>(`SELECT ${COLUMNS} FROM inbound WHERE ${WINDOW}`),
      bySender: reader.prepare<[string, ...Window], InboundRow>(
        `SELECT ${COLUMNS} FROM inbound INDEXED BY inbound_sender WHERE sender = ? AND ${WINDOW}`,
      ),
      received: reader.prepare<[number, number], ReceivedRow>(
        `SELECT n, duplicate, text, smsc_at AS smscAt, received_at AS receivedAt, pdu FROM received WHERE inbound_seq = ? AND id <= ? ORDER BY n, id`,
      ),
      sameTpdu: reader.prepare<[number, string, string, number], { inboundId: string | null; at: number }>(
        `SELECT i.id AS inboundId, r.received_at AS at FROM received r INDEXED BY received_pdu LEFT JOIN inbound i ON i.seq = r.inbound_seq
         WHERE r.pdu_hash = ? AND r.pdu = ? AND r.iccid = ? AND r.received_at >= ? ORDER BY r.duplicate, r.id DESC LIMIT 1`,
      ),
      groups: reader.prepare<[string, number, number, number, string, number], InboundRow>(
        `SELECT ${COLUMNS} FROM inbound INDEXED BY inbound_group
         WHERE sender = ? AND ref = ? AND ref_bits = ? AND total = ? AND iccid = ? ORDER BY seq DESC LIMIT ?`,
      ),
      oldestHidden: reader
        .prepare<[], number | null>('SELECT min(received_at) FROM inbound INDEXED BY inbound_hidden WHERE visible = 0')
        .pluck(),
    };
  }

  inbound(id: string): InboundView | undefined {
    return this.#inOneView(() => {
      const row = this.#sql.byId.get(id);
      return row && this.#view(row);
    });
  }

  /** @throws Fault `cursorInvalid` */
  inbounds(filter: InboundFilter, page: Page): Listing<InboundView> {
    const list = ['inbound', filter.from, filter.since];
    const below = page.cursor === null ? Number.MAX_SAFE_INTEGER : rowIn(list, page.cursor);
    return this.#inOneView(() => {
      const from = filter.since === undefined ? 0 : this.#since.first('inbound', filter.since);
      if (from === undefined) return { data: [], nextCursor: null };
      const window: Window = [from, below, filter.since ?? Number.MIN_SAFE_INTEGER, page.limit + 1];
      const rows = filter.from === undefined ? this.#sql.all.all(...window) : this.#sql.bySender.all(filter.from, ...window);
      const shown = rows.slice(0, page.limit);
      const last = rows.length > page.limit ? shown.at(-1) : undefined;
      return { data: shown.map((row) => this.#view(row)), nextCursor: last ? rowCursor(list, last.seq) : null };
    });
  }

  /**
   * An inbound message as it was at an event.
   * @param revision its revision then
   * @param upto the last row of `received` then
   * @param isMatched whether a rule had taken it then
   */
  asOf(seq: number, revision: number, upto: number, isMatched: boolean): InboundView | undefined {
    const row = this.#sql.bySeq.get(seq);
    if (!row) return undefined;
    // Only the last revision can be complete: once it is, nothing that is shown changes any more.
    const now = revision === row.revision;
    return this.#view(
      {
        ...row,
        revision,
        text: now ? row.text : null,
        complete: now ? row.complete : 0,
        problem: now ? row.problem : null,
        mms: now ? row.mms : 0,
        rule: isMatched ? row.rule : null,
        tag: isMatched ? row.tag : null,
      },
      upto,
    );
  }

  findReceived(iccid: string, pdu: string, since: number): ReceivedBefore | undefined {
    return this.#sql.sameTpdu.get(pduHash(pdu), pdu, iccid, since);
  }

  openGroups(key: GroupKey): InboundGroup[] {
    return this.#inOneView(() =>
      this.#sql.groups.all(key.from, key.ref, key.bits, key.total, key.iccid, MOST_GROUPS).map((row) => ({
        inboundId: row.id,
        startedAt: row.receivedAt,
        complete: row.complete === 1,
        segments: this.#received(row.seq)
          .filter(({ duplicate }) => duplicate === 0)
          .map(({ n, pdu, smscAt }) => ({ n, pdu, smscAt })),
      })),
    );
  }

  oldestHidden(): number | undefined {
    return this.#sql.oldestHidden.get() ?? undefined;
  }

  #received(seq: number, upto = Number.MAX_SAFE_INTEGER): ReceivedRow[] {
    return this.#sql.received.all(seq, upto);
  }

  #view(row: InboundRow, upto?: number): InboundView {
    const received = this.#received(row.seq, upto);
    const segments = received.filter(({ duplicate }) => duplicate === 0);
    return {
      id: row.id,
      from: row.sender,
      text: row.text,
      textErasedAt: row.textErasedAt,
      complete: row.complete === 1,
      revision: row.revision,
      receivedAt: row.receivedAt,
      smscTime: row.smscTime,
      sim: row.iccid,
      answers: row.answers,
      meaning: row.meaning,
      rule: row.rule,
      tag: row.tag,
      total: row.total,
      mms: row.mms === 1 ? { from: row.mmsFrom, size: row.mmsSize } : null,
      problem: row.problem,
      duplicates: received.length - segments.length,
      segments: segments.map(({ n, text, pdu, receivedAt }) => ({ n, text, pdu, receivedAt })),
    };
  }
}
