import type { Db } from './database.ts';

/** The newest messages to a number in which the last one that was sent is looked for. */
const LOOKED_AT = 20;

interface Seen {
  readonly sim: string;
  readonly at: number;
}

/** Which SIM a client knows: the one that it was last written to from, or wrote to. */
export class Homes {
  readonly #sql;

  constructor(db: Db) {
    this.#sql = {
      wroteTo: db.prepare<[string, number], Seen>(
        `SELECT sim, sent_at AS at FROM (SELECT sim, sent_at FROM messages INDEXED BY messages_recipient
         WHERE recipient = ? ORDER BY seq DESC LIMIT ?) WHERE sim IS NOT NULL AND sent_at IS NOT NULL ORDER BY sent_at DESC LIMIT 1`,
      ),
      heardFrom: db.prepare<[string], Seen>(
        'SELECT iccid AS sim, received_at AS at FROM inbound INDEXED BY inbound_sender WHERE sender = ? ORDER BY seq DESC LIMIT 1',
      ),
    };
  }

  /** @param client E.164 */
  of(client: string): string | null {
    const seen = [this.#sql.wroteTo.get(client, LOOKED_AT), this.#sql.heardFrom.get(client)].flatMap((one) => one ?? []);
    return seen.sort((a, b) => b.at - a.at)[0]?.sim ?? null;
  }
}
