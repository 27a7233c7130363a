import type { Money } from '../base/money.ts';
import { planMonth } from '../base/plan-month.ts';
import type { Stretch } from '../base/stretch.ts';
import type { AttemptRow } from './attempts.ts';
import type { Db } from './database.ts';
import type { SimPlans } from './records/plan.ts';
import type { SimLife } from './records/sim-life.ts';
import { NO_PLANS } from './sim-caps.ts';

const WEEK = 7 * 86_400_000;

/** How far back the last segment that cost money is looked for, milliseconds: longer than any operator waits. */
const LOOKED_BACK = 400 * 86_400_000;

/** What a segment costs if it goes now. */
export interface Terms {
  readonly price: Money | null;
  /** It comes out of the SIM's package. */
  readonly packaged: boolean;
}

/** What has been used of a package in its month. */
interface Month extends Stretch {
  used: number;
}

// Through the index of TP-MRs, each of the 256 and none: an index by time would be written with each segment.
const OF_SIM = `FROM (WITH RECURSIVE mrs (mr) AS (VALUES (-1) UNION ALL SELECT mr + 1 FROM mrs WHERE mr < 255) SELECT mr FROM mrs) m
  CROSS JOIN attempts a INDEXED BY attempts_mr ON a.iccid = ? AND a.mr IS nullif(m.mr, -1) AND a.at >= ?`;

/**
 * What goes out of the packages of SIMs, and what a segment costs by that. Counted in memory while it runs, so that a claim
 * asks nothing more of the file; a new process reads once for each SIM with a package what went out of it this month.
 */
export class SimUses {
  readonly #sql;
  readonly #months = new Map<string, Month>();
  #plans: SimPlans = NO_PLANS;

  constructor(writer: Db, reader: Db) {
    const packaged = (db: Db) =>
      db
        .prepare<[string, number], number>(
          `SELECT count(*) ${OF_SIM} WHERE a.packaged = 1 AND a.outcome IN ('sent', 'uncertain', 'resent', 'failed')`,
        )
        .pluck();
    this.#sql = {
      written: packaged(writer),
      read: packaged(reader),
      paidAt: reader
        .prepare<[string, number], number | null>(
          `SELECT max(a.at) ${OF_SIM} WHERE a.packaged = 0 AND a.outcome = 'sent' AND (a.price IS NULL OR a.price > 0)`,
        )
        .pluck(),
      since: reader.prepare<[string], { since: number | null; toppedUpAt: number | null }>(
        'SELECT since, topped_up_at AS toppedUpAt FROM sim_lives WHERE iccid = ?',
      ),
      rose: reader
        .prepare<[string], number>(
          `SELECT at FROM (SELECT seq, at, amount, currency, lag(amount) OVER w AS before, lag(currency) OVER w AS was
             FROM balances WHERE iccid = ? AND amount IS NOT NULL WINDOW w AS (ORDER BY seq))
           WHERE amount > before AND currency IS was ORDER BY seq DESC LIMIT 1`,
        )
        .pluck(),
      setSince: writer.prepare<[string, number]>('INSERT OR IGNORE INTO sim_lives (iccid, since) VALUES (?, ?)'),
      setToppedUp: writer.prepare<[string, number]>(
        'INSERT INTO sim_lives (iccid, topped_up_at) VALUES (?, ?) ON CONFLICT (iccid) DO UPDATE SET topped_up_at = excluded.topped_up_at',
      ),
    };
  }

  setPlans(plans: SimPlans): void {
    this.#plans = plans;
    this.#months.clear();
  }

  /** What a segment through a SIM to a number costs now. */
  terms(iccid: string, recipient: string, now: number): Terms {
    const price = this.#plans.priceOf(iccid, recipient);
    const plan = this.#plans.packageOf(iccid);
    if (!plan?.covers(recipient) || this.#month(iccid, now).used >= plan.size) return { price, packaged: false };
    return { price: price && { ...price, micros: 0 }, packaged: true };
  }

  /** The network took a segment. */
  sent({ iccid, packaged, at }: AttemptRow): void {
    const month = this.#months.get(iccid);
    if (packaged === 1 && month && at >= month.from && at < month.to) month.used += 1;
  }

  /** A SIM is seen in a modem; what counts is the first time. */
  see(iccid: string, at: number): void {
    this.#sql.setSince.run(iccid, at);
  }

  toppedUp(iccid: string, at: number): void {
    this.#sql.setToppedUp.run(iccid, at);
  }

  /** Reads rather much: for people, and now and then. */
  life(iccid: string, now: number): SimLife {
    const { since = null, toppedUpAt = null } = this.#sql.since.get(iccid) ?? {};
    const rose = this.#sql.rose.get(iccid) ?? null;
    const plan = this.#plans.packageOf(iccid);
    const month = plan && this.#stretch(iccid, now);
    return {
      since,
      toppedUpAt: toppedUpAt !== null && rose !== null ? Math.max(toppedUpAt, rose) : (toppedUpAt ?? rose),
      paidAt: this.#sql.paidAt.get(iccid, now - LOOKED_BACK) ?? null,
      package: month && {
        size: plan.size,
        used: this.#sql.read.get(iccid, month.from) ?? 0,
        lastWeek: this.#sql.read.get(iccid, now - WEEK) ?? 0,
        from: month.from,
        renewsAt: month.to,
      },
    };
  }

  #month(iccid: string, now: number): Month {
    const known = this.#months.get(iccid);
    if (known && known.from <= now && now < known.to) return known;
    const stretch = this.#stretch(iccid, now);
    const month = { ...stretch, used: this.#sql.written.get(iccid, stretch.from) ?? 0 };
    this.#months.set(iccid, month);
    return month;
  }

  #stretch(iccid: string, now: number): Stretch {
    return planMonth(now, this.#plans.capsOf(iccid).resetDay, this.#plans.timeZone);
  }
}
