import { purposeOf, purposeRank } from '../base/purpose.ts';
import type { Db } from './database.ts';
import { Homes } from './homes.ts';
import { laneOf, type MessageRow } from './message-row.ts';
import type { ChosenSim } from './records/choice.ts';
import type { ClaimRequest } from './records/queue.ts';

/** From here on a client keeps its SIM; what is more urgent goes with whichever is free. */
const STICKY_FROM = purposeRank('service');

/**
 * Finds what the choice of a SIM stands on, and leaves a message to the SIM that was chosen: in that SIM's own lane, from
 * which it falls back to everybody's when the patience is over, as what was left to other SIMs does (`Queue.promote`).
 */
export class Choices {
  readonly #mayCarry: (iccid: string, row: MessageRow) => boolean;
  readonly #homes: Homes;
  readonly #sql;

  constructor(writer: Db, mayCarry: (iccid: string, row: MessageRow) => boolean) {
    this.#mayCarry = mayCarry;
    this.#homes = new Homes(writer);
    this.#sql = {
      waiting: writer
        .prepare<[string, number], number>(
          'SELECT count(*) FROM (SELECT 1 FROM messages INDEXED BY messages_ready WHERE ready = 1 AND lane = ? LIMIT ?)',
        )
        .pluck(),
      leave: writer.prepare<[string, number, number]>('UPDATE messages SET lane = ?, due_at = ?, waited = 1 WHERE seq = ?'),
    };
  }

  /** The SIM that should send a message which the asking one may take. */
  of(row: MessageRow, { iccid, sims }: ClaimRequest): ChosenSim {
    if (laneOf(row) !== '') return { sim: iccid, choice: row.begun === 1 && row.segmentCount > 1 ? 'begun' : 'requested' };
    // Its own lane, though no one asked for it: it was left to this SIM.
    if (row.lane === iccid) return { sim: iccid, choice: 'sticky' };
    if (!sims) return { sim: iccid, choice: 'first' };
    const home = row.rank >= STICKY_FROM ? this.#homes.of(row.recipient) : null;
    return sims.choose({
      purpose: purposeOf(row.rank),
      asking: iccid,
      others: sims.others.filter((other) => this.#mayCarry(other, row)),
      home,
      homeQueue: home === null || home === iccid ? 0 : (this.#sql.waiting.get(home, sims.room) ?? 0),
      waited: row.waited === 1 || row.begun === 1 || row.lane !== '',
    });
  }

  leave(row: MessageRow, sim: string, until: number): void {
    this.#sql.leave.run(sim, until, row.seq);
  }
}
