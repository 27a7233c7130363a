import { purposeRank } from '../base/purpose.ts';
import type { Db } from './database.ts';
import type { EventLog } from './event-log.ts';
import type { Lanes } from './lanes.ts';
import { attemptId, MESSAGE_ROW_COLUMNS, type MessageRow, shownSim } from './message-row.ts';
import { type AttemptFacts, type Decision, FINAL_STATUSES, mayGoOn, messageStatus, segmentState, type Unsent } from './message-status.ts';
import type { MessageStatus, SegmentState } from './records/message.ts';
import type { Retention } from './retention.ts';
import { addReady, type Tx } from './work.ts';

/** Where in the queue a message with segments to go is put: ready now, or at `dueAt`; left to other SIMs for a while. */
export interface QueuePlace {
  readonly dueAt: number | null;
  readonly avoid: { readonly iccid: string; readonly until: number } | null;
}

export const READY_NOW: QueuePlace = { dueAt: null, avoid: null };

/** The rank of a code. */
const CODE = purposeRank('otp');

interface Change {
  readonly decision: Decision;
  /** Null leaves a message that is in the queue where it is; 'aside' takes it out of the queue until somebody puts it back. */
  readonly place: QueuePlace | 'aside' | null;
  readonly at: number;
}

type QueueColumns = [
  ready: number | null,
  lane: string | null,
  left: number,
  dueAt: number | null,
  avoidSim: string | null,
  avoidUntil: number | null,
];

/**
 * The one place where a message moves: after an attempt, a decision or a deadline it derives the segment's state and the
 * message's status (`message-status.ts`), puts the message into the queue or takes it out, and writes the event.
 */
export class Ledger {
  readonly #events: EventLog;
  readonly #retention: Retention;
  readonly #lanes: Lanes;
  readonly #sql;

  constructor(writer: Db, parts: { events: EventLog; retention: Retention; lanes: Lanes }) {
    this.#events = parts.events;
    this.#retention = parts.retention;
    this.#lanes = parts.lanes;
    this.#sql = {
      load: writer.prepare<[number], MessageRow>(`SELECT ${MESSAGE_ROW_COLUMNS} FROM messages WHERE seq = ?`),
      find: writer.prepare<[string], MessageRow>(`SELECT ${MESSAGE_ROW_COLUMNS} FROM messages WHERE id = ?`),
      states: writer.prepare<[number], SegmentState>('SELECT state FROM segments WHERE message_seq = ? ORDER BY n').pluck(),
      attempts: writer.prepare<[number, number], AttemptFacts>('SELECT outcome, report FROM attempts WHERE id > ? AND id < ? ORDER BY id'),
      undelivered: writer
        .prepare<[number, number], number>(
          "SELECT tp_status FROM attempts WHERE id > ? AND id < ? AND report = 'undelivered' ORDER BY id DESC LIMIT 1",
        )
        .pluck(),
      setSegment: writer.prepare<[SegmentState, number, number]>('UPDATE segments SET state = ? WHERE message_seq = ? AND n = ?'),
      closeQueued: writer.prepare<[Unsent, number]>("UPDATE segments SET state = ? WHERE message_seq = ? AND state = 'queued'"),
      saveStatus: writer.prepare<[MessageStatus, string | null, number, number, number]>(
        'UPDATE messages SET status = ?, reason = ?, possible_duplicate = ?, updated_at = ? WHERE seq = ?',
      ),
      saveBegun: writer.prepare<[number | null, number]>('UPDATE messages SET begun = 1, sent_at = coalesce(?, sent_at) WHERE seq = ?'),
      saveCrashes: writer.prepare<[number, number]>('UPDATE messages SET crashes = ? WHERE seq = ?'),
      saveExpiry: writer.prepare<[number, number]>('UPDATE messages SET expires_at = ? WHERE seq = ?'),
      saveQueue: writer.prepare<[...QueueColumns, number]>(
        'UPDATE messages SET ready = ?, lane = ?, left = ?, due_at = ?, avoid_sim = ?, avoid_until = ? WHERE seq = ?',
      ),
    };
  }

  load(seq: number): MessageRow | undefined {
    return this.#sql.load.get(seq);
  }

  find(id: string): MessageRow | undefined {
    return this.#sql.find.get(id);
  }

  /** The states of all segments, in order. */
  states(row: MessageRow): SegmentState[] {
    return this.#sql.states.all(row.seq);
  }

  /**
   * A segment was sent, or may have been: the message stays with its SIM from now on. To be told before `followAttempt`.
   * @param sentAt when it was sent, null when that is not known
   */
  begin(row: MessageRow, sentAt: number | null): void {
    if (row.begun === 1 && sentAt === null) return;
    row.begun = 1;
    this.#sql.saveBegun.run(sentAt, row.seq);
  }

  /** The process died of this message, or at it. */
  blame(row: MessageRow): void {
    row.crashes += 1;
    this.#sql.saveCrashes.run(row.crashes, row.seq);
  }

  /**
   * Follows a change of one of the attempts of segment `n`.
   * @param unsent how the segment ends if no copy of it is out; the rest of the message is then cancelled with it
   */
  followAttempt(tx: Tx, row: MessageRow, n: number, change: Change, unsent: 'failed' | 'expired' | null = null): void {
    const states = this.states(row);
    const before = states[n - 1];
    if (before === undefined) return;
    const closed = before === 'failed' || before === 'expired' || before === 'refused' || before === 'cancelled' ? before : unsent;
    const attempts = this.#sql.attempts.all(attemptId(row.seq, n, 0), attemptId(row.seq, n + 1, 0));
    const after = segmentState(attempts, closed);
    if (after !== before) {
      this.#sql.setSegment.run(after, row.seq, n);
      states[n - 1] = after;
    }
    if (unsent !== null && after === unsent) this.#closeRest(row, states, unsent === 'failed' ? 'cancelled' : unsent);
    this.#refresh(tx, row, states, change);
  }

  /** Ends a message without sending what is still queued of it. */
  giveUp(tx: Tx, row: MessageRow, unsent: Unsent, reason: string | null, at: number): void {
    const states = this.states(row);
    this.#closeRest(row, states, unsent);
    this.#refresh(tx, row, states, { decision: { rest: 'going', reason }, place: null, at });
  }

  /** Puts a message whose time has come, or whose decision changed, where it belongs now. */
  replace(tx: Tx, row: MessageRow, change: Change): void {
    this.#refresh(tx, row, this.states(row), change);
  }

  /** Gives a message another end of its time. */
  prolong(row: MessageRow, expiresAt: number): void {
    row.expiresAt = expiresAt;
    this.#sql.saveExpiry.run(expiresAt, row.seq);
  }

  #closeRest(row: MessageRow, states: SegmentState[], unsent: Unsent): void {
    if (!states.includes('queued')) return;
    this.#sql.closeQueued.run(unsent, row.seq);
    for (const [i, state] of states.entries()) if (state === 'queued') states[i] = unsent;
  }

  #refresh(tx: Tx, row: MessageRow, states: readonly SegmentState[], { decision, place, at }: Change): void {
    const derived = messageStatus(row, states, decision);
    const { status } = derived;
    const reason = status === 'undelivered' ? (derived.reason ?? this.#undelivered(row)) : derived.reason;
    this.#queue(tx, row, status, states, place, at);
    const changed = status !== row.status || (status === 'held' && reason !== row.reason);
    row.status = status;
    row.reason = reason;
    if (!changed) return;
    this.#sql.saveStatus.run(status, reason, row.possibleDuplicate, at, row.seq);
    if (row.rank === CODE && FINAL_STATUSES.has(status)) this.#retention.eraseMessage(row.seq, at);
    const possibleDuplicate = row.possibleDuplicate === 1;
    this.#events.message(tx, { messageSeq: row.seq, status, reason, sim: shownSim(row), possibleDuplicate, at });
  }

  /** What the network said of a message that was not delivered: `TP-ST-` and the status of its latest such report. */
  #undelivered(row: MessageRow): string | null {
    const tpStatus = this.#sql.undelivered.get(attemptId(row.seq, 0, 0), attemptId(row.seq + 1, 0, 0));
    return tpStatus === undefined ? null : `TP-ST-${tpStatus}`;
  }

  /** Keeps the queue in step; the columns are written only when they change, so that no index is touched for nothing. */
  #queue(tx: Tx, row: MessageRow, status: MessageStatus, states: readonly SegmentState[], place: Change['place'], at: number): void {
    const before = { ...row };
    if (place === 'aside' || !mayGoOn(status, states)) takeOut(row);
    else {
      row.left = states.filter((state) => state === 'queued').length;
      if (place !== null || row.ready === null) putIn(row, place ?? READY_NOW, at, this.#lanes);
    }
    if (before.ready === 1) addReady(tx, row.rank, -before.left);
    if (before.ready === 0) tx.waiting -= before.left;
    if (row.ready === 1) addReady(tx, row.rank, row.left);
    if (row.ready === 0) tx.waiting += row.left;
    if (
      before.ready === row.ready &&
      before.lane === row.lane &&
      before.left === row.left &&
      before.dueAt === row.dueAt &&
      before.avoidSim === row.avoidSim &&
      before.avoidUntil === row.avoidUntil
    ) {
      return;
    }
    this.#sql.saveQueue.run(row.ready, row.lane, row.left, row.dueAt, row.avoidSim, row.avoidUntil, row.seq);
  }
}

function takeOut(row: MessageRow): void {
  row.ready = null;
  row.lane = null;
  row.dueAt = null;
  row.avoidSim = null;
  row.avoidUntil = null;
}

function putIn(row: MessageRow, { dueAt, avoid }: QueuePlace, now: number, lanes: Lanes): void {
  takeOut(row);
  row.lane = lanes.of(row);
  const shunned = avoid !== null && avoid.until > now ? avoid : null;
  // A message that only this SIM may send waits where another would be left to the others.
  const wait = shunned && row.lane === shunned.iccid ? Math.max(dueAt ?? 0, shunned.until) : dueAt;
  const other = shunned && lanes.isOpen(row.lane) ? shunned : null;
  if (wait !== null && wait > now) {
    row.ready = 0;
    row.dueAt = wait;
    row.avoidSim = other?.iccid ?? null;
    row.avoidUntil = other?.until ?? null;
  } else {
    row.ready = 1;
    if (other) {
      row.lane = lanes.without(other.iccid, row.recipient);
      row.dueAt = other.until;
    }
  }
}
