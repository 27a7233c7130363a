import { localDays } from '../base/local-day.ts';
import { purposeOf } from '../base/purpose.ts';
import type { Db } from './database.ts';
import { COUNTS, type RatingSum, type Statistic, type StatisticFilter, type StatisticGroup } from './records/statistic.ts';
import type { Since } from './since.ts';

/** A day begins at a quarter of an hour in every time zone, so that these can be summed before they are told apart. */
const QUARTER_HOUR = 900_000;

/** TP-MRs that are read at once: some milliseconds for a year of a busy SIM. */
const AT_ONCE = 16;

/** Rows of a table that are read at once. */
const ROWS = 5000;

type Sums = Partial<Record<(typeof COUNTS)[number], number>> & {
  readonly group: string | number | null;
  readonly currency?: string | null;
  readonly micros?: number;
};

/** What each group is, of a message, its first attempt or what was heard at a time, and of an occasion. */
const OF_MESSAGE: Readonly<Record<StatisticGroup, (at: string, sim: string) => string>> = {
  day: (at) => `${at} / ${QUARTER_HOUR}`,
  purpose: () => 'm.rank',
  kind: () => 'o.kind',
  template: () => "o.kind || '.' || coalesce(s.variant, substr(s.step, 1, instr(s.step || ':', ':') - 1))",
  sim: (_at, sim) => sim,
};

const OF_OCCASION: Readonly<Record<StatisticGroup, string | null>> = {
  day: `o.starts_at / ${QUARTER_HOUR}`,
  purpose: null,
  kind: 'o.kind',
  template: OF_MESSAGE.template('', ''),
  sim: null,
};

const TOLD =
  'LEFT JOIN occasion_steps s ON s.seq = (SELECT min(seq) FROM occasion_steps WHERE message_id = m.id) LEFT JOIN occasions o ON o.seq = s.occasion_seq';

const VISITS = `count(*) AS visits, sum(o.answer IS 'confirmed') AS confirmed, sum(o.moves > 0 OR o.answer IS 'moveAsked') AS moved,
  sum(o.status IS 'cancelled') AS cancelled, sum(o.attendance IS 'came') AS came, sum(o.attendance IS 'didNotCome') AS didNotCome`;

/** The figures that the owner asks about, counted from what there is: no second book could say something else. */
export class Statistics {
  readonly #since: Since;
  readonly #sql;

  constructor(reader: Db, since: Since) {
    this.#since = since;
    const joins = (group: StatisticGroup): string => (group === 'kind' || group === 'template' ? TOLD : '');
    const statements = (group: StatisticGroup) => ({
      // Through the index of TP-MRs, as the costs are; n is 1 in the attempts of a first segment.
      sent: reader.prepare<[string, number | null, number, number], Sums>(
        `SELECT ${OF_MESSAGE[group]('a.at', 'a.iccid')} AS "group", a.currency, sum(a.id / 4096 % 256 = 1) AS sent,
           sum(a.id / 4096 % 256 = 1 AND m.status = 'delivered') AS delivered, sum(coalesce(a.price, 0)) AS micros
         FROM attempts a INDEXED BY attempts_mr JOIN messages m ON m.seq = a.id / 1048576 ${joins(group)}
         WHERE a.iccid = ? AND a.mr IS ? AND a.at >= ? AND a.at < ? AND a.outcome = 'sent' GROUP BY 1, 2`,
      ),
      failed: reader.prepare<[string, number, number], Sums>(
        `SELECT ${OF_MESSAGE[group]('m.updated_at', 'm.sim')} AS "group", count(*) AS failed
         FROM messages m INDEXED BY messages_status ${joins(group)} WHERE m.status = ? AND m.updated_at >= ? AND m.updated_at < ? GROUP BY 1`,
      ),
      heard: reader.prepare<[number, number, number, number], Sums>(
        `SELECT ${OF_MESSAGE[group]('i.received_at', 'i.iccid')} AS "group", count(*) AS replied, sum(i.meaning IS 'stop') AS optedOut
         FROM inbound i JOIN messages m ON m.id = i.answers ${joins(group)}
         WHERE i.seq >= ? AND i.seq < ? AND i.received_at >= ? AND i.received_at < ? GROUP BY 1`,
      ),
      visits: OF_OCCASION[group] === null ? undefined : visits(reader, group, OF_OCCASION[group]),
    });
    this.#sql = {
      sims: reader.prepare<[], string>('SELECT iccid FROM sims ORDER BY iccid').pluck(),
      lastInbound: reader.prepare<[], number | null>('SELECT max(seq) FROM inbound').pluck(),
      ratings: reader.prepare<[number, number], { resource: string | null; rating: number; count: number }>(
        `SELECT o.resource, r.rating, count(*) AS count FROM ratings r JOIN occasions o ON o.seq = r.occasion_seq
         WHERE r.at >= ? AND r.at < ? GROUP BY 1, 2`,
      ),
      groups: {
        day: statements('day'),
        purpose: statements('purpose'),
        kind: statements('kind'),
        template: statements('template'),
        sim: statements('sim'),
      },
    };
  }

  /** @param rest awaited between parts, so that others have a turn */
  async of({ from, to, groupBy, timeZone }: StatisticFilter, rest: () => Promise<void>): Promise<Statistic[]> {
    const nameOf = names(groupBy, timeZone);
    const sql = this.#sql.groups[groupBy];
    const totals = new Map<string | null, Statistic>();
    const add = (rows: readonly Sums[]): void => {
      for (const row of rows) {
        const group = row.group === null ? null : nameOf(row.group);
        totals.set(group, plus(totals.get(group) ?? nothing(group), row));
      }
    };
    for (const iccid of this.#sql.sims.all()) {
      for (let mr = -1; mr < 256; mr += 1) {
        if ((mr + 1) % AT_ONCE === 0) await rest();
        add(sql.sent.all(iccid, mr < 0 ? null : mr, from, to));
      }
    }
    for (const status of ['failed', 'undelivered', 'expired', 'refused']) {
      await rest();
      add(sql.failed.all(status, from, to));
    }
    const last = this.#sql.lastInbound.get() ?? 0;
    for (let seq = this.#since.first('inbound', from) ?? last + 1; seq <= last; seq += ROWS) {
      await rest();
      add(sql.heard.all(seq, seq + ROWS, from, to));
    }
    if (sql.visits) {
      await rest();
      add(sql.visits.all(from, to));
    }
    return [...totals.values()].sort((a, b) => ((a.group ?? '') < (b.group ?? '') ? -1 : 1));
  }

  /** What clients thought, by resource. */
  ratings(from: number, to: number): RatingSum[] {
    const sums = new Map<string | null, { count: number; sum: number; distribution: [number, number, number, number, number] }>();
    for (const { resource, rating, count } of this.#sql.ratings.all(from, to)) {
      const of = sums.get(resource) ?? { count: 0, sum: 0, distribution: [0, 0, 0, 0, 0] };
      of.count += count;
      of.sum += rating * count;
      of.distribution[rating - 1] = (of.distribution[rating - 1] ?? 0) + count;
      sums.set(resource, of);
    }
    return [...sums].map(([resource, of]) => ({ resource, ...of })).sort((a, b) => ((a.resource ?? '') < (b.resource ?? '') ? -1 : 1));
  }
}

/** Of a template, those that were told by it; else all. Who waits for a time has none. */
function visits(reader: Db, group: StatisticGroup, name: string) {
  const told = group === 'template' ? "JOIN occasion_steps s ON s.occasion_seq = o.seq AND s.state = 'accepted' AND s.saying IS NULL" : '';
  return reader.prepare<[number, number], Sums>(
    `SELECT ${name} AS "group", ${VISITS} FROM occasions o INDEXED BY occasions_starts ${told}
     WHERE o.starts_at >= ? AND o.starts_at < ? AND o.repeats IS NULL GROUP BY 1`,
  );
}

/** What a group is called, from what the rows have. */
function names(groupBy: StatisticGroup, timeZone: string): (group: string | number) => string {
  if (groupBy === 'purpose') return (group) => purposeOf(Number(group));
  if (groupBy !== 'day') return String;
  const day = localDays(timeZone);
  return (group) => day(Number(group) * QUARTER_HOUR);
}

const nothing = (group: string | null): Statistic => ({
  group,
  sent: 0,
  delivered: 0,
  failed: 0,
  replied: 0,
  optedOut: 0,
  visits: 0,
  confirmed: 0,
  moved: 0,
  cancelled: 0,
  came: 0,
  didNotCome: 0,
  cost: new Map(),
});

function plus(a: Statistic, b: Sums): Statistic {
  const counts = Object.fromEntries(COUNTS.map((name) => [name, a[name] + (b[name] ?? 0)]));
  if (!b.currency) return { ...a, ...counts };
  return { ...a, ...counts, cost: new Map([...a.cost, [b.currency, (a.cost.get(b.currency) ?? 0) + (b.micros ?? 0)]]) };
}
