import type { Balances } from './balances.ts';
import type { Db } from './database.ts';
import type { SeenSim, StoredSim } from './records/sim.ts';

const SEEN_AGAIN_MS = 3_600_000;

interface SimRow {
  readonly iccid: string;
  readonly imsi: string | null;
  readonly number: string | null;
  readonly at: number | null;
  readonly sent: number;
  readonly delivered: number;
  readonly failed: number;
  readonly received: number;
}

/** Every SIM that was ever seen or used, and what went through it. */
export class Sims {
  readonly #balances: Balances;
  readonly #sql;

  constructor(writer: Db, reader: Db, balances: Balances) {
    this.#balances = balances;
    const count = (column: 'sent' | 'delivered' | 'failed' | 'received') =>
      writer.prepare<[string]>(
        `INSERT INTO sims (iccid, ${column}) VALUES (?, 1) ON CONFLICT (iccid) DO UPDATE SET ${column} = ${column} + 1`,
      );
    this.#sql = {
      sent: count('sent'),
      delivered: count('delivered'),
      failed: count('failed'),
      received: count('received'),
      see: writer.prepare<[string, string | null, string | null, number, number]>(
        // Written only when it says something new, since a SIM is seen often.
        `INSERT INTO sims (iccid, imsi, number, seen_at) VALUES (?, ?, ?, ?) ON CONFLICT (iccid) DO UPDATE
         SET imsi = coalesce(excluded.imsi, imsi), number = coalesce(excluded.number, number), seen_at = excluded.seen_at
         WHERE (excluded.imsi IS NOT NULL AND excluded.imsi IS NOT imsi) OR (excluded.number IS NOT NULL AND excluded.number IS NOT number)
           OR seen_at IS NULL OR abs(excluded.seen_at - seen_at) >= ?`,
      ),
      all: reader.prepare<[], SimRow>(
        'SELECT iccid, imsi, number, seen_at AS at, sent, delivered, failed, received FROM sims ORDER BY iccid',
      ),
      sentSince: reader.prepare<[number], { iccid: string; sent: number }>(
        // Through the index of TP-MRs: 256 ranges for each SIM instead of an index of its own to be written with each segment.
        `WITH RECURSIVE mrs (mr) AS (VALUES (0) UNION ALL SELECT mr + 1 FROM mrs WHERE mr < 255)
         SELECT s.iccid, count(*) AS sent FROM sims s CROSS JOIN mrs CROSS JOIN attempts a INDEXED BY attempts_mr
         ON a.iccid = s.iccid AND a.mr = mrs.mr AND a.at >= ? WHERE a.outcome = 'sent' GROUP BY s.iccid`,
      ),
      lastReferences: reader.prepare<[], { iccid: string; mr: number }>(
        `WITH RECURSIVE mrs (mr) AS (VALUES (0) UNION ALL SELECT mr + 1 FROM mrs WHERE mr < 255)
         SELECT iccid, mr, max(at) FROM (
           SELECT s.iccid, mrs.mr, (SELECT at FROM attempts INDEXED BY attempts_mr
             WHERE iccid = s.iccid AND mr = mrs.mr AND outcome NOT IN ('refused', 'notSent') ORDER BY at DESC LIMIT 1) AS at
           FROM sims s CROSS JOIN mrs) WHERE at IS NOT NULL GROUP BY iccid`,
      ),
    };
  }

  see(sim: SeenSim): void {
    this.#sql.see.run(sim.iccid, sim.imsi, sim.number, sim.at, SEEN_AGAIN_MS);
  }

  /** Adds one to a counter of a SIM, in the transaction of what is counted. */
  count(iccid: string, what: 'sent' | 'delivered' | 'failed' | 'received'): void {
    this.#sql[what].run(iccid);
  }

  all(): StoredSim[] {
    const balances = this.#balances.latest();
    return this.#sql.all.all().map(({ iccid, imsi, number, at, sent, delivered, failed, received }) => ({
      iccid,
      imsi,
      number,
      at: at ?? 0,
      balance: balances.get(iccid) ?? null,
      counters: { sent, delivered, failed, received },
    }));
  }

  /** TP-MRs that a SIM took up: also the predicted ones of what may have gone out. */
  lastReferences(): ReadonlyMap<string, number> {
    return new Map(this.#sql.lastReferences.all().map(({ iccid, mr }) => [iccid, mr]));
  }

  sentSince(since: number): ReadonlyMap<string, number> {
    return new Map(this.#sql.sentSince.all(since).map(({ iccid, sent }) => [iccid, sent]));
  }
}
