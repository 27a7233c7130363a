import { PURPOSES, purposeOf, purposeRank } from '../base/purpose.ts';
import type { Attempts } from './attempts.ts';
import type { Boots } from './boots.ts';
import { Choices } from './choices.ts';
import type { ConcatRefs } from './concat-refs.ts';
import type { Db } from './database.ts';
import { Encounters } from './encounters.ts';
import { Homes } from './homes.ts';
import type { Lanes } from './lanes.ts';
import { type Ledger, READY_NOW } from './ledger.ts';
import { attemptId, laneOf, type MessageRow, MOST_CRASHES, MOST_TRIES } from './message-row.ts';
import type { Pauses } from './pauses.ts';
import { readPolicy, writePolicy } from './policy-record.ts';
import type { SimChoice } from './records/choice.ts';
import type { PolicyRecord } from './records/message.ts';
import type { SimPlans } from './records/plan.ts';
import type { Claim, ClaimRequest, TurnRuling } from './records/queue.ts';
import type { Retirements } from './retirements.ts';
import { isWhole, messageValues, textValues } from './row-crc.ts';
import { NO_PLANS, type SimCapsGuard } from './sim-caps.ts';
import type { SimUses } from './sim-uses.ts';
import { isOfTheDisk } from './sqlite-errors.ts';
import type { Suppressions } from './suppressions.ts';
import { afterTurn, nextRank, Shares, type Waited } from './turns.ts';
import type { Steps, Tx } from './work.ts';

/** Messages that one claim leaves to other SIMs. */
const MOST_LEFT = 100;

const OFFER = purposeRank('promotional');

interface TextsRow {
  readonly text: string;
  readonly sentText: string | null;
  readonly reference: string | null;
  readonly policy: string;
  readonly crc: number | null;
  readonly messageCrc: number | null;
}

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
  readonly #suppressions: Suppressions;
  #plans = NO_PLANS;
  readonly #encounters: Encounters;
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
      retirements: Retirements;
      uses: SimUses;
      suppressions: Suppressions;
    },
  ) {
    this.#ledger = parts.ledger;
    this.#attempts = parts.attempts;
    this.#refs = parts.refs;
    this.#pauses = parts.pauses;
    this.#boots = parts.boots;
    this.#caps = parts.caps;
    this.#suppressions = parts.suppressions;
    this.#encounters = new Encounters(writer);
    this.#lanes = parts.lanes;
    this.#uses = parts.uses;
    this.#choices = new Choices(writer, parts.lanes, new Homes(writer, parts.retirements), {
      mayCarry: (sim, { rank, recipient }) =>
        !parts.retirements.of(sim) &&
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
      texts: writer.prepare<[number], TextsRow>(
        'SELECT text, sent_text AS sentText, reference, policy, crc, message_crc AS messageCrc FROM message_texts WHERE message_seq = ?',
      ),
      setSim: writer.prepare<[string, number]>('UPDATE messages SET sim = ? WHERE seq = ?'),
      begin: writer.prepare<[string, number, number]>('UPDATE messages SET sim = ?, claimed_at = ? WHERE seq = ?'),
      setPolicy: writer.prepare<[string, number]>('UPDATE message_texts SET policy = ? WHERE message_seq = ?'),
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
      } else if (this.#isUnwanted(tx, row, request.now)) {
        // Ended or put off, and told of: the next one.
      } else if ((this.#crashes.get(row.seq) ?? 0) >= MOST_CRASHES) {
        this.#crashes.delete(row.seq);
        this.#ledger.giveUp(tx, row, 'failed', 'deadLetter', request.now);
      } else if (!this.#lanes.mayCarry(request.iccid, row)) {
        // Accepted before this SIM was told what to carry.
        this.#ledger.replace(tx, row, { decision: { rest: 'going', reason: null }, place: READY_NOW, at: request.now });
      } else if (this.#mayGo(tx, row, request)) {
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
        if (typeof claim === 'object') {
          this.#served(request.iccid, turn);
          return claim;
        }
        this.#ledger.giveUp(tx, row, 'failed', claim, request.now);
      }
      yield;
    }
  }

  /** Asks policy once more, with the facts of now. The rest of a text of which a part is out is not held back. */
  #mayGo(tx: Tx, row: MessageRow, { judge, now }: ClaimRequest): boolean {
    if (!judge || isUnderWay(row)) return true;
    const { recipient, acceptedAt, expiresAt, notAfter, exempt } = row;
    const ruling = judge({
      to: recipient,
      purpose: purposeOf(row.rank),
      now,
      acceptedAt,
      expiresAt,
      notAfter,
      sendsAnyway: row.sendsAnyway === 1,
      exempt,
      sentBefore: (since) => this.#encounters.sentBefore(recipient, since, row.seq),
    });
    if (ruling.decision === 'send' || (ruling.decision === 'hold' && ruling.until <= now)) return true;
    this.#sql.setPolicy.run(writePolicy(recordOf(ruling, now)), row.seq);
    if (ruling.decision === 'refuse') this.#ledger.giveUp(tx, row, 'refused', ruling.reason, now);
    else {
      const { reason, until } = ruling;
      this.#ledger.replace(tx, row, { decision: { rest: 'held', reason }, place: { dueAt: until, avoid: null }, at: now });
    }
    return false;
  }

  /**
   * What the client ended meanwhile is refused here, in the transaction that would have claimed it, so that nothing of it
   * goes out once the opt-out is committed (O01). Offers also wait while a person reads what the client meant.
   */
  #isUnwanted(tx: Tx, row: MessageRow, now: number): boolean {
    if (row.answer === 1) return false;
    const over = this.#suppressions.over(row, 'now');
    if (over !== null) {
      this.#ledger.giveUp(tx, row, 'refused', over === 'unknown' ? 'suppressionsUnknown' : 'optedOut', now);
      return true;
    }
    const until = row.rank === OFFER ? this.#suppressions.offersHeldUntil(row.recipient, now, 'now') : null;
    if (until === null) return false;
    this.#ledger.replace(tx, row, {
      decision: { rest: 'held', reason: 'optOutUnsure' },
      place: { dueAt: until, avoid: null },
      at: now,
    });
    return true;
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

  /** Or why it can never be sent: there is no room for another try, or what is stored of it is not what was asked for. */
  #take(
    tx: Tx,
    row: MessageRow,
    { iccid, imei, predictedMr, keepsReference, now }: ClaimRequest,
    choice: SimChoice,
  ): Claim | 'tooManyTries' | 'damaged' {
    const n = this.#ledger.states(row).indexOf('queued') + 1;
    if (n === 0) throw new Error('a message that is ready has no segment to send');
    const tries = this.#attempts.tries(row.seq, n);
    if (tries >= MOST_TRIES) return 'tooManyTries';
    const texts = this.#sql.texts.get(row.seq);
    if (!texts) throw new Error('a message that is ready has no text');
    const whole = texts.sentText ?? texts.text;
    const chars = row.segmentCount === 1 ? [whole.length] : this.#sql.chars.all(row.seq);
    if (!isWhole(texts.crc, textValues(texts)) || !isWhole(texts.messageCrc, messageValues(row, chars))) return 'damaged';
    const triedBy = tries === 0 ? [] : this.#attempts.triedBy(row.seq, n);
    const bound = laneOf(row) !== '';
    const concat = row.segmentCount > 1 ? this.#refs.use(row, iccid, now) : null;
    if (!isUnderWay(row)) this.#sql.begin.run(iccid, now, row.seq);
    else if (row.sim !== iccid) this.#sql.setSim.run(iccid, row.seq);
    row.sim = iccid;
    const id = attemptId(row.seq, n, tries + 1);
    const copyOf = keepsReference && tries > 0 ? this.#attempts.copyOf(row, n, iccid, now) : null;
    this.#attempts.add({
      id,
      iccid,
      imei,
      at: now,
      predictedMr: copyOf ?? predictedMr,
      choice,
      ...this.#uses.terms(iccid, row.recipient, now),
    });
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
      text: segmentText(whole, chars, n),
      tries,
      triedBy,
      bound,
      concat,
      copyOf,
    };
  }
}

function segmentText(whole: string, chars: readonly number[], n: number): string {
  const start = chars.slice(0, n - 1).reduce((sum, c) => sum + c, 0);
  return whole.slice(start, start + (chars[n - 1] ?? 0));
}

/** Whether a part of a long text is out, so that the rest belongs to it. */
const isUnderWay = (row: MessageRow): boolean => row.begun === 1 && row.segmentCount > 1;

const recordOf = ({ decision, until, rules }: TurnRuling, decidedAt: number): PolicyRecord => ({ decidedAt, decision, until, rules });

/** Ends a message that is past its time. Where a copy of a segment may be out, its reason says that nobody knows. */
export function expire(tx: Tx, ledger: Ledger, row: MessageRow, now: number): void {
  ledger.giveUp(tx, row, 'expired', row.begun === 1 ? 'unconfirmed' : 'timeToLive', now);
}
