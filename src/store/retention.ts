import { PURPOSES, purposeRank } from '../base/purpose.ts';
import type { Db } from './database.ts';
import type { MessageStatus } from './records/message.ts';
import type { RetentionPeriods } from './records/retention.ts';
import { Sweep, type SweptRow, type SweptRows } from './sweep.ts';

/** Segments that came in wait this long for those still missing, whatever the period, milliseconds. */
const INCOMPLETE_KEPT = 7 * 86_400_000;

/** What has one of these may be sent yet, or again. */
const TO_SEND: ReadonlySet<MessageStatus> = new Set<MessageStatus>(['accepted', 'held', 'queued', 'sending', 'uncertain']);

/**
 * Erases texts after their time. The rows stay, and with them lists, totals and histories; what somebody wrote goes, is
 * overwritten in the file (`secure_delete`), and the WAL that held it is emptied by who runs this (X25).
 */
export class Retention {
  readonly #sql;

  constructor(writer: Db) {
    this.#sql = {
      mark: writer.prepare<[string], number>('SELECT upto FROM retention_marks WHERE list = ?').pluck(),
      setMark: writer.prepare<[string, number]>('INSERT OR REPLACE INTO retention_marks (list, upto) VALUES (?, ?)'),
      lastMessage: writer.prepare<[], number | null>('SELECT max(seq) FROM messages').pluck(),
      messages: writer.prepare<[number, number, number], Omit<SweptRow, 'needed'> & { status: MessageStatus }>(
        `SELECT m.seq, m.accepted_at AS at, t.erased_at AS erasedAt, m.status FROM messages m JOIN message_texts t ON t.message_seq = m.seq
         WHERE m.seq > ? AND m.seq <= ? AND m.rank = ? ORDER BY m.seq`,
      ),
      eraseMessage: writer.prepare<[number, number]>(
        "UPDATE message_texts SET text = '', sent_text = NULL, crc = NULL, erased_at = ? WHERE message_seq = ? AND erased_at IS NULL",
      ),
      lastInbound: writer.prepare<[], number | null>('SELECT max(seq) FROM inbound').pluck(),
      inbound: writer.prepare<[number, number], Omit<SweptRow, 'needed'> & { open: number }>(
        `SELECT seq, received_at AS at, erased_at AS erasedAt, complete = 0 AND problem IS NULL AS open FROM inbound
         WHERE seq > ? AND seq <= ? ORDER BY seq`,
      ),
      eraseInbound: writer.prepare<[number, number]>('UPDATE inbound SET text = NULL, erased_at = ? WHERE seq = ?'),
      eraseReceived: writer.prepare<[number]>("UPDATE received SET text = '', pdu = '' WHERE inbound_seq = ?"),
      eraseStrays: writer.prepare<[number]>(
        "UPDATE received SET text = '', pdu = '' WHERE inbound_seq IS NULL AND received_at <= ? AND pdu <> ''",
      ),
    };
  }

  /** A code that is final is of no use to anybody: erased in the transaction that makes it so. */
  eraseMessage(seq: number, at: number): void {
    this.#sql.eraseMessage.run(at, seq);
  }

  /** Duplicates of nothing that is kept; there are few. */
  eraseStrays(before: number): void {
    this.#sql.eraseStrays.run(before);
  }

  messages(periods: RetentionPeriods, now: number): Sweep[] {
    return PURPOSES.map((purpose) => new Sweep(this.#messagesOf(purposeRank(purpose), purpose, now), now - periods[purpose]));
  }

  inbound(periods: RetentionPeriods, now: number): Sweep {
    return new Sweep(
      {
        ...this.#markOf('inbound'),
        last: () => this.#sql.lastInbound.get() ?? 0,
        between: (after, upto) =>
          this.#sql.inbound.all(after, upto).map(({ open, ...row }) => ({ ...row, needed: open === 1 && row.at > now - INCOMPLETE_KEPT })),
        erase: (seq) => {
          this.#sql.eraseInbound.run(now, seq);
          this.#sql.eraseReceived.run(seq);
        },
      },
      now - periods.inbound,
    );
  }

  #messagesOf(rank: number, list: string, now: number): SweptRows {
    return {
      ...this.#markOf(list),
      last: () => this.#sql.lastMessage.get() ?? 0,
      between: (after, upto) =>
        this.#sql.messages.all(after, upto, rank).map(({ status, ...row }) => ({ ...row, needed: TO_SEND.has(status) })),
      erase: (seq) => this.eraseMessage(seq, now),
    };
  }

  #markOf(list: string): Pick<SweptRows, 'mark' | 'setMark'> {
    return { mark: () => this.#sql.mark.get(list) ?? 0, setMark: (seq) => this.#sql.setMark.run(list, seq) };
  }
}
