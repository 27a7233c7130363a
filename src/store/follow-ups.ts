import { purposeOf } from '../base/purpose.ts';
import type { Db } from './database.ts';
import type { Answered, FollowedText } from './records/follow-up.ts';
import { type InboundOutcome, MEANINGS } from './records/inbound-rules.ts';
import type { Tasks } from './tasks.ts';

/** What somebody answers after longer than this answers nothing, milliseconds. */
const MEMORY = 90 * 86_400_000;

interface TextRow extends Omit<FollowedText, 'now' | 'meaning' | 'answered'> {
  readonly meaning: string | null;
}

interface AnsweredRow extends Omit<Answered, 'purpose'> {
  readonly rank: number;
}

/** Which texts something may still follow after: the mark is set with the text and taken away when all that follows is done. */
export class FollowUps {
  readonly #tasks: Tasks;
  readonly #sql;

  constructor(writer: Db, reader: Db, tasks: Tasks) {
    this.#tasks = tasks;
    this.#sql = {
      await: writer.prepare<[number]>('UPDATE inbound SET followed = 0 WHERE seq = ?'),
      finish: writer.prepare<[number]>('UPDATE inbound SET followed = 1 WHERE seq = ? AND followed = 0'),
      about: writer.prepare<[number], { id: string; sender: string }>('SELECT id, sender FROM inbound WHERE seq = ? AND followed = 0'),
      next: reader.prepare<[number, number], TextRow>(
        `SELECT id, seq, sender AS "from", coalesce(text, '') AS text, iccid AS sim, received_at AS receivedAt, meaning
         FROM inbound INDEXED BY inbound_to_follow WHERE followed = 0 AND seq > ? ORDER BY seq LIMIT ?`,
      ),
      answered: reader.prepare<[string, number, number], AnsweredRow>(
        `SELECT m.id AS messageId, m.rank, m.topic, m.not_after AS remindsOf, t.reference, m.accepted_at AS at
         FROM messages m INDEXED BY messages_recipient JOIN message_texts t ON t.message_seq = m.seq
         WHERE m.recipient = ? AND m.begun = 1 AND m.answer = 0 AND m.accepted_at > ? AND m.accepted_at <= ? ORDER BY m.seq DESC LIMIT 1`,
      ),
    };
  }

  /** In the transaction that stores a whole text. @returns whether something may follow after it */
  begin(seq: number, { meaning, reply }: InboundOutcome): boolean {
    const isOver = reply !== null || meaning === 'stop' || meaning === 'start' || meaning === 'wrongNumber';
    if (!isOver) this.#sql.await.run(seq);
    return !isOver;
  }

  /** All that follows after a text is done; also in the transaction that does it. @returns false when it was before */
  finish(seq: number): boolean {
    return this.#sql.finish.run(seq).changes === 1;
  }

  /** Nobody could say what follows: a person is to read it. */
  giveUp(seq: number, at: number): void {
    const text = this.#sql.about.get(seq);
    if (!text) return;
    this.finish(seq);
    this.#tasks.add({ kind: 'notFollowed', contact: text.sender, inboundId: text.id, at });
  }

  /** In order of arrival. */
  next(after: number, limit: number, now: number): FollowedText[] {
    return this.#sql.next.all(after, limit).map(({ meaning, ...row }) => ({
      ...row,
      meaning: MEANINGS.find((m) => m === meaning) ?? null,
      answered: this.#answered(row.from, row.receivedAt),
      now,
    }));
  }

  #answered(from: string, at: number): Answered | null {
    const row = this.#sql.answered.get(from, at - MEMORY, at);
    if (!row) return null;
    const { rank, ...rest } = row;
    return { ...rest, purpose: purposeOf(rank) };
  }
}
