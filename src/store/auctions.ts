import type { Db } from './database.ts';

interface Best {
  readonly amount: number;
  readonly leaderSeq: number;
}

/** The best bid of each auction, by the name of its definition. */
export class Auctions {
  readonly #sql;

  constructor(writer: Db) {
    this.#sql = {
      best: writer.prepare<[string], Best>('SELECT best AS amount, leader_seq AS leaderSeq FROM auctions WHERE definition = ?'),
      end: writer.prepare<[string]>('DELETE FROM auctions WHERE definition = ?'),
      lead: writer.prepare<[string, number, number, number]>(
        `INSERT INTO auctions (definition, best, leader_seq, at) VALUES (?, ?, ?, ?)
         ON CONFLICT (definition) DO UPDATE SET best = excluded.best, leader_seq = excluded.leader_seq, at = excluded.at`,
      ),
    };
  }

  best(definition: string): Best | undefined {
    return this.#sql.best.get(definition);
  }

  /** It is over: another one may begin under its name. */
  end(definition: string): void {
    this.#sql.end.run(definition);
  }

  lead(definition: string, leaderSeq: number, amount: number, at: number): void {
    this.#sql.lead.run(definition, amount, leaderSeq, at);
  }
}
