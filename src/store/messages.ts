import { purposeRank } from '../base/purpose.ts';
import type { Codes } from './codes.ts';
import type { Db } from './database.ts';
import type { EventLog } from './event-log.ts';
import type { IdempotencyRecords } from './idempotency.ts';
import type { Lanes } from './lanes.ts';
import type { Ledger } from './ledger.ts';
import { writePolicy } from './policy-record.ts';
import type { AcceptOutcome, CancelOutcome, NewIdempotency } from './records/acceptance.ts';
import type { NewCode } from './records/code.ts';
import type { Alphabet, Exemption, MessageStatus, NewMessage } from './records/message.ts';
import { messageValues, rowCrc, textValues } from './row-crc.ts';
import type { Since } from './since.ts';
import { addReady, type Steps, type Tx } from './work.ts';

/** Messages between two chances for the event loop: about a millisecond. */
const STEP = 25;

type MessageColumns = [
  id: string,
  keyId: string,
  recipient: string,
  rank: number,
  status: MessageStatus,
  reason: string | null,
  alphabet: Alphabet,
  flash: number,
  transliterated: number,
  segmentCount: number,
  topic: string | null,
  answer: number,
  simRequested: string | null,
  ready: number,
  lane: string,
  left: number,
  dueAt: number | null,
  sendAt: number | null,
  notAfter: number | null,
  sendsAnyway: number,
  exempt: Exemption | null,
  acceptedAt: number,
  expiresAt: number,
  updatedAt: number,
];

/** The way in and the way back: acceptance and cancellation. */
export class Messages {
  readonly #events: EventLog;
  readonly #since: Since;
  readonly #idempotency: IdempotencyRecords;
  readonly #ledger: Ledger;
  readonly #lanes: Lanes;
  readonly #codes: Codes;
  readonly #sql;

  constructor(
    writer: Db,
    parts: { events: EventLog; since: Since; idempotency: IdempotencyRecords; ledger: Ledger; codes: Codes; lanes: Lanes },
  ) {
    this.#events = parts.events;
    this.#since = parts.since;
    this.#idempotency = parts.idempotency;
    this.#ledger = parts.ledger;
    this.#lanes = parts.lanes;
    this.#codes = parts.codes;
    this.#sql = {
      add: writer.prepare<MessageColumns>(
        `INSERT INTO messages (id, key_id, recipient, rank, status, reason, alphabet, flash, transliterated, segment_count, topic, answer, sim_requested,
         ready, lane, left, due_at, send_at, not_after, sends_anyway, exempt, accepted_at, expires_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      addTexts: writer.prepare<[number, string, string | null, string | null, string, number, number]>(
        'INSERT INTO message_texts (message_seq, text, sent_text, reference, policy, crc, message_crc) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ),
      addSegment: writer.prepare<[number, number, number]>(
        "INSERT INTO segments (message_seq, n, chars, state) VALUES (?, ?, ?, 'queued')",
      ),
    };
  }

  /** Takes them all in, or says what was answered before under the same Idempotency-Key. */
  *accept(
    tx: Tx,
    messages: readonly NewMessage[],
    idempotency: NewIdempotency | undefined,
    code: NewCode | undefined,
  ): Steps<AcceptOutcome> {
    if (idempotency) {
      const earlier = this.#idempotency.find(idempotency.keyId, idempotency.idempotencyKey, idempotency.at);
      if (earlier) return { kind: 'repeated', earlier };
      this.#idempotency.add(idempotency);
    }
    // An older code that is still to be sent would be the one that the client types in.
    if (code) for (const id of this.#codes.add(code)) this.cancel(tx, id, code.createdAt, 'superseded');
    let slot: number | undefined;
    for (const [i, message] of messages.entries()) {
      const seq = this.#add(tx, message);
      slot = this.#since.note('messages', message.acceptedAt, seq, slot);
      if (i % STEP === STEP - 1) yield;
    }
    return { kind: 'accepted' };
  }

  /** @returns its seq */
  #add(tx: Tx, message: NewMessage): number {
    const { held, segments, acceptedAt: at, sim, text, reference } = message;
    const [rank, flash, transliterated] = [purposeRank(message.purpose), message.flash ? 1 : 0, message.transliterated ? 1 : 0];
    const status = held ? 'held' : 'queued';
    const reason = held?.reason ?? null;
    const { lastInsertRowid } = this.#sql.add.run(
      message.id,
      message.keyId,
      message.to,
      rank,
      status,
      reason,
      message.alphabet,
      flash,
      transliterated,
      segments.length,
      message.topic,
      message.isOwnReply ? 1 : 0,
      sim,
      held ? 0 : 1,
      this.#lanes.of({ begun: 0, segmentCount: segments.length, sim: null, simRequested: sim, recipient: message.to }),
      segments.length,
      held?.dueAt ?? null,
      message.sendAt,
      message.notAfter,
      message.sendsAnyway ? 1 : 0,
      message.exempt,
      at,
      message.expiresAt,
      at,
    );
    const seq = Number(lastInsertRowid);
    const chars = segments.map((segment) => segment.text.length);
    const joined = segments.map((segment) => segment.text).join('');
    const texts = { text, sentText: joined === text ? null : joined, reference, policy: writePolicy(message.policy) };
    const content = {
      id: message.id,
      keyId: message.keyId,
      recipient: message.to,
      rank,
      alphabet: message.alphabet,
      flash,
      transliterated,
      segmentCount: segments.length,
      simRequested: sim,
      sendAt: message.sendAt,
      acceptedAt: at,
    };
    const crcs = [rowCrc(textValues(texts)), rowCrc(messageValues(content, chars))] as const;
    this.#sql.addTexts.run(seq, text, texts.sentText, reference, texts.policy, ...crcs);
    for (const [i, length] of chars.entries()) this.#sql.addSegment.run(seq, i + 1, length);
    this.#events.message(tx, { messageSeq: seq, status, reason, sim, possibleDuplicate: false, at });
    if (held) tx.waiting += segments.length;
    else addReady(tx, rank, segments.length);
    return seq;
  }

  cancel(tx: Tx, id: string, now: number, reason: string | null = null): CancelOutcome {
    const row = this.#ledger.find(id);
    if (!row) return { kind: 'unknown' };
    // Once a segment was sent, or may have been, the rest of it belongs to a text that somebody is reading.
    const aside = row.status === 'held' && row.ready === null;
    if ((row.ready === null && !aside) || row.begun === 1) return { kind: 'tooLate', status: row.status };
    this.#ledger.giveUp(tx, row, 'cancelled', reason, now);
    return { kind: 'cancelled' };
  }
}
