import type { Db } from './database.ts';
import type { EventLog } from './event-log.ts';
import type { Balance, NewBalance } from './records/balance.ts';
import type { Tx } from './work.ts';

interface BalanceRow {
  readonly iccid: string;
  readonly at: number;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly packageLeft: number | null;
  readonly packageUnit: string | null;
}

const COLUMNS = 'iccid, at, amount, currency, package_left AS packageLeft, package_unit AS packageUnit';

/** What operators said is left on each SIM, all of it in order; an event is written when one falls below its threshold. */
export class Balances {
  readonly #events: EventLog;
  readonly #sql;

  constructor(writer: Db, reader: Db, events: EventLog) {
    this.#events = events;
    this.#sql = {
      add: writer.prepare<[string, number, number | null, string | null, number | null, string | null, number]>(
        'INSERT INTO balances (iccid, at, amount, currency, package_left, package_unit, low) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ),
      wasLow: writer.prepare<[string], number>('SELECT low FROM balances WHERE iccid = ? ORDER BY seq DESC LIMIT 1').pluck(),
      bySeq: reader.prepare<[number], BalanceRow>(`SELECT ${COLUMNS} FROM balances WHERE seq = ?`),
      latest: reader.prepare<[], BalanceRow>(`SELECT ${COLUMNS} FROM balances WHERE seq IN (SELECT max(seq) FROM balances GROUP BY iccid)`),
    };
  }

  keep(tx: Tx, { iccid, at, amount, currency, package: left, low }: NewBalance): void {
    const wasLow = this.#sql.wasLow.get(iccid) === 1;
    const { lastInsertRowid } = this.#sql.add.run(iccid, at, amount, currency, left?.left ?? null, left?.unit ?? null, low ? 1 : 0);
    // Once, until it is above again.
    if (low && !wasLow) this.#events.balanceLow(tx, Number(lastInsertRowid), at);
  }

  /** One that was told, with its SIM. */
  bySeq(seq: number): (Balance & { readonly iccid: string }) | undefined {
    const row = this.#sql.bySeq.get(seq);
    return row && { iccid: row.iccid, ...balanceOf(row) };
  }

  /** The latest of each SIM, by ICCID. */
  latest(): Map<string, Balance> {
    return new Map(this.#sql.latest.all().map((row) => [row.iccid, balanceOf(row)]));
  }
}

const balanceOf = ({ at, amount, currency, packageLeft, packageUnit }: BalanceRow): Balance => ({
  at,
  amount,
  currency,
  package: packageLeft === null || packageUnit === null ? null : { left: packageLeft, unit: packageUnit },
});
