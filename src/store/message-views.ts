import { PURPOSES, purposeOf, purposeRank } from '../base/purpose.ts';
import type { Db } from './database.ts';
import { attemptId, attemptPlace, shownSim } from './message-row.ts';
import { readPolicy } from './policy-record.ts';
import type { Accepted, AcceptedUrgent } from './records/acceptance.ts';
import type { WrittenTo } from './records/alert.ts';
import type { SimChoice } from './records/choice.ts';
import type { Listing, Page } from './records/listing.ts';
import {
  type Alphabet,
  type AttemptOutcome,
  MESSAGE_STATUSES,
  type MessageFilter,
  type MessageStatus,
  type MessageView,
  type SegmentState,
  type SegmentView,
} from './records/message.ts';
import { isWhole, messageValues, textValues } from './row-crc.ts';
import { rowCursor, rowIn } from './row-cursor.ts';
import type { Since } from './since.ts';

interface ViewRow {
  readonly seq: number;
  readonly id: string;
  readonly keyId: string;
  readonly recipient: string;
  readonly rank: number;
  readonly status: MessageStatus;
  readonly reason: string | null;
  readonly alphabet: Alphabet;
  readonly flash: number;
  readonly transliterated: number;
  readonly segmentCount: number;
  readonly possibleDuplicate: number;
  readonly simRequested: string | null;
  readonly sim: string | null;
  readonly begun: number;
  readonly sendAt: number | null;
  readonly notAfter: number | null;
  readonly acceptedAt: number;
  readonly expiresAt: number;
  readonly updatedAt: number;
  readonly ready: number | null;
  readonly dueAt: number | null;
  readonly text: string;
  readonly sentText: string | null;
  readonly textErasedAt: number | null;
  readonly topic: string | null;
  readonly reference: string | null;
  readonly policy: string;
  readonly crc: number | null;
  readonly messageCrc: number | null;
}

interface AttemptViewRow {
  readonly id: number;
  readonly iccid: string;
  readonly at: number;
  readonly outcome: AttemptOutcome;
  readonly cause: string | null;
  readonly choice: SimChoice | null;
  readonly mr: number | null;
  readonly mrKnown: number;
  readonly price: number | null;
  readonly currency: string | null;
}

const VIEW = `SELECT m.seq, m.id, m.key_id AS keyId, m.recipient, m.rank, m.status, m.reason, m.alphabet, m.flash, m.transliterated, m.segment_count AS segmentCount,
  m.possible_duplicate AS possibleDuplicate, m.sim_requested AS simRequested, m.sim, m.begun, m.send_at AS sendAt, m.not_after AS notAfter,
  m.accepted_at AS acceptedAt, m.expires_at AS expiresAt, m.updated_at AS updatedAt, m.ready, m.due_at AS dueAt, t.text, t.sent_text AS sentText,
  t.erased_at AS textErasedAt, m.topic, t.reference, t.policy, t.crc, t.message_crc AS messageCrc FROM messages m JOIN message_texts t ON t.message_seq = m.seq`;

/** Rows with seq in [from, below), accepted at `since` or later, newest first. */
const WINDOW = 'seq >= ? AND seq < ? AND accepted_at >= ? ORDER BY seq DESC LIMIT ?';

/** What is looked at to match a message of one key. */
interface KeyedRow {
  readonly seq: number;
  readonly status: MessageStatus;
  readonly rank: number;
  readonly recipient: string;
  readonly acceptedAt: number;
}

/** Where a page is looked for: in rows with seq in [from, below), accepted at `since` or later. */
interface Bounds {
  readonly from: number;
  readonly below: number;
  readonly since: number;
  readonly limit: number;
}

const NONE = { seqs: [], last: undefined };

/** Messages of a key that are looked through in one go, some milliseconds. */
const LOOKED_THROUGH = 2000;

type Window = [from: number, below: number, since: number, limit: number];

/** Messages as the API shows them. */
export class MessageViews {
  readonly #since: Since;
  readonly #inOneView: <T>(read: () => T) => T;
  readonly #sql;

  constructor(reader: Db, since: Since) {
    this.#since = since;
    this.#inOneView = (read) => reader.transaction(read)();
    this.#sql = {
      last: reader.prepare<[], number | null>('SELECT max(seq) FROM messages').pluck(),
      writtenBetween: reader.prepare<[number, number], WrittenTo>(
        `SELECT key_id AS keyId, count(*) AS "all", sum(NOT EXISTS (
           SELECT 1 FROM messages b INDEXED BY messages_recipient WHERE b.recipient = a.recipient AND b.seq < a.seq)) AS first
         FROM messages a WHERE seq > ? AND seq <= ? AND rank > ${purposeRank('otp')} GROUP BY key_id`,
      ),
      byId: reader.prepare<[string], ViewRow>(`${VIEW} WHERE m.id = ?`),
      bySeq: reader.prepare<[number], ViewRow>(`${VIEW} WHERE m.seq = ?`),
      segments: reader.prepare<[number], { n: number; chars: number; state: SegmentState }>(
        'SELECT n, chars, state FROM segments WHERE message_seq = ? ORDER BY n',
      ),
      attempts: reader.prepare<[number, number], AttemptViewRow>(
        'SELECT id, iccid, at, outcome, cause, choice, mr, mr_known AS mrKnown, price, currency FROM attempts WHERE id > ? AND id < ? ORDER BY id',
      ),
      events: reader.prepare<[number], { status: MessageStatus; at: number; reason: string | null }>(
        'SELECT status, at, reason FROM events WHERE message_seq = ? ORDER BY seq',
      ),
      keyOf: reader.prepare<[string], string>('SELECT key_id FROM messages WHERE id = ?').pluck(),
      ofKey: reader.prepare<[string, number, number, number], KeyedRow>(
        'SELECT seq, status, rank, recipient, accepted_at AS acceptedAt FROM messages INDEXED BY messages_key WHERE key_id = ? AND seq >= ? AND seq < ? ORDER BY seq DESC LIMIT ?',
      ),
      all: reader.prepare<Window, number>(`SELECT seq FROM messages WHERE ${WINDOW}`).pluck(),
      byStatus: reader
        .prepare<[MessageStatus, number, ...Window], number>(
          `SELECT seq FROM messages INDEXED BY messages_status WHERE status = ? AND rank = ? AND ${WINDOW}`,
        )
        .pluck(),
      byRecipient: reader
        .prepare<[string, MessageStatus | null, MessageStatus | null, number | null, number | null, ...Window], number>(
          `SELECT seq FROM messages INDEXED BY messages_recipient
           WHERE recipient = ? AND (? IS NULL OR status = ?) AND (? IS NULL OR rank = ?) AND ${WINDOW}`,
        )
        .pluck(),
      accepted: reader.prepare<[number, number], { to: string; rank: number; at: number }>(
        'SELECT recipient AS "to", rank, accepted_at AS at FROM messages WHERE seq >= ? AND accepted_at >= ? ORDER BY seq',
      ),
      urgent: reader.prepare<[number, number], { keyId: string; rank: number; at: number }>(
        'SELECT key_id AS keyId, rank, accepted_at AS at FROM messages WHERE seq >= ? AND rank <= 1 AND accepted_at >= ? ORDER BY seq',
      ),
      latestTo: reader
        .prepare<[string, number, string], string>(
          // Only the newest messages to a number are looked at, so that a number written to all day long costs no more.
          `SELECT id FROM (SELECT id, sim, sent_at FROM messages INDEXED BY messages_recipient WHERE recipient = ? ORDER BY seq DESC LIMIT 200)
           WHERE sent_at >= ? ORDER BY sim IS ? DESC, sent_at DESC LIMIT 1`,
        )
        .pluck(),
    };
  }

  acceptedSince(since: number): Accepted[] {
    const from = this.#since.first('messages', since);
    if (from === undefined) return [];
    return this.#sql.accepted.all(from, since).map(({ to, rank, at }) => ({ to, purpose: purposeOf(rank), at }));
  }

  urgentSince(since: number): AcceptedUrgent[] {
    const from = this.#since.first('messages', since);
    if (from === undefined) return [];
    return this.#sql.urgent.all(from, since).map(({ keyId, rank, at }) => ({ keyId, purpose: purposeOf(rank), at }));
  }

  message(id: string): MessageView | undefined {
    return this.#inOneView(() => {
      const row = this.#sql.byId.get(id);
      return row && this.#view(row);
    });
  }

  /** @throws Fault `cursorInvalid` */
  messages(filter: MessageFilter, page: Page): Listing<MessageView> {
    const list = ['messages', filter.status, filter.to, filter.purpose, filter.since, filter.key];
    const below = page.cursor === null ? Number.MAX_SAFE_INTEGER : rowIn(list, page.cursor);
    return this.#inOneView(() => {
      const since = filter.since ?? Number.MIN_SAFE_INTEGER;
      const from = filter.since === undefined ? 0 : this.#since.first('messages', filter.since);
      const { seqs, last } = from === undefined ? NONE : this.#found(filter, { from, below, since, limit: page.limit });
      const data: MessageView[] = [];
      for (const seq of seqs) {
        const row = this.#sql.bySeq.get(seq);
        if (row) data.push(this.#view(row));
      }
      return { data, nextCursor: last === undefined ? null : rowCursor(list, last) };
    });
  }

  keyOf(id: string): string | undefined {
    return this.#sql.keyOf.get(id);
  }

  /** The sequence number of the newest message. */
  last(): number {
    return this.#sql.last.get() ?? 0;
  }

  /** To how many messages of each key, codes apart, and to how many of them nobody wrote before. */
  writtenBetween(after: number, upto: number): WrittenTo[] {
    return this.#sql.writtenBetween.all(after, upto);
  }

  latestTo(number: string, iccid: string, since: number): string | undefined {
    return this.#sql.latestTo.get(number, since, iccid);
  }

  /** A page of what matches, newest first, and the last row that was looked at where there may be more. */
  #found(filter: MessageFilter, { from, below, since, limit }: Bounds): { seqs: number[]; last: number | undefined } {
    if (filter.key !== undefined) return this.#foundOfKey(filter, filter.key, { from, below, since, limit });
    const seqs = this.#seqs(filter, [from, below, since, limit + 1]);
    return { seqs: seqs.slice(0, limit), last: seqs.length > limit ? seqs[limit - 1] : undefined };
  }

  /** Looks through what a key handed over, a part of it at a time: a page may then be short, or empty, and still have a next one. */
  #foundOfKey(
    { to, status, purpose }: MessageFilter,
    key: string,
    { from, below, since, limit }: Bounds,
  ): { seqs: number[]; last: number | undefined } {
    const rows = this.#sql.ofKey.all(key, from, below, LOOKED_THROUGH);
    const rank = purpose === undefined ? undefined : purposeRank(purpose);
    const seqs: number[] = [];
    for (const row of rows) {
      const matches = (status ?? row.status) === row.status && (rank ?? row.rank) === row.rank && (to ?? row.recipient) === row.recipient;
      if (!matches || row.acceptedAt < since) continue;
      if (seqs.length === limit) return { seqs, last: seqs.at(-1) };
      seqs.push(row.seq);
    }
    return { seqs, last: rows.length === LOOKED_THROUGH ? rows.at(-1)?.seq : undefined };
  }

  #seqs({ to, status, purpose }: MessageFilter, window: Window): number[] {
    const rank = purpose === undefined ? undefined : purposeRank(purpose);
    if (to !== undefined) {
      return this.#sql.byRecipient.all(to, status ?? null, status ?? null, rank ?? null, rank ?? null, ...window);
    }
    if (status === undefined && rank === undefined) return this.#sql.all.all(...window);
    // One index serves status, purpose and both: a filter on one of them is a merge over all values of the other.
    const statuses = status === undefined ? MESSAGE_STATUSES : [status];
    const ranks = rank === undefined ? PURPOSES.keys() : [rank];
    const found: number[] = [];
    for (const r of ranks) for (const s of statuses) found.push(...this.#sql.byStatus.all(s, r, ...window));
    return found.sort((a, b) => b - a).slice(0, window[3]);
  }

  #view(row: ViewRow): MessageView {
    const attempts = new Map<number, AttemptViewRow[]>();
    for (const attempt of this.#sql.attempts.all(attemptId(row.seq, 0, 0), attemptId(row.seq + 1, 0, 0))) {
      const { n } = attemptPlace(attempt.id);
      const of = attempts.get(n);
      if (of) of.push(attempt);
      else attempts.set(n, [attempt]);
    }
    let start = 0;
    const stored = this.#sql.segments.all(row.seq);
    const content = messageValues(
      row,
      stored.map(({ chars }) => chars),
    );
    const damaged = !isWhole(row.crc, textValues(row)) || !isWhole(row.messageCrc, content);
    const segments = stored.map(({ n, chars, state }): SegmentView => {
      const text = (row.sentText ?? row.text).slice(start, start + chars);
      start += chars;
      const tries = attempts.get(n) ?? [];
      const sent = tries.findLast(({ outcome, mrKnown }) => outcome === 'sent' && mrKnown === 1);
      return {
        n,
        state,
        mr: sent?.mr ?? null,
        text,
        attempts: tries.map(({ iccid, at, outcome, cause, choice, price, currency }) => ({
          sim: iccid,
          at,
          outcome,
          cause,
          choice,
          price: price === null || currency === null ? null : { micros: price, currency },
        })),
      };
    });
    return {
      id: row.id,
      keyId: row.keyId,
      to: row.recipient,
      text: row.text,
      textErasedAt: row.textErasedAt,
      purpose: purposeOf(row.rank),
      status: row.status,
      reason: row.reason,
      alphabet: row.alphabet,
      possibleDuplicate: row.possibleDuplicate === 1,
      damaged,
      flash: row.flash === 1,
      transliterated: row.transliterated === 1,
      topic: row.topic,
      reference: row.reference,
      sim: shownSim(row),
      sendAt: row.sendAt,
      notAfter: row.notAfter,
      acceptedAt: row.acceptedAt,
      expiresAt: row.expiresAt,
      updatedAt: row.updatedAt,
      // Of what is ready it is only when a SIM that failed may take it again.
      dueAt: row.ready === 0 ? row.dueAt : null,
      policy: readPolicy(row.policy),
      segments,
      events: this.#sql.events.all(row.seq).map(({ status, at, reason }) => ({ type: `message.${status}`, at, reason })),
    };
  }
}
