import type { Db } from './database.ts';
import type { EventLog } from './event-log.ts';
import type { SimAlert, SimAlertKind } from './records/sim-life.ts';
import type { Tx } from './work.ts';

/** What somebody was told of SIMs: each thing once, until it was over. */
export class SimAlerts {
  readonly #events: EventLog;
  readonly #sql;

  constructor(writer: Db, reader: Db, events: EventLog) {
    this.#events = events;
    this.#sql = {
      open: writer.prepare<[string], { seq: number; kind: SimAlertKind }>(
        'SELECT seq, kind FROM sim_alerts WHERE iccid = ? AND over_at IS NULL',
      ),
      add: writer.prepare<[string, SimAlertKind, number, string]>('INSERT INTO sim_alerts (iccid, kind, at, sentence) VALUES (?, ?, ?, ?)'),
      end: writer.prepare<[number, number]>('UPDATE sim_alerts SET over_at = ? WHERE seq = ?'),
      bySeq: reader.prepare<[number], SimAlert & { readonly iccid: string }>('SELECT iccid, kind, sentence FROM sim_alerts WHERE seq = ?'),
    };
  }

  /** What is so of a SIM now; an event for what was not so before. */
  keep(tx: Tx, iccid: string, alerts: readonly SimAlert[], now: number): void {
    const open = this.#sql.open.all(iccid);
    for (const { seq, kind } of open) if (!alerts.some((alert) => alert.kind === kind)) this.#sql.end.run(now, seq);
    for (const { kind, sentence } of alerts) {
      if (open.some((one) => one.kind === kind)) continue;
      const { lastInsertRowid } = this.#sql.add.run(iccid, kind, now, sentence);
      this.#events.simAlert(tx, Number(lastInsertRowid), now);
    }
  }

  bySeq(seq: number): (SimAlert & { readonly iccid: string }) | undefined {
    return this.#sql.bySeq.get(seq);
  }
}
