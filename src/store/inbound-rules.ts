import { newId } from '../base/ids.ts';
import { purposeOf } from '../base/purpose.ts';
import type { Random } from '../base/random.ts';
import type { Consents } from './consents.ts';
import type { Db } from './database.ts';
import type { FollowUps } from './follow-ups.ts';
import { type InboundFacts, type JudgeInbound, type OwnReply, REPLY_KINDS } from './records/inbound-rules.ts';
import type { Suppressions } from './suppressions.ts';
import type { Tasks } from './tasks.ts';

/** Milliseconds. */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What somebody answers after longer than this answers nothing, milliseconds. */
const MEMORY = 90 * DAY;

/** Texts of one sender within an hour that are compared; more are from a machine anyway. */
const MOST_COMPARED = 50;

interface AnsweredRow {
  readonly rank: number;
  readonly topic: string | null;
  readonly remindsOf: number | null;
  readonly at: number;
  readonly text: string;
}

interface ReplyRow extends Omit<OwnReply, 'kind'> {
  readonly kind: string;
}

/** A text that is whole now. */
export interface WholeText {
  readonly inboundSeq: number;
  readonly inboundId: string;
  readonly iccid: string;
  readonly from: string;
  readonly text: string;
  readonly at: number;
}

/** What follows from a client's text, in the transaction that stores it: both are on the disk, or neither. */
export class InboundRules {
  readonly #random: Random;
  readonly #suppressions: Suppressions;
  readonly #consents: Consents;
  readonly #tasks: Tasks;
  readonly #followUps: FollowUps;
  readonly #sql;

  constructor(
    writer: Db,
    reader: Db,
    parts: { random: Random; suppressions: Suppressions; consents: Consents; tasks: Tasks; followUps: FollowUps },
  ) {
    this.#random = parts.random;
    this.#suppressions = parts.suppressions;
    this.#consents = parts.consents;
    this.#tasks = parts.tasks;
    this.#followUps = parts.followUps;
    this.#sql = {
      answered: writer.prepare<[string, number], AnsweredRow>(
        `SELECT m.rank, m.topic, m.not_after AS remindsOf, m.accepted_at AS at, t.text
         FROM messages m INDEXED BY messages_recipient JOIN message_texts t ON t.message_seq = m.seq WHERE recipient = ? AND begun = 1 AND answer = 0 AND accepted_at > ? ORDER BY seq DESC LIMIT 1`,
      ),
      lastWasOurs: writer
        .prepare<[string], number>(
          'SELECT answer FROM messages INDEXED BY messages_recipient WHERE recipient = ? AND begun = 1 ORDER BY seq DESC LIMIT 1',
        )
        .pluck(),
      ours: writer.prepare<[string], number>('SELECT 1 FROM sims WHERE number = ?').pluck(),
      heard: writer
        .prepare<[string, number, number], string | null>(
          'SELECT text FROM inbound INDEXED BY inbound_sender WHERE sender = ? AND received_at > ? ORDER BY seq DESC LIMIT ?',
        )
        .pluck(),
      repliesTo: writer.prepare<[string, number], number>('SELECT count(*) FROM own_replies WHERE recipient = ? AND at > ?').pluck(),
      replies: writer.prepare<[number], number>('SELECT count(*) FROM own_replies WHERE at > ?').pluck(),
      setMeaning: writer.prepare<[string | null, number]>('UPDATE inbound SET meaning = ? WHERE seq = ?'),
      addReply: writer.prepare<[string, string, number | null, string, number]>(
        'INSERT INTO own_replies (recipient, iccid, inbound_seq, kind, at) VALUES (?, ?, ?, ?, ?)',
      ),
      open: reader.prepare<[], ReplyRow>(
        `SELECT r.seq, r.recipient AS "to", r.iccid, r.kind, r.at, coalesce(i.text, '') AS heard
         FROM own_replies r INDEXED BY own_replies_open LEFT JOIN inbound i ON i.seq = r.inbound_seq WHERE r.outcome IS NULL ORDER BY r.seq`,
      ),
      settle: writer.prepare<[string, number]>('UPDATE own_replies SET outcome = ? WHERE seq = ?'),
    };
  }

  /** Judges a text and does what follows. @returns whether a reply of our own is to go out, and whether more may follow */
  follow(whole: WholeText, judge: JudgeInbound): { replies: boolean; follows: boolean } {
    const outcome = judge(this.#facts(whole));
    const { meaning, suppress, release, agrees, holdOffersUntil, task, reply } = outcome;
    const { from, iccid, at, inboundSeq, inboundId } = whole;
    if (meaning !== null) this.#sql.setMeaning.run(meaning, inboundSeq);
    if (release.length > 0) this.#suppressions.remove(from, release);
    if (agrees !== null) this.#agree(whole, agrees);
    if (suppress.length > 0) this.#suppressions.add([{ to: from, scopes: suppress, source: 'reply', at }]);
    if (holdOffersUntil !== null) this.#suppressions.holdOffers(from, holdOffersUntil);
    if (task !== null) this.#tasks.add({ kind: task, contact: from, inboundId, at });
    if (reply !== null) this.#sql.addReply.run(from, iccid, inboundSeq, reply, at);
    return { replies: reply !== null, follows: this.#followUps.begin(inboundSeq, outcome) };
  }

  /** The same for a call: its number may be forged, so that it may end texts and do nothing else (O11). */
  followCall(call: Pick<WholeText, 'from' | 'iccid' | 'at'>, judge: JudgeInbound): boolean {
    const { from, iccid, at } = call;
    const { suppress, reply } = judge(this.#facts({ ...call, text: '' }));
    if (suppress.length > 0) this.#suppressions.add([{ to: from, scopes: suppress, source: 'call', at }]);
    if (reply !== null) this.#sql.addReply.run(from, iccid, null, reply, at);
    return reply !== null;
  }

  /** Replies that are not in the queue yet, the oldest first. */
  open(): OwnReply[] {
    return this.#sql.open.all().flatMap(({ kind, ...row }) => {
      const known = REPLY_KINDS.find((k) => k === kind);
      return known ? [{ ...row, kind: known }] : [];
    });
  }

  /** @param outcome the id of its message, or why there is none */
  settle(seq: number, outcome: string): void {
    this.#sql.settle.run(outcome, seq);
  }

  /** What the client agreed to, in the words that they answered (O05, double opt-in). */
  #agree({ from, at }: WholeText, { source, wording }: { source: string; wording: string }): void {
    const id = newId('con', this.#random);
    this.#consents.add({
      id,
      to: from,
      purpose: 'promotional',
      topic: null,
      source,
      wording,
      actor: 'client',
      at,
      until: null,
      recordedAt: at,
    });
  }

  #facts({ from, text, at: now }: Pick<WholeText, 'from' | 'text' | 'at'>): InboundFacts {
    const answered = this.#sql.answered.get(from, now - MEMORY);
    const heard = this.#sql.heard.all(from, now - HOUR, MOST_COMPARED);
    return {
      from,
      text,
      now,
      answered: answered
        ? { purpose: purposeOf(answered.rank), topic: answered.topic, remindsOf: answered.remindsOf, at: answered.at, text: answered.text }
        : null,
      answersOwnReply: this.#sql.lastWasOurs.get(from) === 1,
      ended: this.#suppressions.of(from, 'now').map(({ scope }) => scope),
      hasAgreed: this.#consents.everToOffers(from),
      isOurs: this.#sql.ours.get(from) === 1,
      sameWithinHour: heard.filter((other) => other === text).length,
      replies: {
        hour: this.#sql.repliesTo.get(from, now - HOUR) ?? 0,
        day: this.#sql.repliesTo.get(from, now - DAY) ?? 0,
        everybody: this.#sql.replies.get(now - HOUR) ?? 0,
      },
    };
  }
}
