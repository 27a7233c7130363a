import { PURPOSES, type Purpose } from '../base/purpose.ts';
import type { Db } from './database.ts';
import type { EventLog } from './event-log.ts';
import { MANY_REPLIES, type NewOwnReply, type OwnReply, REPLY_KINDS, type ReplyCounts, type ReplyKind } from './records/inbound-rules.ts';
import type { Tx } from './work.ts';

/** Milliseconds. */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Texts of one sender within an hour that are compared; more are from a machine anyway. */
const MOST_COMPARED = 50;

/** What goes on by steps has limits of its own, and what goes to the site's people is no reply: neither is counted. */
const COUNTED = "kind NOT IN ('dialogue', 'alarm', 'confirm')";

interface ReplyRow extends Omit<OwnReply, 'kind' | 'purpose'> {
  readonly kind: string;
  readonly purpose: string | null;
}

type ReplyColumns = [
  to: string,
  iccid: string,
  inboundSeq: number | null,
  kind: ReplyKind,
  at: number,
  text: string | null,
  purpose: Purpose | null,
  topic: string | null,
  until: number | null,
];

/** What Simpost itself is to say, written down with what it answers; the queue has it afterwards. */
export class OwnReplies {
  readonly #events: EventLog;
  readonly #sql;
  /** When somebody was last told that there are many. */
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(writer: Db, reader: Db, events: EventLog) {
    this.#events = events;
    this.#sql = {
      add: writer.prepare<ReplyColumns>(
        'INSERT INTO own_replies (recipient, iccid, inbound_seq, kind, at, text, purpose, topic, until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      ),
      answered: writer
        .prepare<[number, ReplyKind], number>('SELECT 1 FROM own_replies INDEXED BY own_replies_inbound WHERE inbound_seq = ? AND kind = ?')
        .pluck(),
      latest: writer
        .prepare<[string, ReplyKind], number | null>(
          'SELECT max(at) FROM own_replies INDEXED BY own_replies_recipient WHERE recipient = ? AND kind = ?',
        )
        .pluck(),
      kindSince: writer
        .prepare<[ReplyKind, number], number>('SELECT count(*) FROM own_replies INDEXED BY own_replies_at WHERE kind = ? AND at > ?')
        .pluck(),
      ours: writer.prepare<[string], number>('SELECT 1 FROM sims WHERE number = ?').pluck(),
      heard: writer
        .prepare<[string, number, number], string | null>(
          'SELECT text FROM inbound INDEXED BY inbound_sender WHERE sender = ? AND received_at > ? ORDER BY seq DESC LIMIT ?',
        )
        .pluck(),
      repliesTo: writer
        .prepare<[string, number], number>(`SELECT count(*) FROM own_replies WHERE recipient = ? AND at > ? AND ${COUNTED}`)
        .pluck(),
      replies: writer.prepare<[number], number>(`SELECT count(*) FROM own_replies WHERE at > ? AND ${COUNTED}`).pluck(),
      open: reader.prepare<[], ReplyRow>(
        `SELECT r.seq, r.recipient AS "to", r.iccid, r.kind, r.at, r.text, r.purpose, r.topic, r.until, coalesce(i.text, '') AS heard
         FROM own_replies r INDEXED BY own_replies_open LEFT JOIN inbound i ON i.seq = r.inbound_seq WHERE r.outcome IS NULL ORDER BY r.seq`,
      ),
      settle: writer.prepare<[string, number]>('UPDATE own_replies SET outcome = ?, text = NULL WHERE seq = ?'),
    };
  }

  add(tx: Tx, { to, iccid, inboundSeq, kind, at, text = null, purpose = null, topic = null, until = null }: NewOwnReply): void {
    this.#sql.add.run(to, iccid, inboundSeq, kind, at, text, purpose, topic, until);
    const count = this.#sql.replies.get(at - HOUR) ?? 0;
    if (count < MANY_REPLIES || at - this.#toldAt < HOUR) return;
    this.#toldAt = at;
    this.#events.notice(
      tx,
      'replies.many',
      `Simpost has answered ${MANY_REPLIES} texts by itself within an hour and answers no more of them until that is over: perhaps a machine writes to it. GET /v1/inbound shows what came.`,
      at,
    );
  }

  /** What is asked before a text is answered, as of this transaction. @param heard the text, which is counted */
  counts(from: string, heard: string, now: number): ReplyCounts {
    const others = this.#sql.heard.all(from, now - HOUR, MOST_COMPARED);
    return {
      from,
      isOurs: this.#sql.ours.get(from) === 1,
      sameWithinHour: others.filter((other) => other === heard).length,
      replies: {
        hour: this.#sql.repliesTo.get(from, now - HOUR) ?? 0,
        day: this.#sql.repliesTo.get(from, now - DAY) ?? 0,
        everybody: this.#sql.replies.get(now - HOUR) ?? 0,
      },
    };
  }

  /** When a number last had a reply of this kind. */
  latest(to: string, kind: ReplyKind): number | null {
    return this.#sql.latest.get(to, kind) ?? null;
  }

  /** The same once for each text that it is about, and at most so often since then. */
  addOnce(tx: Tx, reply: NewOwnReply, most: number, since: number): void {
    const { inboundSeq, kind } = reply;
    if (inboundSeq !== null && this.#sql.answered.get(inboundSeq, kind) === 1) return;
    if (this.countSince(kind, since) < most) this.add(tx, reply);
  }

  countSince(kind: ReplyKind, since: number): number {
    return this.#sql.kindSince.get(kind, since) ?? 0;
  }

  /** Those that are not in the queue yet, the oldest first. */
  open(): OwnReply[] {
    return this.#sql.open.all().flatMap(({ kind, purpose, ...row }) => {
      const known = REPLY_KINDS.find((k) => k === kind);
      return known ? [{ ...row, kind: known, purpose: PURPOSES.find((p) => p === purpose) ?? null }] : [];
    });
  }

  /** @param outcome the id of its message, or why there is none */
  settle(seq: number, outcome: string): void {
    this.#sql.settle.run(outcome, seq);
  }
}
