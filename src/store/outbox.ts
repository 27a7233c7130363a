import type { Db } from './database.ts';
import type { Piece } from './portion.ts';
import type { DeliveryOutcome, DeliveryReason, Endpoint } from './records/event.ts';
import type { StoreGauges } from './records/gauges.ts';
import type { EventType } from './records/message.ts';
import type { DeliveryState } from './records/webhook.ts';

const WEEK_MS = 7 * 86_400_000;

export interface OutboxRow {
  readonly id: number;
  readonly tries: number;
  readonly createdAt: number;
  readonly eventSeq: number;
}

/** What became of a row, of which `FROM outbox` shows how far it is. */
export interface OutboxRecord {
  readonly id: number;
  readonly eventSeq: number;
  readonly tries: number;
  readonly createdAt: number;
  readonly dueAt: number | null;
  readonly settledAt: number | null;
  readonly status: number | null;
  readonly reason: DeliveryReason | null;
  readonly error: string | null;
}

/** Settled rows have an answer where they were delivered, and none where they were given up. */
const IN_STATE: Readonly<Record<DeliveryState, string>> = {
  pending: 'AND due_at IS NOT NULL',
  delivered: 'AND due_at IS NULL AND answer IS NOT NULL',
  failed: 'AND due_at IS NULL AND answer IS NULL',
};

/** Which webhook gets which event, and what has become of it: a row is written with its event, in the same transaction. */
export class Outbox {
  #endpoints: readonly Endpoint[] = [];
  /** The names of the endpoints that get an event of a type; filled as types come up. */
  readonly #takers = new Map<EventType, readonly string[]>();
  readonly #sql;

  constructor(writer: Db, reader: Db) {
    const list = (inState: string) =>
      reader.prepare<[string, number, number], OutboxRecord>(
        `SELECT id, event_seq AS eventSeq, tries, created_at AS createdAt, due_at AS dueAt, settled_at AS settledAt, answer AS status, reason, error
         FROM outbox INDEXED BY outbox_endpoint WHERE endpoint = ? AND id < ? ${inState} ORDER BY id DESC LIMIT ?`,
      );
    this.#sql = {
      add: writer.prepare<[string, number, number, number]>(
        'INSERT INTO outbox (endpoint, event_seq, due_at, created_at) VALUES (?, ?, ?, ?)',
      ),
      settle: writer.prepare<[number, number | null, DeliveryReason | null, string | null, number]>(
        'UPDATE outbox SET due_at = NULL, settled_at = ?, answer = ?, reason = ?, error = ?, tries = tries + 1 WHERE id = ? AND due_at IS NOT NULL',
      ),
      retry: writer.prepare<[number, DeliveryReason | null, string, number]>(
        'UPDATE outbox SET due_at = ?, reason = ?, error = ?, tries = tries + 1 WHERE id = ? AND due_at IS NOT NULL',
      ),
      oldest: writer.prepare<
        [number, number],
        { id: number; endpoint: string; created_at: number; due_at: number | null; settled_at: number | null }
      >('SELECT id, endpoint, created_at, due_at, settled_at FROM outbox WHERE id > ? ORDER BY id LIMIT ?'),
      drop: writer.prepare<[number, DeliveryReason | null, string, number]>(
        'UPDATE outbox SET due_at = NULL, settled_at = ?, reason = ?, error = ? WHERE id = ? AND due_at IS NOT NULL',
      ),
      setGone: writer.prepare<[number, number]>(
        'INSERT INTO gone_endpoints (endpoint, since) SELECT endpoint, ? FROM outbox WHERE id = ? ON CONFLICT DO NOTHING',
      ),
      back: writer.prepare<[string]>('DELETE FROM gone_endpoints WHERE endpoint = ?'),
      gone: reader.prepare<[], { endpoint: string; since: number }>('SELECT endpoint, since FROM gone_endpoints'),
      remove: writer.prepare<[number]>('DELETE FROM outbox WHERE id = ?'),
      due: reader.prepare<[string, number, number], OutboxRow>(
        `SELECT id, tries, created_at AS createdAt, event_seq AS eventSeq FROM outbox
         WHERE endpoint = ? AND due_at <= ? ORDER BY due_at, id LIMIT ?`,
      ),
      list: { any: list(''), pending: list(IN_STATE.pending), delivered: list(IN_STATE.delivered), failed: list(IN_STATE.failed) },
      again: writer.prepare<[number, number, string]>(
        'UPDATE outbox SET due_at = ?, tries = 0, settled_at = NULL, answer = NULL, reason = NULL, error = NULL WHERE id = ? AND endpoint = ?',
      ),
      failed: writer
        .prepare<[string, number, number, number], number>(
          `SELECT id FROM outbox INDEXED BY outbox_endpoint WHERE endpoint = ? AND id > ? ${IN_STATE.failed} AND created_at >= ? ORDER BY id LIMIT ?`,
        )
        .pluck(),
      // The index has the ids: no row is read but the oldest.
      pending: reader.prepare<[string], { pending: number; oldest: number | null }>(
        'SELECT count(*) AS pending, min(id) AS oldest FROM outbox INDEXED BY outbox_due WHERE endpoint = ? AND due_at IS NOT NULL',
      ),
      createdAt: reader.prepare<[number], number>('SELECT created_at FROM outbox WHERE id = ?').pluck(),
      next: reader.prepare<[string, number], number | null>('SELECT min(due_at) FROM outbox WHERE endpoint = ? AND due_at > ?').pluck(),
    };
  }

  setEndpoints(endpoints: readonly Endpoint[]): void {
    this.#endpoints = endpoints;
    this.#takers.clear();
  }

  /** Writes the rows of one event. */
  add(type: EventType, eventSeq: number, at: number): void {
    for (const endpoint of this.#takersOf(type)) this.#sql.add.run(endpoint, eventSeq, at, at);
  }

  #takersOf(type: EventType): readonly string[] {
    const known = this.#takers.get(type);
    if (known) return known;
    const family = `${type.slice(0, type.indexOf('.'))}.*`;
    const takers = this.#endpoints
      .filter(({ events }) => events.some((e) => e === '*' || e === family || e === type))
      .map(({ name }) => name);
    this.#takers.set(type, takers);
    return takers;
  }

  due(endpoint: string, now: number, limit: number): OutboxRow[] {
    return this.#sql.due.all(endpoint, now, limit);
  }

  next(endpoint: string, after: number): number | undefined {
    return this.#sql.next.get(endpoint, after) ?? undefined;
  }

  /** Which endpoints are gone, and since when. */
  gone(): ReadonlyMap<string, number> {
    return new Map(this.#sql.gone.all().map(({ endpoint, since }) => [endpoint, since]));
  }

  /** It is called again. */
  comeBack(endpoint: string): void {
    this.#sql.back.run(endpoint);
  }

  /** What is not settled of each endpoint, when the oldest of it was made, and whether it is gone. */
  pending(): StoreGauges['webhooks'] {
    const gone = this.gone();
    return this.#endpoints.map(({ name: endpoint }) => {
      const { pending, oldest } = this.#sql.pending.get(endpoint) ?? { pending: 0, oldest: null };
      return {
        endpoint,
        pending,
        oldestAt: oldest === null ? null : (this.#sql.createdAt.get(oldest) ?? null),
        isGone: gone.has(endpoint),
      };
    });
  }

  /** The newest first, below an id. */
  list(endpoint: string, state: DeliveryState | undefined, below: number, limit: number): OutboxRecord[] {
    return this.#sql.list[state ?? 'any'].all(endpoint, below, limit);
  }

  /** Makes rows of an endpoint due, as if never tried. @returns how many there were */
  again(endpoint: string, ids: readonly number[], now: number): number {
    return ids.reduce((sum, id) => sum + this.#sql.again.run(now, id, endpoint).changes, 0);
  }

  /** The same for all that were given up of what happened since then, a part at a time. */
  *failedAgain(endpoint: string, since: number, now: number): Generator<undefined, number, undefined> {
    let [sum, after] = [0, 0];
    for (
      let ids = this.#sql.failed.all(endpoint, after, since, 100);
      ids.length > 0;
      ids = this.#sql.failed.all(endpoint, after, since, 100)
    ) {
      sum += this.again(endpoint, ids, now);
      after = ids.at(-1) ?? after;
      yield;
    }
    return sum;
  }

  settle(id: number, outcome: DeliveryOutcome): void {
    switch (outcome.kind) {
      case 'delivered':
        this.#sql.settle.run(outcome.at, outcome.status, null, null, id);
        return;
      case 'retry':
        this.#sql.retry.run(outcome.dueAt, outcome.reason, outcome.error, id);
        return;
      case 'gone':
        this.#sql.setGone.run(outcome.at, id);
        this.#sql.settle.run(outcome.at, null, outcome.reason, outcome.error, id);
        return;
      case 'abandoned':
        this.#sql.settle.run(outcome.at, null, outcome.reason, outcome.error, id);
        return;
      case 'uncalled':
        this.#sql.drop.run(outcome.at, outcome.reason, outcome.error, id);
        return;
    }
  }

  /** Removes what was settled more than a week ago, and rows of endpoints that were taken out of the configuration. */
  purge(now: number): Piece {
    const known = new Set(this.#endpoints.map(({ name }) => name));
    for (const endpoint of this.gone().keys()) if (!known.has(endpoint)) this.comeBack(endpoint);
    let after = 0;
    return (most) => {
      const rows = this.#sql.oldest.all(after, most);
      for (const row of rows) {
        if (row.created_at > now - WEEK_MS) return true;
        if (row.settled_at === null ? !known.has(row.endpoint) : row.settled_at <= now - WEEK_MS) this.#sql.remove.run(row.id);
        after = row.id;
      }
      return rows.length < most;
    };
  }
}
