import { purposeRank } from '../base/purpose.ts';
import type { Db } from './database.ts';
import { type Ledger, READY_NOW } from './ledger.ts';
import type { MessageRow } from './message-row.ts';
import type { BootFacts } from './records/time.ts';
import { SLOT_MS } from './since.ts';
import type { Steps, Tx } from './work.ts';

/** Jumps up to this are left alone: what NTP corrects in a running machine, milliseconds. */
const SMALL = 60_000;

/** Messages shifted between two chances for the event loop. */
const STEP = 5000;

/** Messages put in another place between two such chances. */
const FEW = 25;

const CODE = purposeRank('otp');
const SERVICE = purposeRank('service');
const OFFER = purposeRank('promotional');

/** Reason of what waits because nobody knows the time. */
export const CLOCK_UNTRUSTED = 'clockUntrusted';

interface ClockRow {
  readonly bootId: string;
  readonly firstSeq: number;
  readonly base: number;
  readonly trusted: number;
  readonly aliveAt: number | null;
}

/**
 * What the store makes of a clock that may lie. Instants that are the ends of durations (a time to live, the wait before
 * another try) belong to the boot in which they were written: when the wall clock is set, they are moved with it, so that
 * they last as long as they should. Instants that somebody named (`sendAt`) stay.
 *
 * Time is `known` or not. It is known when the clock is trusted and what was missed while the box was off has been judged.
 * Until then nothing that an earlier boot left behind expires or falls due, and offers are not claimed. A store that nobody
 * has told of clocks takes the time as known.
 */
export class Boots {
  readonly #ledger: Ledger;
  readonly #sql;
  #trusted = true;
  #judged = true;
  /** Messages from here on were accepted in this boot, and their durations are right. */
  #firstSeq = 0;
  #base = 0;
  #aliveAt: number | null = null;
  #lastSeq = 0;

  constructor(writer: Db, ledger: Ledger) {
    this.#ledger = ledger;
    const LIVE = "status IN ('held', 'queued', 'sending', 'uncertain') AND seq >= ? AND seq < ?";
    this.#sql = {
      load: writer.prepare<[], ClockRow>(
        'SELECT boot_id AS bootId, first_seq AS firstSeq, base, trusted, alive_at AS aliveAt FROM clock WHERE one = 1',
      ),
      save: writer.prepare<[string, number, number, number, number | null]>(
        'INSERT OR REPLACE INTO clock (one, boot_id, first_seq, base, trusted, alive_at) VALUES (1, ?, ?, ?, ?, ?)',
      ),
      setBase: writer.prepare<[number]>('UPDATE clock SET base = ?'),
      setTrusted: writer.prepare<[number]>('UPDATE clock SET trusted = ?'),
      setAlive: writer.prepare<[number]>('UPDATE clock SET alive_at = ?'),
      lastSeq: writer.prepare<[], number | null>('SELECT max(seq) FROM messages').pluck(),
      shiftExpiry: writer.prepare<[number, number, number]>(
        `UPDATE messages SET expires_at = expires_at + ? WHERE ${LIVE} AND send_at IS NULL`,
      ),
      shiftDue: writer.prepare<{ by: number }>(
        `UPDATE messages SET due_at = due_at + @by, avoid_until = avoid_until + @by
         WHERE due_at IS NOT NULL AND (status <> 'held' OR reason = '${CLOCK_UNTRUSTED}')`,
      ),
      shiftDecisions: writer.prepare<[number]>('UPDATE attempts SET decide_at = decide_at + ? WHERE decide_at IS NOT NULL'),
      shiftHidden: writer.prepare<[number]>('UPDATE inbound SET received_at = received_at + ? WHERE visible = 0'),
      noteHidden: writer.prepare<[number]>(
        `INSERT INTO slots (list, slot, first_seq) SELECT 'inbound', received_at / ?, min(seq) FROM inbound WHERE visible = 0 GROUP BY 2
         ON CONFLICT (list, slot) DO UPDATE SET first_seq = min(first_seq, excluded.first_seq)`,
      ),
      lastAnswer: writer.prepare<[], number | null>('SELECT max(id) FROM idempotency').pluck(),
      shiftAnswers: writer.prepare<[number, number, number]>('UPDATE idempotency SET at = at + ? WHERE id >= ? AND id < ?'),
      shiftWebhooks: writer.prepare<[number]>('UPDATE outbox SET due_at = due_at + ? WHERE due_at IS NOT NULL'),
      hastenWebhooks: writer.prepare<{ now: number }>('UPDATE outbox SET due_at = @now WHERE due_at > @now'),
      queued: writer
        .prepare<[number], number>("SELECT seq FROM messages INDEXED BY messages_status WHERE status = 'queued' AND rank = ? AND begun = 0")
        .pluck(),
      retries: writer
        .prepare<[], number>("SELECT seq FROM messages INDEXED BY messages_due WHERE due_at IS NOT NULL AND ready = 0 AND status <> 'held'")
        .pluck(),
      codes: writer
        .prepare<[number], number>(
          `SELECT seq FROM messages INDEXED BY messages_status WHERE status IN ('held', 'queued', 'sending') AND rank = ${CODE} AND ready IS NOT NULL AND seq < ?`,
        )
        .pluck(),
      heldForClock: writer
        .prepare<[], number>(
          `SELECT seq FROM messages INDEXED BY messages_status WHERE status = 'held' AND rank = ${SERVICE} AND reason = '${CLOCK_UNTRUSTED}' AND ready = 0`,
        )
        .pluck(),
    };
  }

  /** Whether an end that an earlier boot named may be believed. */
  get known(): boolean {
    return this.#trusted && this.#judged;
  }

  /** What expires by itself: all of it, or what this boot accepted. */
  get expiresFrom(): number {
    return this.known ? 0 : this.#firstSeq;
  }

  /** When trusted time was last looked at before this start. */
  get aliveAt(): number | null {
    return this.#aliveAt;
  }

  /** The newest message that was there at the start. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Whether what is for a purpose may be claimed. */
  opens(rank: number): boolean {
    return this.known || rank !== OFFER;
  }

  /** Whether a message is past its time, as far as that can be told; of a code of an earlier boot nobody can, so it is. */
  isPast(row: Pick<MessageRow, 'seq' | 'rank' | 'expiresAt'>, now: number): boolean {
    if (row.seq >= this.expiresFrom) return row.expiresAt <= now;
    return row.rank === CODE;
  }

  /** For the start of a process, before anything is claimed. What was missed is to be judged after (`judged`). */
  *begin(tx: Tx, { bootId, base, isTrusted, now }: BootFacts): Steps<void> {
    const before = this.#sql.load.get();
    const trusted = isTrusted(before?.aliveAt ?? null);
    this.#lastSeq = this.#sql.lastSeq.get() ?? 0;
    this.#trusted = trusted;
    this.#judged = false;
    this.#aliveAt = before?.aliveAt ?? null;
    if (before?.bootId === bootId) {
      this.#firstSeq = before.firstSeq;
      this.#base = before.base;
      this.#sql.setTrusted.run(trusted ? 1 : 0);
      yield* this.rebase(base);
      return;
    }
    this.#firstSeq = this.#lastSeq + 1;
    this.#base = base;
    this.#sql.save.run(bootId, this.#firstSeq, base, trusted ? 1 : 0, this.#aliveAt);
    const proven = trusted && (before === undefined || before.trusted === 1);
    if (!proven)
      yield* this.#each(this.#sql.codes.all(this.#firstSeq), (row) => this.#ledger.giveUp(tx, row, 'expired', CLOCK_UNTRUSTED, now));
    if (trusted) return;
    // How long they have waited nobody can say: urgent ones go on now, the others when the time is known.
    yield* this.#each(this.#sql.retries.all(), (row) => {
      this.#ledger.replace(tx, row, { decision: { rest: 'going', reason: null }, place: READY_NOW, at: now });
    });
    yield* this.#each(this.#sql.queued.all(SERVICE), (row) => {
      this.#ledger.replace(tx, row, { decision: { rest: 'held', reason: CLOCK_UNTRUSTED }, place: 'aside', at: now });
    });
    this.#sql.hastenWebhooks.run({ now });
  }

  /** The wall clock was set: durations that run go on for what is left of them. */
  *rebase(base: number): Steps<void> {
    const by = base - this.#base;
    if (Math.abs(by) <= SMALL) return;
    const last = this.#sql.lastSeq.get() ?? 0;
    for (let seq = this.#firstSeq; seq <= last; seq += STEP) {
      this.#sql.shiftExpiry.run(by, seq, seq + STEP);
      yield;
    }
    // What a repeated request is answered is kept for 72 hours, whatever becomes of the clock meanwhile.
    const lastAnswer = this.#sql.lastAnswer.get() ?? 0;
    for (let id = 1; id <= lastAnswer; id += STEP) {
      this.#sql.shiftAnswers.run(by, id, id + STEP);
      yield;
    }
    this.#sql.shiftHidden.run(by);
    this.#sql.noteHidden.run(SLOT_MS);
    this.#sql.shiftDue.run({ by });
    this.#sql.shiftDecisions.run(by);
    this.#sql.shiftWebhooks.run(by);
    this.#sql.setBase.run(base);
    this.#base = base;
  }

  /** From now on the clock is trusted, or not. What waited a moment for it, goes. */
  *trust(tx: Tx, trusted: boolean, now: number): Steps<void> {
    this.#trusted = trusted;
    this.#sql.setTrusted.run(trusted ? 1 : 0);
    if (!trusted) return;
    yield* this.#each(this.#sql.heldForClock.all(), (row) => {
      this.#ledger.replace(tx, row, { decision: { rest: 'queued', reason: null }, place: READY_NOW, at: now });
    });
  }

  /** What was missed has been judged. */
  judged(): void {
    this.#judged = true;
  }

  /** The box is on, and knows the time. */
  alive(now: number): void {
    if (this.known) this.#sql.setAlive.run(now);
  }

  *#each(seqs: readonly number[], change: (row: MessageRow) => void): Steps<void> {
    for (const [i, seq] of seqs.entries()) {
      const row = this.#ledger.load(seq);
      if (row) change(row);
      if (i % FEW === FEW - 1) yield;
    }
  }
}
