import { createHash } from 'node:crypto';
import { Fault } from '../base/fault.ts';
import type { Db } from './database.ts';
import type { EventLog } from './event-log.ts';
import type { InboundRules } from './inbound-rules.ts';
import type { GroupKey, MmsNotice, NewReceived, Placement, Received } from './records/inbound.ts';
import type { JudgeInbound } from './records/inbound-rules.ts';
import type { Sims } from './sims.ts';
import type { Since } from './since.ts';
import type { Steps, Tx } from './work.ts';

/** Surfaced messages between two chances for the event loop. */
const STEP = 25;

interface InboundRow {
  readonly seq: number;
  readonly visible: number;
  readonly complete: number;
  readonly revision: number;
}

type InboundColumns = [
  id: string,
  iccid: string,
  sender: string,
  text: string | null,
  complete: number,
  visible: number,
  receivedAt: number,
  smscTime: string | null,
  answers: string | null,
  ref: number | null,
  refBits: number | null,
  total: number,
  problem: string | null,
  mms: number,
  mmsFrom: string | null,
  mmsSize: number | null,
];

type ReceivedColumns = [
  inboundSeq: number | null,
  n: number,
  duplicate: number,
  iccid: string,
  imei: string,
  sender: string,
  text: string,
  alphabet: string,
  smscAt: number | null,
  receivedAt: number,
  pdu: string,
  pduHash: number,
];

/** What follows from what came: a reply of our own is to go out, something may follow after it. */
type Next = Omit<Received, 'inboundId'>;

const NOTHING: Next = { replies: false, follows: false };

type Alone = Extract<Placement, { kind: 'single' | 'unreadable' }>;

/** A TPDU's own number, to find it again: 48 bits of its hash. */
export function pduHash(pdu: string): number {
  return createHash('sha256').update(pdu).digest().readUIntBE(0, 6);
}

/**
 * What came in, kept. A message of one TPDU is shown at once; one of several stays hidden (no list, no event) until it is
 * complete, or until it has waited long enough to be shown as it is. Each time that what is shown changes, its revision
 * grows by one and there is an event; its id stays.
 */
export class Inbound {
  readonly #events: EventLog;
  readonly #since: Since;
  readonly #sims: Sims;
  readonly #rules: InboundRules;
  readonly #sql;

  constructor(writer: Db, parts: { events: EventLog; since: Since; sims: Sims; rules: InboundRules }) {
    this.#events = parts.events;
    this.#since = parts.since;
    this.#sims = parts.sims;
    this.#rules = parts.rules;
    this.#sql = {
      add: writer.prepare<InboundColumns>(
        `INSERT INTO inbound (id, iccid, sender, text, complete, visible, revision, received_at, smsc_time, answers, ref, ref_bits, total, problem, mms, mms_from, mms_size)
         VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      addReceived: writer.prepare<ReceivedColumns>(
        `INSERT INTO received (inbound_seq, n, duplicate, iccid, imei, sender, text, alphabet, smsc_at, received_at, pdu, pdu_hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      find: writer.prepare<[string], InboundRow>('SELECT seq, visible, complete, revision FROM inbound WHERE id = ?'),
      change: writer.prepare<[string | null, number, number, string | null, string | null, number, string | null, number | null, number]>(
        `UPDATE inbound SET text = ?, complete = ?, visible = 1, seen_at = NULL, revision = ?, answers = coalesce(answers, ?), problem = ?, mms = ?, mms_from = ?,
         mms_size = ? WHERE seq = ?`,
      ),
      // Of one that seems to come from the future, its time was told by a clock that was wrong, and nobody knows how long it waits.
      hidden: writer.prepare<[number, number, number], { seq: number }>(
        'SELECT seq FROM inbound INDEXED BY inbound_hidden WHERE visible = 0 AND (received_at <= ? OR received_at > ?) ORDER BY received_at LIMIT ?',
      ),
      show: writer.prepare<[number]>('UPDATE inbound SET visible = 1 WHERE seq = ?'),
      lastReceived: writer.prepare<[], number | null>('SELECT max(id) FROM received').pluck(),
    };
  }

  /**
   * @param judge says what follows from a text that is whole
   * @returns its id, whether a reply of our own is to go out, and whether something may follow after it
   * @throws Fault `notFound` when the message to join is not there
   */
  receive(tx: Tx, received: NewReceived, judge: JudgeInbound | undefined): Received {
    const { placement, receivedAt: at } = received;
    switch (placement.kind) {
      case 'single':
      case 'unreadable': {
        const seq = this.#alone(received, placement);
        const upto = this.#keep(received, seq, 1, false);
        const isText = placement.kind === 'single' && !placement.mms;
        const next = isText ? this.#follow(tx, seq, received.inboundId, received, received.text, judge) : NOTHING;
        this.#events.inbound(tx, { inboundSeq: seq, revision: 1, upto, at });
        return { inboundId: received.inboundId, ...next };
      }
      case 'begin': {
        const seq = this.#begin(received, placement.key);
        this.#keep(received, seq, placement.n, false);
        return { inboundId: received.inboundId, ...NOTHING };
      }
      case 'join':
        return { inboundId: placement.inboundId, ...this.#join(tx, received, placement, judge) };
      case 'forPhone':
        this.#keep(received, null, 0, false);
        return { inboundId: undefined, ...NOTHING };
      case 'duplicate': {
        const row = placement.inboundId === null ? undefined : this.#sql.find.get(placement.inboundId);
        this.#keep(received, row?.seq ?? null, 0, true);
        return { inboundId: placement.inboundId ?? undefined, ...NOTHING };
      }
    }
  }

  /** Shows what has been hidden since `before` or longer, incomplete as it is. */
  *surface(tx: Tx, before: number, now: number): Steps<number> {
    let shown = 0;
    for (;;) {
      const hidden = this.#sql.hidden.all(before, now, STEP);
      const upto = this.#sql.lastReceived.get() ?? 0;
      for (const { seq } of hidden) {
        this.#sql.show.run(seq);
        this.#events.inbound(tx, { inboundSeq: seq, revision: 1, upto, at: now });
      }
      shown += hidden.length;
      if (hidden.length < STEP) return shown;
      yield;
    }
  }

  #alone(received: NewReceived, placement: Alone): number {
    const readable = placement.kind === 'single';
    const problem = readable ? null : placement.problem;
    const mms = (readable && placement.mms) || null;
    const text = readable && !mms ? received.text : null;
    return this.#add(received, { text, complete: readable, visible: true, key: null, problem, mms });
  }

  #begin(received: NewReceived, key: GroupKey): number {
    return this.#add(received, { text: null, complete: false, visible: false, key, problem: null, mms: null });
  }

  #add(
    received: NewReceived,
    row: { text: string | null; complete: boolean; visible: boolean; key: GroupKey | null; problem: string | null; mms: MmsNotice | null },
  ): number {
    const { inboundId, iccid, from, receivedAt, smscTime, answers } = received;
    const { lastInsertRowid } = this.#sql.add.run(
      inboundId,
      iccid,
      from,
      row.text,
      row.complete ? 1 : 0,
      row.visible ? 1 : 0,
      receivedAt,
      smscTime,
      answers,
      row.key?.ref ?? null,
      row.key?.bits ?? null,
      row.key?.total ?? 1,
      row.problem,
      row.mms ? 1 : 0,
      row.mms?.from ?? null,
      row.mms?.size ?? null,
    );
    const seq = Number(lastInsertRowid);
    this.#since.note('inbound', receivedAt, seq);
    return seq;
  }

  /** What follows from a text that is whole now. */
  #follow(tx: Tx, inboundSeq: number, inboundId: string, received: NewReceived, text: string, judge: JudgeInbound | undefined): Next {
    if (!judge) return NOTHING;
    const { iccid, from, receivedAt: at } = received;
    return this.#rules.follow(tx, { inboundSeq, inboundId, iccid, from, text, at }, judge);
  }

  #join(tx: Tx, received: NewReceived, placement: Extract<Placement, { kind: 'join' }>, judge: JudgeInbound | undefined): Next {
    const { inboundId, n, text, mms, problem } = placement;
    const row = this.#sql.find.get(inboundId);
    if (!row) throw new Fault('notFound', `There is no inbound message ${inboundId} for this segment to join.`);
    const upto = this.#keep(received, row.seq, n, false);
    const isComplete = text !== null || mms !== undefined;
    if (row.complete === 1 || (!isComplete && problem === undefined && row.visible === 0)) return NOTHING;
    const revision = row.visible === 1 ? row.revision + 1 : 1;
    const { answers } = received;
    this.#sql.change.run(
      text,
      isComplete ? 1 : 0,
      revision,
      answers,
      problem ?? null,
      mms ? 1 : 0,
      mms?.from ?? null,
      mms?.size ?? null,
      row.seq,
    );
    const next = text === null ? NOTHING : this.#follow(tx, row.seq, inboundId, received, text, judge);
    this.#events.inbound(tx, { inboundSeq: row.seq, revision, upto, at: received.receivedAt });
    return next;
  }

  /** Keeps the TPDU; its row's number. */
  #keep(received: NewReceived, inboundSeq: number | null, n: number, duplicate: boolean): number {
    const { iccid, imei, from, text, alphabet, smscAt, receivedAt, pdu } = received;
    if (inboundSeq !== null && !duplicate) this.#sims.count(iccid, 'received');
    const { lastInsertRowid } = this.#sql.addReceived.run(
      inboundSeq,
      n,
      duplicate ? 1 : 0,
      iccid,
      imei,
      from,
      text,
      alphabet,
      smscAt,
      receivedAt,
      pdu,
      pduHash(pdu),
    );
    return Number(lastInsertRowid);
  }
}
