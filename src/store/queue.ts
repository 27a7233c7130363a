import { type Purpose, purposeRank } from '../base/purpose.ts';
import { type Boots, CLOCK_UNTRUSTED } from './boots.ts';
import { expire } from './claims.ts';
import type { Db } from './database.ts';
import { type Ledger, READY_NOW } from './ledger.ts';
import type { MessageRow } from './message-row.ts';
import type { QueueDepth } from './records/queue.ts';
import { addReady, addTx, newTx, type Steps, type Tx } from './work.ts';

/** The most messages that one `promote` moves. */
const MOST_AT_ONCE = 1000;

/** Messages between two chances for the event loop. */
const STEP = 25;

/** Messages that change their lane in one transaction. */
const LANE_AT_ONCE = 500;

/** What happens to the queue with time: what waits becomes ready, what is late expires. */
export class Queue {
  readonly #ledger: Ledger;
  readonly #boots: Boots;
  readonly #sql;
  /** Segments that are ready by the rank of their purpose, and those that wait. */
  readonly #depth = newTx();

  constructor(writer: Db, reader: Db, parts: { ledger: Ledger; boots: Boots }) {
    this.#ledger = parts.ledger;
    this.#boots = parts.boots;
    // What may fall due while nobody knows the time: other tries, and what waits for the clock itself.
    const DUE = `due_at IS NOT NULL AND (? OR status <> 'held' OR reason = '${CLOCK_UNTRUSTED}')`;
    this.#sql = {
      late: writer
        .prepare<[number, number, number], number>(
          'SELECT seq FROM messages INDEXED BY messages_expiry WHERE ready IS NOT NULL AND expires_at <= ? AND seq >= ? ORDER BY expires_at LIMIT ?',
        )
        .pluck(),
      inLane: writer
        .prepare<[string, number], number>(
          // What was begun stays, so it is not counted in.
          'SELECT seq FROM messages INDEXED BY messages_ready WHERE ready = 1 AND lane = ? AND (begun = 0 OR segment_count = 1) LIMIT ?',
        )
        .pluck(),
      // Of what is ready in the lane of a SIM, only what was left to it has a time.
      takeBack: writer.prepare<{ iccid: string; now: number; most: number }>(
        `UPDATE messages SET due_at = @now WHERE seq IN (
           SELECT seq FROM messages INDEXED BY messages_ready WHERE ready = 1 AND lane = @iccid AND due_at > @now LIMIT @most)`,
      ),
      due: writer
        .prepare<[number, number, number], number>(
          `SELECT seq FROM messages INDEXED BY messages_due WHERE due_at <= ? AND ${DUE} ORDER BY due_at LIMIT ?`,
        )
        .pluck(),
      nextDue: reader
        .prepare<[number, number], number | null>(
          `SELECT min(at) FROM (
             SELECT min(due_at) AS at FROM messages INDEXED BY messages_due WHERE ${DUE}
             UNION ALL SELECT min(expires_at) FROM messages INDEXED BY messages_expiry WHERE ready IS NOT NULL AND seq >= ?
             UNION ALL SELECT min(decide_at) FROM attempts INDEXED BY attempts_decide WHERE decide_at IS NOT NULL)`,
        )
        .pluck(),
    };
    const ready = reader.prepare<[], { rank: number; segments: number }>(
      'SELECT rank, sum(left) AS segments FROM messages INDEXED BY messages_ready WHERE ready = 1 GROUP BY rank',
    );
    for (const { rank, segments } of ready.iterate()) addReady(this.#depth, rank, segments);
    const waiting = 'SELECT sum(left) FROM messages INDEXED BY messages_due WHERE due_at IS NOT NULL AND ready = 0';
    this.#depth.waiting = reader.prepare<[], number | null>(waiting).pluck().get() ?? 0;
  }

  /** Follows what was committed. */
  committed(tx: Tx): void {
    addTx(this.#depth, tx);
  }

  depth(): QueueDepth {
    return { ready: this.#depth.ready.reduce((sum, n) => sum + n, 0), waiting: this.#depth.waiting };
  }

  /** Segments of a purpose that are ready. */
  ready(purpose: Purpose): number {
    return this.#depth.ready[purposeRank(purpose)] ?? 0;
  }

  /** Segments that are ready and go before a new one of this purpose. */
  ahead(purpose: Purpose): number {
    return this.#depth.ready.slice(0, purposeRank(purpose) + 1).reduce((sum, n) => sum + n, 0);
  }

  nextDue(): number | undefined {
    return this.#sql.nextDue.get(this.#boots.known ? 1 : 0, this.#boots.expiresFrom) ?? undefined;
  }

  *promote(tx: Tx, now: number): Steps<{ promoted: number; expired: number }> {
    const late = this.#sql.late.all(now, this.#boots.expiresFrom, MOST_AT_ONCE);
    for (const [i, seq] of late.entries()) {
      const row = this.#ledger.load(seq);
      if (row) expire(tx, this.#ledger, row, now);
      if (i % STEP === STEP - 1) yield;
    }
    const due = this.#sql.due.all(now, this.#boots.known ? 1 : 0, MOST_AT_ONCE - late.length);
    for (const [i, seq] of due.entries()) {
      const row = this.#ledger.load(seq);
      if (row) this.#wake(tx, row, now);
      if (i % STEP === STEP - 1) yield;
    }
    return { promoted: due.length, expired: late.length };
  }

  /** Puts messages that are ready in the lane of a SIM where they belong now, 500 at a time. @returns how many were put elsewhere */
  replaceLane(tx: Tx, iccid: string, now: number): number {
    let moved = 0;
    for (const seq of this.#sql.inLane.all(iccid, LANE_AT_ONCE)) {
      const row = this.#ledger.load(seq);
      if (!row) continue;
      this.#ledger.replace(tx, row, { decision: { rest: 'going', reason: null }, place: READY_NOW, at: now });
      if (row.lane !== iccid) moved += 1;
    }
    return moved;
  }

  /** What was left to a SIM is due to be everybody's again, 500 messages at a time. @returns how many are */
  takeBack(iccid: string, now: number): number {
    return this.#sql.takeBack.run({ iccid, now, most: LANE_AT_ONCE }).changes;
  }

  /** Messages that wait for another try are ready now. */
  hasten(tx: Tx, messageIds: readonly string[], now: number): void {
    for (const id of messageIds) {
      const row = this.#ledger.find(id);
      if (row?.ready === 0 && row.status === 'queued') this.#wake(tx, row, now);
    }
  }

  /** A waiting message is ready; one that a SIM was to leave alone is everybody's again. */
  #wake(tx: Tx, row: MessageRow, now: number): void {
    const avoid = row.avoidSim !== null && row.avoidUntil !== null ? { iccid: row.avoidSim, until: row.avoidUntil } : null;
    const rest = row.status === 'held' ? 'queued' : 'going';
    // Whoever looks at the message later should know that it went although nobody knew the time.
    const reason = row.status === 'held' && row.reason === CLOCK_UNTRUSTED ? CLOCK_UNTRUSTED : null;
    this.#ledger.replace(tx, row, { decision: { rest, reason }, place: { dueAt: null, avoid }, at: now });
  }
}
