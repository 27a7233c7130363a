import type { Db } from './database.ts';
import type { Retirements } from './retirements.ts';

/** The newest messages to a number in which the last one that was sent is looked for. */
const LOOKED_AT = 20;

interface Seen {
  readonly sim: string;
  readonly at: number;
}

/** Which SIM a client knows: the one that it was last written to from, or wrote to, or the one that stands in for that. */
export class Homes {
  readonly #retirements: Retirements;
  readonly #sql;

  constructor(db: Db, retirements: Retirements) {
    this.#retirements = retirements;
    this.#sql = {
      wroteTo: db.prepare<[string, number], { sim: string | null; at: number | null }>(
        'SELECT sim, sent_at AS at FROM messages INDEXED BY messages_recipient WHERE recipient = ? ORDER BY seq DESC LIMIT ?',
      ),
      heardFrom: db.prepare<[string], Seen>(
        'SELECT iccid AS sim, received_at AS at FROM inbound INDEXED BY inbound_sender WHERE sender = ? ORDER BY seq DESC LIMIT 1',
      ),
    };
  }

  /** @param client E.164 */
  of(client: string): string | null {
    let last: Seen | null = this.#sql.heardFrom.get(client) ?? null;
    for (const { sim, at } of this.#sql.wroteTo.all(client, LOOKED_AT)) {
      if (sim !== null && at !== null && at >= (last?.at ?? 0)) last = { sim, at };
    }
    return last && this.#retirements.standIn(last.sim);
  }
}
