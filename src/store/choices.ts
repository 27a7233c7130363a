import type { Money } from '../base/money.ts';
import { purposeOf, purposeRank } from '../base/purpose.ts';
import type { Db } from './database.ts';
import type { Homes } from './homes.ts';
import type { Lanes } from './lanes.ts';
import { attemptId, laneOf, type MessageRow } from './message-row.ts';
import type { ChosenSim, SimsToChooseFrom } from './records/choice.ts';
import type { ClaimRequest } from './records/queue.ts';

/** From here on a client keeps its SIM; what is more urgent goes with whichever is free. */
const STICKY_FROM = purposeRank('service');

/** Why a message was left to the SIM in whose lane it is, by what is kept with it; 0 where it waits for a cap of the one it knows. */
const LEFT_BY = ['sticky', 'sticky', 'preferred', 'cheapest'] as const;

/** What is known of SIMs and numbers. */
interface SimFacts {
  mayCarry(iccid: string, row: MessageRow): boolean;
  /** When a SIM may carry it again that only a cap keeps from it; null for any other. */
  heldUntil(iccid: string, row: MessageRow): number | null;
  priceOf(iccid: string, recipient: string, now: number): Money | null;
  prefers(iccid: string, recipient: string): boolean;
}

/**
 * Finds what the choice of a SIM stands on, and leaves a message to the SIM that was chosen: in that SIM's own lane, from
 * which it falls back to everybody's when the time is over, as what was left to other SIMs does (`Queue.promote`).
 */
export class Choices {
  readonly #sims: SimFacts;
  readonly #homes: Homes;
  readonly #lanes: Lanes;
  readonly #sql;

  constructor(writer: Db, lanes: Lanes, homes: Homes, sims: SimFacts) {
    this.#lanes = lanes;
    this.#sims = sims;
    this.#homes = homes;
    this.#sql = {
      waiting: writer
        .prepare<[string, number], number>(
          'SELECT count(*) FROM (SELECT 1 FROM messages INDEXED BY messages_ready WHERE ready = 1 AND lane = ? LIMIT ?)',
        )
        .pluck(),
      copyAt: writer
        .prepare<[number, number], string>(
          "SELECT iccid FROM attempts WHERE id > ? AND id < ? AND outcome = 'resent' ORDER BY id DESC LIMIT 1",
        )
        .pluck(),
      leave: writer.prepare<[string, number, number, number]>('UPDATE messages SET lane = ?, due_at = ?, waited = ? WHERE seq = ?'),
    };
  }

  /** The SIM that should send a message which the asking one may take. */
  of(row: MessageRow, { iccid, sims, now }: ClaimRequest): ChosenSim {
    if (laneOf(row) !== '') return { kind: 'take', choice: row.begun === 1 && row.segmentCount > 1 ? 'begun' : 'requested' };
    // Its own lane, though no one asked for it: it was left to this SIM.
    if (row.lane === iccid) return { kind: 'take', choice: LEFT_BY[row.waited] ?? 'sticky' };
    if (!sims) return { kind: 'take', choice: 'first' };
    const facts = this.#sims;
    const { recipient } = row;
    const home = row.rank >= STICKY_FROM ? this.#homes.of(recipient) : null;
    const others = sims.others.filter((other) => facts.mayCarry(other, row));
    const heldBack = home !== null && sims.others.includes(home) && !others.includes(home);
    return sims.choose({
      purpose: purposeOf(row.rank),
      now,
      from: Math.max(row.acceptedAt, row.sendAt ?? 0),
      expiresAt: row.expiresAt,
      asking: iccid,
      others,
      home,
      copyAt: row.begun === 1 && row.waited === 0 ? this.#copyAt(row.seq, sims) : null,
      homeHeldUntil: heldBack ? facts.heldUntil(home, row) : null,
      waited: row.waited > 0 || row.begun === 1 || !this.#lanes.isOpen(row.lane),
      queueOf: (sim) => this.#sql.waiting.get(sim, sims.room) ?? 0,
      priceOf: (sim) => facts.priceOf(sim, recipient, now),
      prefers: (sim) => facts.prefers(sim, recipient),
    });
  }

  #copyAt(seq: number, sims: SimsToChooseFrom): string | null {
    const sim = this.#sql.copyAt.get(attemptId(seq, 1, 0), attemptId(seq, 2, 0));
    return sim !== undefined && sims.asksForCopies?.(sim) === true ? sim : null;
  }

  leave(row: MessageRow, { sim, choice, until, again }: ChosenSim & { kind: 'leave' }): void {
    this.#sql.leave.run(sim, until, again ? row.waited : Math.max(1, LEFT_BY.lastIndexOf(choice)), row.seq);
  }
}
