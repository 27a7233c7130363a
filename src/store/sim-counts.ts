import type { Db } from './database.ts';
import type { Window } from './plan-windows.ts';

/** How many of all, and how many of them were offers. */
export interface Count {
  readonly all: number;
  readonly offers: number;
}

const NOTHING: Count = { all: 0, offers: 0 };

/** For how long what was counted is needed: a month and a day, milliseconds of plan time. */
const KEPT = 32 * 86_400_000;

/**
 * What went through each SIM, by plan time. Sends are numbered as they come, so that the count of a window is the difference
 * of two numbers, and costs the same for ten as for ten thousand.
 */
export class SimCounts {
  readonly #sql;

  constructor(db: Db) {
    this.#sql = {
      upTo: db.prepare<[string, number], Count>(
        'SELECT n AS "all", offers FROM sim_sends WHERE iccid = ? AND at <= ? ORDER BY at DESC, n DESC LIMIT 1',
      ),
      sentNth: db
        .prepare<[string, number, number], number>('SELECT at FROM sim_sends WHERE iccid = ? AND at > ? AND n >= ? ORDER BY at, n LIMIT 1')
        .pluck(),
      offerNth: db
        .prepare<[string, number, number], number>(
          'SELECT at FROM sim_sends WHERE iccid = ? AND at > ? AND offers >= ? ORDER BY at, n LIMIT 1',
        )
        .pluck(),
      recipient: db.prepare<[string, string], { at: number; offerAt: number | null }>(
        'SELECT at, offer_at AS offerAt FROM sim_recipients WHERE iccid = ? AND recipient = ?',
      ),
      recipients: db
        .prepare<[string, number], number>('SELECT count(*) FROM sim_recipients INDEXED BY sim_recipients_at WHERE iccid = ? AND at > ?')
        .pluck(),
      offered: db
        .prepare<[string, number], number>(
          'SELECT count(*) FROM sim_recipients INDEXED BY sim_recipients_offer WHERE iccid = ? AND offer_at > ?',
        )
        .pluck(),
      recipientNth: db
        .prepare<[string, number], number>('SELECT at FROM sim_recipients WHERE iccid = ? ORDER BY at DESC LIMIT 1 OFFSET ?')
        .pluck(),
      offeredNth: db
        .prepare<[string, number], number>(
          'SELECT offer_at FROM sim_recipients WHERE iccid = ? AND offer_at IS NOT NULL ORDER BY offer_at DESC LIMIT 1 OFFSET ?',
        )
        .pluck(),
      addSend: db.prepare<[string, number, number, number, number]>(
        'INSERT INTO sim_sends (iccid, at, n, offers, wall) VALUES (?, ?, ?, ?, ?)',
      ),
      addRecipient: db.prepare<[string, string, number, number | null]>(
        `INSERT INTO sim_recipients (iccid, recipient, at, offer_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (iccid, recipient) DO UPDATE SET at = excluded.at, offer_at = coalesce(excluded.offer_at, offer_at)`,
      ),
      last: db.prepare<[string], { at: number; n: number }>('SELECT at, n FROM sim_sends WHERE iccid = ? ORDER BY at DESC, n DESC LIMIT 1'),
      moveSend: db.prepare<[number, number, string, number, number]>(
        'UPDATE sim_sends SET at = ?, wall = ? WHERE iccid = ? AND at = ? AND n = ?',
      ),
      moveRecipient: db.prepare<[number, number, number, string, string]>(
        'UPDATE sim_recipients SET at = ?, offer_at = iif(offer_at = ?, ?, offer_at) WHERE iccid = ? AND recipient = ?',
      ),
      nextSim: db.prepare<[string], string>('SELECT iccid FROM sim_sends WHERE iccid > ? ORDER BY iccid LIMIT 1').pluck(),
      forgetSends: db.prepare<[string, string, number]>(
        // The newest row that is too old stays: what is counted after it begins with its number.
        'DELETE FROM sim_sends WHERE iccid = ? AND at < (SELECT max(at) FROM sim_sends WHERE iccid = ? AND at <= ?)',
      ),
      forgetRecipients: db.prepare<[string, number]>('DELETE FROM sim_recipients WHERE iccid = ? AND at <= ?'),
    };
  }

  within(iccid: string, { unique, since }: Window): Count {
    if (unique) return { all: this.#sql.recipients.get(iccid, since) ?? 0, offers: this.#sql.offered.get(iccid, since) ?? 0 };
    const all = this.#upTo(iccid, Number.MAX_SAFE_INTEGER);
    const before = this.#upTo(iccid, since);
    return { all: all.all - before.all, offers: all.offers - before.offers };
  }

  /** Whether something, or an offer, was counted for a recipient after that. */
  knows(iccid: string, recipient: string, since: number): { any: boolean; offer: boolean } {
    const row = this.#sql.recipient.get(iccid, recipient);
    const isAfter = (at: number | null | undefined): boolean => at !== null && at !== undefined && at > since;
    return { any: isAfter(row?.at), offer: isAfter(row?.offerAt) };
  }

  /** Of what is within a window, when that was counted which must leave it before there is room for one more. */
  blocker(iccid: string, { unique, since, limit, offers }: Window, offer: boolean): number | undefined {
    const most = offer ? offers : limit;
    if (unique) return (offer ? this.#sql.offeredNth : this.#sql.recipientNth).get(iccid, most - 1);
    const last = this.#upTo(iccid, Number.MAX_SAFE_INTEGER);
    return offer ? this.#sql.offerNth.get(iccid, since, last.offers - most + 1) : this.#sql.sentNth.get(iccid, since, last.all - most + 1);
  }

  /** @param at plan time, whole milliseconds, not before what was counted last */
  add(iccid: string, recipient: string, offer: boolean, at: number, wall: number): void {
    const last = this.#upTo(iccid, Number.MAX_SAFE_INTEGER);
    this.#sql.addSend.run(iccid, at, last.all + 1, last.offers + (offer ? 1 : 0), wall);
    this.#sql.addRecipient.run(iccid, recipient, at, offer ? at : null);
  }

  /** Counts the last send, which was to this recipient, at this later time. @param at plan time, whole milliseconds */
  moveLast(iccid: string, recipient: string, at: number, wall: number): void {
    const last = this.#sql.last.get(iccid);
    if (!last) return;
    this.#sql.moveSend.run(at, wall, iccid, last.at, last.n);
    this.#sql.moveRecipient.run(at, last.at, at, iccid, recipient);
  }

  /** Forgets what no window reaches back to any more. */
  purge(at: number): void {
    for (let iccid = this.#sql.nextSim.get(''); iccid !== undefined; iccid = this.#sql.nextSim.get(iccid)) {
      this.#sql.forgetSends.run(iccid, iccid, at - KEPT);
      this.#sql.forgetRecipients.run(iccid, at - KEPT);
    }
  }

  #upTo(iccid: string, at: number): Count {
    return this.#sql.upTo.get(iccid, at) ?? NOTHING;
  }
}
