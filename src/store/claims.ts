import { PURPOSES, purposeOf, purposeRank } from '../base/purpose.ts';
import type { Attempts } from './attempts.ts';
import type { Boots } from './boots.ts';
import { Choices } from './choices.ts';
import type { ConcatRefs } from './concat-refs.ts';
import type { Db } from './database.ts';
import type { Lanes } from './lanes.ts';
import { type Ledger, READY_NOW } from './ledger.ts';
import { attemptId, laneOf, type MessageRow, MOST_CRASHES, MOST_TRIES } from './message-row.ts';
import type { Pauses } from './pauses.ts';
import { readPolicy } from './policy-record.ts';
import type { SimChoice } from './records/choice.ts';
import type { SimPlans } from './records/plan.ts';
import type { Claim, ClaimRequest } from './records/queue.ts';
import { NO_PLANS, type SimCapsGuard } from './sim-caps.ts';
import type { SimUses } from './sim-uses.ts';
import { isOfTheDisk } from './sqlite-errors.ts';
import { afterTurn, nextRank, Shares, type Waited } from './turns.ts';
import type { Steps, Tx } from './work.ts';

/** Messages that one claim leaves to other SIMs. */
const MOST_LEFT = 100;

const OFFER = purposeRank('promotional');

/** A message whose turn it is. */
interface Turn {
  readonly row: MessageRow;
  readonly rank: number;
  readonly key: string;
  /** What waits with it, by rank, most urgent first. */
  readonly waiting: readonly number[];
}

/**
 * Claims: the next segment for a SIM. Three kinds of lanes hold what it may take (its own, everybody's, and those that leave
 * a message to all SIMs but one). Each question asked of them is one probe of an index: whether a purpose waits, which keys
 * wait in it, what the oldest message of a key is. So a claim costs the same in a queue of a thousand and of a million (S11).
 */
export class Claims {
  readonly #ledger: Ledger;
  readonly #attempts: Attempts;
  readonly #refs: ConcatRefs;
  readonly #pauses: Pauses;
  readonly #caps: SimCapsGuard;
  readonly #choices: Choices;
  readonly #boots: Boots;
  readonly #lanes: Lanes;
  readonly #uses: SimUses;
  #plans = NO_PLANS;
  readonly #sql;
  readonly #waited = new Map<string, Waited>();
  readonly #shares = PURPOSES.map(() => new Shares());
  /** Rows that a claim has stumbled over, and how often. */
  readonly #crashes = new Map<number, number>();

  constructor(
    writer: Db,
    parts: {
      ledger: Ledger;
      attempts: Attempts;
      refs: ConcatRefs;
      pauses: Pauses;
      caps: SimCapsGuard;
      boots: Boots;
      lanes: Lanes;
      uses: SimUses;
    },
  ) {
    this.#ledger = parts.ledger;
    this.#attempts = parts.attempts;
    this.#refs = parts.refs;
    this.#pauses = parts.pauses;
    this.#boots = parts.boots;
    this.#caps = parts.caps;
    this.#lanes = parts.lanes;
    this.#uses = parts.uses;
    this.#choices = new Choices(writer, parts.lanes, {
      mayCarry: (sim, { rank, recipient }) =>
        this.#plans.carries(sim, recipient) &&
        this.#caps.open(sim, this.#pauses.open(sim)).includes(rank) &&
        this.#caps.reaches(sim, rank, recipient),
      heldUntil: (sim, { rank, recipient }) =>
        this.#plans.carries(sim, recipient) && this.#pauses.open(sim).includes(rank) ? this.#caps.heldUntil(sim, rank, recipient) : null,
      priceOf: (sim, recipient, now) => this.#uses.terms(sim, recipient, now).price,
      prefers: (sim, recipient) => this.#plans.prefers(sim, recipient),
    });
    const READY = 'FROM messages INDEXED BY messages_ready WHERE ready = 1 AND lane';
    this.#sql = {
      waits: writer.prepare<[string, number], number>(`SELECT 1 ${READY} = ? AND rank = ? LIMIT 1`).pluck(),
      nextKey: writer
        .prepare<[string, number, number, string], string>(
          `SELECT key_id ${READY} = ? AND rank = ? AND begun = ? AND key_id > ? ORDER BY key_id LIMIT 1`,
        )
        .pluck(),
      head: writer
        .prepare<[string, number, number, string], number>(
          `SELECT seq ${READY} = ? AND rank = ? AND begun = ? AND key_id = ? ORDER BY seq LIMIT 1`,
        )
        .pluck(),
      weight: writer.prepare<[string], number>('SELECT weight FROM api_keys WHERE id = ?').pluck(),
      chars: writer.prepare<[number], number>('SELECT chars FROM segments WHERE message_seq = ? ORDER BY n').pluck(),
      texts: writer.prepare<[number], { text: string; policy: string }>(
        'SELECT coalesce(sent_text, text) AS text, policy FROM message_texts WHERE message_seq = ?',
      ),
      setSim: writer.prepare<[string, number]>('UPDATE messages SET sim = ? WHERE seq = ?'),
    };
  }

  setPlans(plans: SimPlans): void {
    this.#plans = plans;
    this.#caps.setPlans(plans);
    this.#lanes.setPlans(plans);
    this.#uses.setPlans(plans);
  }

  /** The next segment for this SIM, marked as under way; what is past its time is expired on the way. */
  *claim(tx: Tx, request: ClaimRequest): Steps<Claim | undefined> {
    for (let left = 0; ; ) {
      const turn = this.#next(request);
      if (!turn) return undefined;
      const { row } = turn;
      if (this.#boots.isPast(row, request.now)) {
        expire(tx, this.#ledger, row, request.now);
      } else if ((this.#crashes.get(row.seq) ?? 0) >= MOST_CRASHES) {
        this.#crashes.delete(row.seq);
        this.#ledger.giveUp(tx, row, 'failed', 'deadLetter', request.now);
      } else {
        if (!this.#lanes.mayCarry(request.iccid, row)) {
          // Accepted before this SIM was told what to carry.
          this.#ledger.replace(tx, row, { decision: { rest: 'going', reason: null }, place: READY_NOW, at: request.now });
          yield;
          continue;
        }
        const chosen = this.#choices.of(row, request);
        if (chosen.kind === 'leave') {
          this.#choices.leave(row, chosen);
          left += 1;
          // The SIM asks again, since to leave a message wakes it: no commit waits for thousands of them.
          if (left === MOST_LEFT) return undefined;
          yield;
          continue;
        }
        const claim = this.#carefully(row.seq, () => this.#take(tx, row, request, chosen.choice));
        if (claim) {
          this.#served(request.iccid, turn);
          return claim;
        }
        this.#ledger.giveUp(tx, row, 'failed', 'tooManyTries', request.now);
      }
      yield;
    }
  }

  /**
   * Purpose first, then what has begun, then whose key it is, then age. A SIM that may write to nobody new passes over a
   * purpose whose next message is to somebody new, and does not look further into it: that would cost as much as waits.
   */
  #next({ iccid, noOffers = false }: ClaimRequest): Turn | undefined {
    const may = this.#pauses.open(iccid).filter((rank) => this.#boots.opens(rank) && !(noOffers && rank === OFFER));
    const open = this.#caps.open(iccid, may);
    if (open.length === 0) return undefined;
    const lanes = this.#lanes.openTo(iccid);
    let waiting = open.filter((rank) => lanes.some((lane) => this.#sql.waits.get(lane, rank)));
    for (;;) {
      const rank = nextRank(waiting, this.#waited.get(iccid) ?? new Map());
      if (rank === undefined) return undefined;
      const head = this.#head(lanes, rank);
      const row = head && this.#ledger.load(head.seq);
      if (!head || !row) return undefined;
      if (this.#caps.reaches(iccid, rank, row.recipient)) return { row, rank, key: head.key, waiting };
      waiting = waiting.filter((other) => other !== rank);
    }
  }

  /** The message of a rank whose turn it is, and its key. */
  #head(lanes: readonly string[], rank: number): { seq: number; key: string } | undefined {
    for (const begun of [1, 0]) {
      const key = this.#shares[rank]?.next(this.#keys(lanes, rank, begun));
      if (key === undefined) continue;
      const heads = lanes.flatMap((lane) => this.#sql.head.get(lane, rank, begun, key) ?? []);
      return { seq: Math.min(...heads), key };
    }
    return undefined;
  }

  /** The keys that wait, each once. */
  #keys(lanes: readonly string[], rank: number, begun: number): string[] {
    const keys = new Set<string>();
    for (const lane of lanes) {
      let key = this.#sql.nextKey.get(lane, rank, begun, '');
      for (; key !== undefined; key = this.#sql.nextKey.get(lane, rank, begun, key)) keys.add(key);
    }
    return [...keys];
  }

  #served(iccid: string, { rank, key, waiting }: Turn): void {
    this.#waited.set(iccid, afterTurn(waiting, this.#waited.get(iccid) ?? new Map(), rank));
    this.#shares[rank]?.served(key, this.#sql.weight.get(key) ?? 1);
  }

  /** A row that no claim can take (it was damaged, or meets a mistake of ours) must not stand in the way of all others (Q07). */
  #carefully<T>(seq: number, take: () => T): T {
    try {
      return take();
    } catch (error) {
      // A disk that is full or fails says nothing of the row.
      if (!isOfTheDisk(error)) this.#crashes.set(seq, (this.#crashes.get(seq) ?? 0) + 1);
      throw error;
    }
  }

  /** Undefined when there is no room for another try. */
  #take(tx: Tx, row: MessageRow, { iccid, imei, predictedMr, now }: ClaimRequest, choice: SimChoice): Claim | undefined {
    const n = this.#ledger.states(row).indexOf('queued') + 1;
    if (n === 0) throw new Error('a message that is ready has no segment to send');
    const tries = this.#attempts.tries(row.seq, n);
    if (tries >= MOST_TRIES) return undefined;
    const texts = this.#sql.texts.get(row.seq);
    if (!texts) throw new Error('a message that is ready has no text');
    const triedBy = tries === 0 ? [] : this.#attempts.triedBy(row.seq, n);
    const bound = laneOf(row) !== '';
    const concat = row.segmentCount > 1 ? this.#refs.use(row, iccid, now) : null;
    if (row.sim !== iccid) {
      row.sim = iccid;
      this.#sql.setSim.run(iccid, row.seq);
    }
    const id = attemptId(row.seq, n, tries + 1);
    this.#attempts.add({ id, iccid, imei, at: now, predictedMr, choice, ...this.#uses.terms(iccid, row.recipient, now) });
    this.#caps.count(iccid, row.rank, row.recipient);
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
