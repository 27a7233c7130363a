import { purposeRank } from '../base/purpose.ts';
import type { Db } from './database.ts';
import type { ClientState } from './records/client-state.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What is older is not waited for any more, or was never ended by anybody, milliseconds. */
const UNANSWERED = 2 * DAY;
const STALE_REPAIR = 60 * DAY;
const RATED = 30 * DAY;

/** A visit is over so long after it began. */
const VISIT = 3 * HOUR;

/** Ratings up to this are low. */
const LOW = 3;

/** How things are with a client, as far as it bears on whether an offer is welcome. */
export class ClientStates {
  readonly #reader: Db;
  readonly #sql;

  constructor(reader: Db) {
    this.#reader = reader;
    this.#sql = {
      wrote: reader
        .prepare<[string], number>(
          'SELECT received_at FROM inbound INDEXED BY inbound_sender WHERE sender = ? AND visible = 1 ORDER BY seq DESC LIMIT 1',
        )
        .pluck(),
      answered: reader
        .prepare<[string, number, number], number>(
          'SELECT 1 FROM messages INDEXED BY messages_recipient WHERE recipient = ? AND accepted_at >= ? AND rank <> ? LIMIT 1',
        )
        .pluck(),
      visit: reader
        .prepare<[string, number, number], number | null>(
          `SELECT max(starts_at) FROM occasions INDEXED BY occasions_recipient WHERE recipient = ? AND kind = 'visit' AND starts_at BETWEEN ? AND ?
           AND coalesce(status, '') NOT IN ('cancelled', 'waiting', 'done')`,
        )
        .pluck(),
      repair: reader
        .prepare<[string, number], number>(
          `SELECT 1 FROM occasions INDEXED BY occasions_recipient WHERE recipient = ? AND kind = 'repair' AND changed_at > ?
           AND coalesce(status, '') NOT IN ('ready', 'done', 'delivered', 'collected', 'cancelled') LIMIT 1`,
        )
        .pluck(),
      lowRating: reader
        .prepare<[string, number, number], number | null>(
          `SELECT max(r.at) FROM occasions o INDEXED BY occasions_recipient CROSS JOIN ratings r INDEXED BY ratings_occasion ON r.occasion_seq = o.seq
           WHERE o.recipient = ? AND r.at > ? AND r.rating <= ?`,
        )
        .pluck(),
    };
  }

  /** Of the number, as committed. */
  of(to: string, now: number): ClientState {
    if (!this.#reader.open) return { waitsForAnswer: false, visitOverAt: null, repairUnderWay: false, lowRatingOverAt: null };
    const { wrote, answered, visit, repair, lowRating } = this.#sql;
    const wroteAt = wrote.get(to) ?? 0;
    const visitAt = visit.get(to, now - VISIT, now + DAY) ?? null;
    const ratedAt = lowRating.get(to, now - RATED, LOW) ?? null;
    return {
      waitsForAnswer: wroteAt > now - UNANSWERED && answered.get(to, wroteAt, purposeRank('promotional')) === undefined,
      visitOverAt: visitAt === null ? null : visitAt + VISIT,
      repairUnderWay: repair.get(to, now - STALE_REPAIR) === 1,
      lowRatingOverAt: ratedAt === null ? null : ratedAt + RATED,
    };
  }
}
