import { PURPOSES, purposeOf, purposeRank } from '../base/purpose.ts';
import { type Boots, CLOCK_UNTRUSTED } from './boots.ts';
import type { Db } from './database.ts';
import { type Ledger, READY_NOW } from './ledger.ts';
import type { MessageRow } from './message-row.ts';
import type { MessageViews } from './message-views.ts';
import type { Listing, Page } from './records/listing.ts';
import type { MissedJudged, MissedOutcome, MissedRules, MissedView } from './records/time.ts';
import { rowCursor, rowIn } from './row-cursor.ts';
import type { Steps, Tx } from './work.ts';

/** Messages judged in one transaction. */
const AT_ONCE = 500;

/** Messages between two chances for the event loop. */
const STEP = 25;

/** Reason of what was due while the box was off. */
const MISSED = 'missed';

/** What a listed message gets at least when a person sends it, milliseconds. */
const SHORTEST_LIFE = 60_000;

/** And at most, also where a clock that lied made its life look long: the longest that any message may have. */
const LONGEST_LIFE = 63 * 7 * 86_400_000;

/** A place in the list as one number: purposes in order of urgency, and in each the oldest first. */
const PLACES = 2 ** 45;

interface Todo {
  readonly rank: number;
  readonly status: string;
  after: number;
}

const OFFER = purposeRank('promotional');

/**
 * What was due while the box was off. Once after each start, when the time is known, every message from before the start
 * that has waited too long since the box was last alive gets what the rule of its purpose says: it goes all the same, it is
 * dropped, or it is `held` with reason `missed`, out of the queue, until a person decides. What has begun goes on: half a
 * text is out.
 */
export class Missed {
  readonly #ledger: Ledger;
  readonly #boots: Boots;
  readonly #views: MessageViews;
  readonly #sql;
  /** What is still to be looked at, the most urgent first: a rank, a status, and the messages after this one. */
  #toJudge: Todo[] | undefined;

  constructor(writer: Db, reader: Db, parts: { ledger: Ledger; boots: Boots; views: MessageViews }) {
    this.#ledger = parts.ledger;
    this.#boots = parts.boots;
    this.#views = parts.views;
    this.#sql = {
      next: writer
        .prepare<[string, number, number, number, number], number>(
          `SELECT seq FROM messages INDEXED BY messages_status WHERE status = ? AND rank = ? AND seq > ? AND seq <= ? AND begun = 0
           ORDER BY seq LIMIT ?`,
        )
        .pluck(),
      list: reader.prepare<
        [number, number, string | null, string | null, number],
        { id: string; rank: number; seq: number; dueAt: number }
      >(
        `SELECT id, rank, seq, coalesce(send_at, accepted_at) AS dueAt FROM messages INDEXED BY messages_missed
         WHERE status = 'held' AND reason = 'missed' AND (rank, seq) > (?, ?) AND (? IS NULL OR key_id = ?) ORDER BY rank, seq LIMIT ?`,
      ),
      count: reader
        .prepare<[], number>("SELECT count(*) FROM messages INDEXED BY messages_missed WHERE status = 'held' AND reason = 'missed'")
        .pluck(),
    };
  }

  /** Judges a part of what is to be judged; with the last of it the time is known. */
  *judge(tx: Tx, rules: MissedRules, now: number): Steps<MissedJudged> {
    let listed = 0;
    let dropped = 0;
    this.#toJudge ??= this.#begin(rules.after, now);
    const of = this.#toJudge[0];
    const seqs = of ? this.#sql.next.all(of.status, of.rank, of.after, this.#boots.lastSeq, AT_ONCE) : [];
    for (const [i, seq] of seqs.entries()) {
      const row = this.#ledger.load(seq);
      if (!row) continue;
      const rule = this.#isMissed(row, rules.after, now) ? rules.byPurpose[purposeOf(row.rank)] : 'send';
      if (rule === 'list') {
        this.#ledger.replace(tx, row, { decision: { rest: 'held', reason: MISSED }, place: 'aside', at: now });
        listed += 1;
      } else if (rule === 'drop') {
        this.#ledger.giveUp(tx, row, 'expired', MISSED, now);
        dropped += 1;
      } else if (row.ready === null && row.reason === CLOCK_UNTRUSTED) {
        this.#ledger.replace(tx, row, { decision: { rest: 'queued', reason: null }, place: READY_NOW, at: now });
      }
      if (i % STEP === STEP - 1) yield;
    }
    const last = seqs.at(-1);
    if (of && last !== undefined && seqs.length === AT_ONCE) of.after = last;
    else this.#toJudge.shift();
    const next = this.#toJudge[0];
    if (!next) this.#boots.judged();
    return { listed, dropped, more: next === undefined ? 'none' : next.rank === OFFER ? 'offers' : 'others' };
  }

  #begin(after: number, now: number): Todo[] {
    const { aliveAt } = this.#boots;
    // After a short stop nothing is missed, however long the queue; only what waited for the clock is put back.
    if (aliveAt === null || now - aliveAt <= after) return [{ rank: purposeRank('service'), status: 'held', after: 0 }];
    return PURPOSES.flatMap((purpose) => ['held', 'queued'].map((status) => ({ rank: purposeRank(purpose), status, after: 0 })));
  }

  #isMissed(row: MessageRow, after: number, now: number): boolean {
    const { aliveAt } = this.#boots;
    if (aliveAt === null || row.reason === MISSED) return false;
    const due = (row.status === 'held' ? row.dueAt : null) ?? row.sendAt ?? row.acceptedAt;
    return now - Math.max(due, aliveAt) > after;
  }

  /** In order of urgency. @throws Fault `cursorInvalid` */
  list({ cursor, limit }: Page, key: string | null = null): Listing<MissedView> {
    const list = [MISSED, key];
    const place = cursor === null ? 0 : rowIn(list, cursor);
    const rows = this.#sql.list.all(Math.floor(place / PLACES), place % PLACES, key, key, limit + 1);
    const data = rows.slice(0, limit).flatMap(({ id, dueAt }) => {
      const message = this.#views.message(id);
      return message ? [{ message, dueAt }] : [];
    });
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { data, nextCursor: last === undefined ? null : rowCursor(list, last.rank * PLACES + last.seq) };
  }

  count(): number {
    return this.#sql.count.get() ?? 0;
  }

  /** A person says what becomes of one that is listed: it is sent, and worth sending as long as it was; or it ends. */
  decide(tx: Tx, id: string, as: 'send' | 'leave', now: number): MissedOutcome {
    const row = this.#ledger.find(id);
    if (!row) return { kind: 'unknown' };
    if (row.status !== 'held' || row.reason !== MISSED) return { kind: 'notMissed', status: row.status };
    if (as === 'leave') {
      this.#ledger.giveUp(tx, row, 'expired', MISSED, now);
      return { kind: 'decided' };
    }
    const life = row.expiresAt - (row.sendAt ?? row.acceptedAt);
    this.#ledger.prolong(row, now + Math.min(Math.max(life, SHORTEST_LIFE), LONGEST_LIFE));
    this.#ledger.replace(tx, row, { decision: { rest: 'queued', reason: MISSED }, place: READY_NOW, at: now });
    return { kind: 'decided' };
  }
}
