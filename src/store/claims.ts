import { purposeOf } from '../base/purpose.ts';
import type { Attempts } from './attempts.ts';
import type { ConcatRefs } from './concat-refs.ts';
import type { Db } from './database.ts';
import type { Ledger } from './ledger.ts';
import { attemptId, laneOf, laneWithout, type MessageRow, MOST_TRIES } from './message-row.ts';
import { readPolicy } from './policy-record.ts';
import type { Claim, ClaimRequest } from './records/queue.ts';
import type { Steps, Tx } from './work.ts';

interface Head {
  readonly seq: number;
  readonly rank: number;
  readonly begun: number;
}

/** Purpose first, then what has begun, then age. */
const before = (a: Head, b: Head): boolean =>
  a.rank !== b.rank ? a.rank < b.rank : a.begun !== b.begun ? a.begun > b.begun : a.seq < b.seq;

/**
 * Claims: the next segment for a SIM. Three kinds of lanes hold what it may take (its own, everybody's, and those that leave
 * a message to all SIMs but one); the head of each is one probe of an index, so a claim costs the same in a queue of a
 * thousand and of a million (S11).
 */
export class Claims {
  readonly #ledger: Ledger;
  readonly #attempts: Attempts;
  readonly #refs: ConcatRefs;
  readonly #sql;

  constructor(writer: Db, parts: { ledger: Ledger; attempts: Attempts; refs: ConcatRefs }) {
    this.#ledger = parts.ledger;
    this.#attempts = parts.attempts;
    this.#refs = parts.refs;
    this.#sql = {
      head: writer.prepare<[string], Head>(
        `SELECT seq, rank, begun FROM messages INDEXED BY messages_ready WHERE ready = 1 AND lane = ? ORDER BY rank, begun DESC, seq LIMIT 1`,
      ),
      nextShunning: writer
        .prepare<[string], string>(
          `SELECT lane FROM messages INDEXED BY messages_ready WHERE ready = 1 AND lane > ? AND lane < '"' ORDER BY lane LIMIT 1`,
        )
        .pluck(),
      chars: writer.prepare<[number], number>('SELECT chars FROM segments WHERE message_seq = ? ORDER BY n').pluck(),
      texts: writer.prepare<[number], { text: string; policy: string }>(
        'SELECT coalesce(sent_text, text) AS text, policy FROM message_texts WHERE message_seq = ?',
      ),
      setSim: writer.prepare<[string, number]>('UPDATE messages SET sim = ? WHERE seq = ?'),
    };
  }

  /** The next segment for this SIM, marked as under way; what is past its time is expired on the way. */
  *claim(tx: Tx, request: ClaimRequest): Steps<Claim | undefined> {
    for (;;) {
      const seq = this.#next(request.iccid);
      const row = seq === undefined ? undefined : this.#ledger.load(seq);
      if (!row) return undefined;
      if (row.expiresAt <= request.now) {
        expire(tx, this.#ledger, row, request.now);
      } else {
        const n = this.#ledger.states(row).indexOf('queued') + 1;
        const tries = this.#attempts.tries(row.seq, n);
        if (tries < MOST_TRIES) return this.#take(tx, row, n, tries, request);
        this.#ledger.giveUp(tx, row, 'failed', 'tooManyTries', request.now);
      }
      yield;
    }
  }

  #next(iccid: string): number | undefined {
    let best = this.#sql.head.get(iccid);
    const consider = (lane: string): void => {
      const head = this.#sql.head.get(lane);
      if (head && (!best || before(head, best))) best = head;
    };
    consider('');
    for (let lane = this.#sql.nextShunning.get('!'); lane !== undefined; lane = this.#sql.nextShunning.get(lane)) {
      if (lane !== laneWithout(iccid)) consider(lane);
    }
    return best?.seq;
  }

  #take(tx: Tx, row: MessageRow, n: number, tries: number, { iccid, imei, predictedMr, now }: ClaimRequest): Claim {
    const texts = this.#sql.texts.get(row.seq) ?? { text: '', policy: '' };
    const triedBy = tries === 0 ? [] : this.#attempts.triedBy(row.seq, n);
    const bound = laneOf(row) !== '';
    const concat = row.segmentCount > 1 ? this.#refs.use(row, iccid, now) : null;
    if (row.sim !== iccid) {
      row.sim = iccid;
      this.#sql.setSim.run(iccid, row.seq);
    }
    const id = attemptId(row.seq, n, tries + 1);
    this.#attempts.add({ id, iccid, imei, at: now, predictedMr });
    this.#ledger.followAttempt(tx, row, n, { decision: { rest: 'going', reason: null }, place: null, at: now });
    return {
      attemptId: id,
      messageId: row.id,
      to: row.recipient,
      purpose: purposeOf(row.rank),
      alphabet: row.alphabet,
      flash: row.flash === 1,
      expiresAt: row.expiresAt,
      acceptedAt: row.acceptedAt,
      possibleDuplicate: row.possibleDuplicate === 1,
      policy: readPolicy(texts.policy),
      n,
      total: row.segmentCount,
      text: row.segmentCount === 1 ? texts.text : this.#segmentText(row.seq, n, texts.text),
      tries,
      triedBy,
      bound,
      concat,
    };
  }

  #segmentText(seq: number, n: number, whole: string): string {
    const chars = this.#sql.chars.all(seq);
    const start = chars.slice(0, n - 1).reduce((sum, c) => sum + c, 0);
    return whole.slice(start, start + (chars[n - 1] ?? 0));
  }
}

/** Ends a message that is past its time. Where a copy of a segment may be out, its reason says that nobody knows. */
export function expire(tx: Tx, ledger: Ledger, row: MessageRow, now: number): void {
  ledger.giveUp(tx, row, 'expired', row.begun === 1 ? 'unconfirmed' : 'timeToLive', now);
}
