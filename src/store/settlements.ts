import { type Purpose, purposeOf } from '../base/purpose.ts';
import type { AttemptRow, Attempts } from './attempts.ts';
import type { Boots } from './boots.ts';
import type { Db } from './database.ts';
import { type Ledger, type QueuePlace, READY_NOW } from './ledger.ts';
import { attemptPlace, type MessageRow, MOST_CRASHES } from './message-row.ts';
import type { Resolution, ResolveOutcome } from './records/acceptance.ts';
import type { RecoveredAttempt, Settlement, UncertainAttempt } from './records/queue.ts';
import type { SimCapsGuard } from './sim-caps.ts';
import type { SimUses } from './sim-uses.ts';
import type { Sims } from './sims.ts';
import type { Tx } from './work.ts';

/** A process that died between the intent and the outcome leaves it unknown. */
const PROCESS_DIED = 'EV-PROC-DIED';

/** TP-FCS 197, "SM rejected, duplicate SM" (TS 23.040 9.2.3.22). */
const HELD_ALREADY = 'CMS-197';

const GOING = { rest: 'going', reason: null } as const;

/** A status report that says how it ended. */
export interface FinalReport {
  readonly meaning: 'delivered' | 'undelivered';
  readonly mr: number;
  /** TP-ST, 0..255. */
  readonly tpStatus: number;
  readonly at: number;
}

interface UndecidedRow {
  readonly id: number;
  readonly messageId: string;
  readonly rank: number;
  readonly at: number;
  readonly expiresAt: number;
}

/**
 * How attempts end. `pending` may become anything; what is in doubt (`uncertain`, and by decision `resent` or `failed`) may
 * still turn out `sent`, by a late answer or a report; everything else is settled for good.
 */
export class Settlements {
  readonly #ledger: Ledger;
  readonly #attempts: Attempts;
  readonly #sims: Sims;
  readonly #boots: Boots;
  readonly #uses: SimUses;
  readonly #caps: Pick<SimCapsGuard, 'over'>;
  readonly #undecided;

  constructor(
    reader: Db,
    parts: { ledger: Ledger; attempts: Attempts; sims: Sims; boots: Boots; uses: SimUses; caps: Pick<SimCapsGuard, 'over'> },
  ) {
    this.#ledger = parts.ledger;
    this.#attempts = parts.attempts;
    this.#sims = parts.sims;
    this.#boots = parts.boots;
    this.#uses = parts.uses;
    this.#caps = parts.caps;
    this.#undecided = reader.prepare<[number, number], UndecidedRow>(
      `SELECT a.id, m.id AS messageId, m.rank, a.at, m.expires_at AS expiresAt FROM attempts a INDEXED BY attempts_decide
       JOIN messages m ON m.seq = a.id / 1048576 WHERE a.decide_at <= ? AND a.outcome = 'uncertain' ORDER BY a.decide_at LIMIT ?`,
    );
  }

  /** @param blamed whether a process that died was doing nothing else */
  settle(tx: Tx, attemptId: number, settlement: Settlement, blamed = true): boolean {
    const attempt = this.#attempts.load(attemptId);
    const row = this.#rowOf(attemptId);
    if (!attempt || !row) return false;
    // A SIM has one at a time, so it is the one that was counted last.
    if (attempt.outcome === 'pending') this.#caps.over(attempt.iccid, row.recipient);
    if (settlement.kind === 'sent') return this.#sent(tx, row, attempt, settlement.mr, settlement.at);
    if (attempt.outcome !== 'pending') return false;
    if (settlement.kind === 'sentEarlier') return this.#sentEarlier(tx, row, attempt, settlement);
    // A report was quicker than the answer, so the network has it, whatever the modem says.
    if (attempt.report !== null) return this.#sent(tx, row, attempt, null, settlement.at);
    const { n } = attemptPlace(attemptId);
    const { at, cause } = settlement;
    if (settlement.kind === 'uncertain') {
      this.#attempts.end(attemptId, 'uncertain', cause, settlement.decideAt, at);
      this.#ledger.begin(row, null);
      // In a process that lives on, it was handing over this one segment that failed.
      if (blamed && cause === PROCESS_DIED) this.#ledger.blame(row);
      if (row.crashes >= MOST_CRASHES) {
        this.#attempts.end(attemptId, 'failed', cause, null, at);
        this.#ledger.followAttempt(tx, row, n, { decision: { rest: 'going', reason: 'deadLetter' }, place: null, at }, 'failed');
      } else {
        this.#ledger.followAttempt(tx, row, n, { decision: { rest: 'going', reason: cause }, place: null, at });
      }
      return true;
    }
    this.#attempts.end(attemptId, settlement.outcome, cause, null, at);
    this.#sims.count(attempt.iccid, 'failed');
    if (settlement.kind === 'retry') {
      const place: QueuePlace = { dueAt: settlement.dueAt, avoid: settlement.avoid };
      this.#ledger.followAttempt(tx, row, n, { decision: { rest: 'queued', reason: cause }, place, at });
    } else {
      this.#ledger.followAttempt(tx, row, n, { decision: { rest: 'going', reason: settlement.reason }, place: null, at }, 'failed');
    }
    return true;
  }

  #sent(tx: Tx, row: MessageRow, attempt: AttemptRow, mr: number | null, at: number): boolean {
    if (attempt.outcome === 'refused' || attempt.outcome === 'notSent') return false;
    if (mr !== null && attempt.mrKnown === 0) this.#attempts.knowMr(attempt, mr);
    if (attempt.outcome === 'sent') return false;
    this.#attempts.confirm(attempt.id, at);
    this.#sims.count(attempt.iccid, 'sent');
    this.#uses.sent(attempt);
    this.#ledger.begin(row, at);
    this.#ledger.followAttempt(tx, row, attemptPlace(attempt.id).n, { decision: GOING, place: null, at });
    return true;
  }

  /** The copy was refused since an earlier one is held: that one is sent, and this one never was. */
  #sentEarlier(tx: Tx, row: MessageRow, copy: AttemptRow, { mr, at }: Settlement & { kind: 'sentEarlier' }): boolean {
    const earlier = this.#attempts.earlier(row.seq, attemptPlace(copy.id).n, copy.iccid, mr);
    if (!earlier) return this.#sent(tx, row, copy, mr, at);
    this.#attempts.end(copy.id, 'refused', HELD_ALREADY, null, at);
    if (this.#sent(tx, row, earlier, mr, at)) return true;
    // A report was quicker; the segment still has to hear that this copy is over.
    this.#ledger.followAttempt(tx, row, attemptPlace(copy.id).n, { decision: GOING, place: null, at });
    return true;
  }

  recover(tx: Tx, now: number, decideAt: (purpose: Purpose) => number | undefined): RecoveredAttempt[] {
    const uncertain: RecoveredAttempt[] = [];
    const pending = this.#attempts.pending();
    // Of several nobody knows which one it was, and most processes die of a power cut.
    const blamed = pending.length === 1;
    for (const attempt of pending) {
      const row = this.#rowOf(attempt.id);
      if (!row) continue;
      const when = decideAt(purposeOf(row.rank)) ?? null;
      if (attempt.report === null) uncertain.push({ iccid: attempt.iccid, at: attempt.at });
      this.settle(tx, attempt.id, { kind: 'uncertain', cause: PROCESS_DIED, at: now, decideAt: when }, blamed);
    }
    return uncertain;
  }

  undecided(now: number, limit: number): UncertainAttempt[] {
    return this.#undecided.all(now, limit).map(({ id, messageId, rank, at, expiresAt }) => ({
      attemptId: id,
      messageId,
      purpose: purposeOf(rank),
      at,
      expiresAt,
    }));
  }

  decide(tx: Tx, attemptId: number, as: Resolution, now: number): boolean {
    const attempt = this.#attempts.load(attemptId);
    const row = this.#rowOf(attemptId);
    if (!attempt || !row || attempt.outcome !== 'uncertain') return false;
    const { n } = attemptPlace(attemptId);
    if (as === 'sent') return this.#sent(tx, row, attempt, null, now);
    if (as === 'failed' || this.#boots.isPast(row, now)) {
      this.#attempts.end(attemptId, 'failed', null, null, now);
      const decision = { rest: 'going', reason: 'unconfirmed' } as const;
      this.#ledger.followAttempt(tx, row, n, { decision, place: null, at: now }, as === 'failed' ? 'failed' : 'expired');
      return true;
    }
    this.#attempts.end(attemptId, 'resent', null, null, now);
    row.possibleDuplicate = 1;
    this.#ledger.followAttempt(tx, row, n, { decision: { rest: 'queued', reason: 'resend' }, place: READY_NOW, at: now });
    return true;
  }

  resolve(tx: Tx, id: string, as: Resolution, now: number): ResolveOutcome {
    const row = this.#ledger.find(id);
    if (!row) return { kind: 'unknown' };
    if (row.status !== 'uncertain') return { kind: 'notUncertain', status: row.status };
    if (as === 'resend' && this.#boots.isPast(row, now)) return { kind: 'pastItsTime', expiresAt: row.expiresAt };
    for (const attempt of this.#attempts.uncertain(row.seq)) this.decide(tx, attempt, as, now);
    return { kind: 'resolved' };
  }

  /**
   * Applies a final report to an attempt: `delivered` counts also after `undelivered`, never the other way round (D16).
   * False when it changes nothing: one like it came before, or the attempt was surely not sent.
   */
  report(tx: Tx, attemptId: number, report: FinalReport): boolean {
    const { meaning, mr, tpStatus, at } = report;
    const attempt = this.#attempts.load(attemptId);
    const row = this.#rowOf(attemptId);
    if (!attempt || !row || attempt.outcome === 'refused' || attempt.outcome === 'notSent') return false;
    if (attempt.report === 'delivered' || attempt.report === meaning) return false;
    this.#attempts.setReport(attemptId, meaning, tpStatus);
    if (attempt.mrKnown === 0) this.#attempts.knowMr(attempt, mr);
    const delivered = meaning === 'delivered';
    if (delivered) this.#sims.count(attempt.iccid, 'delivered');
    // The network had it, so a doubt is over; unless the answer is still awaited (it will find the report), or the report
    // says that a copy which was given up or sent again has not arrived: that leaves the later copy to be waited for.
    const doubt = attempt.outcome === 'uncertain' || (delivered && (attempt.outcome === 'resent' || attempt.outcome === 'failed'));
    if (doubt) {
      this.#attempts.confirm(attemptId, at);
      this.#sims.count(attempt.iccid, 'sent');
      this.#uses.sent(attempt);
      this.#ledger.begin(row, at);
    }
    this.#ledger.followAttempt(tx, row, attemptPlace(attemptId).n, { decision: GOING, place: null, at });
    return true;
  }

  #rowOf(attemptId: number): MessageRow | undefined {
    return this.#ledger.load(attemptPlace(attemptId).messageSeq);
  }
}
