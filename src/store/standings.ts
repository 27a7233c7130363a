import type { Db } from './database.ts';
import type { EventLog } from './event-log.ts';
import type { SimReports, SimStanding } from './records/standing.ts';
import type { Tx } from './work.ts';

const COLUMNS = 'iccid, at, standing, cause';

/** How each SIM stands with its operator, each change with its event. */
export class Standings {
  readonly #events: EventLog;
  readonly #sql;

  constructor(writer: Db, reader: Db, events: EventLog) {
    this.#events = events;
    this.#sql = {
      add: writer.prepare<[string, number, string, string | null]>(
        'INSERT INTO sim_standings (iccid, at, standing, cause) VALUES (?, ?, ?, ?)',
      ),
      bySeq: reader.prepare<[number], SimStanding>(`SELECT ${COLUMNS} FROM sim_standings WHERE seq = ?`),
      latest: reader.prepare<[], SimStanding>(
        `SELECT ${COLUMNS} FROM sim_standings WHERE seq IN (SELECT max(seq) FROM sim_standings GROUP BY iccid)`,
      ),
      reports: reader.prepare<[number], SimReports>(
        // Through the index of TP-MRs, as in `sims.ts`.
        `WITH RECURSIVE mrs (mr) AS (VALUES (0) UNION ALL SELECT mr + 1 FROM mrs WHERE mr < 255)
         SELECT s.iccid, count(*) AS asked, count(a.report) AS reported FROM sims s CROSS JOIN mrs CROSS JOIN attempts a
         INDEXED BY attempts_mr ON a.iccid = s.iccid AND a.mr = mrs.mr AND a.at >= ? WHERE a.outcome = 'sent' GROUP BY s.iccid`,
      ),
    };
  }

  keep(tx: Tx, { iccid, at, standing, cause }: SimStanding): void {
    const { lastInsertRowid } = this.#sql.add.run(iccid, at, standing, cause);
    this.#events.standing(tx, standing, Number(lastInsertRowid), at);
  }

  bySeq(seq: number): SimStanding | undefined {
    return this.#sql.bySeq.get(seq);
  }

  /** The latest of each SIM that ever had one. */
  latest(): SimStanding[] {
    return this.#sql.latest.all();
  }

  reportsSince(since: number): SimReports[] {
    return this.#sql.reports.all(since);
  }
}
