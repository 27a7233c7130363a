import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { COUNTS, Statistic } from '../store/records/statistic.ts';
import { answers } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { instantIn } from './query.ts';
import { Shared } from './schemas/common.ts';
import { RatingsQuery, type Statistics, StatisticsQuery } from './schemas/statistic.ts';
import { shapeMoney } from './shape.ts';
import type { Slices } from './slices.ts';

const tags = ['statistics'];

const DAY = 86_400_000;

/** Are there fewer no-shows? What did the month cost? What do clients think? */
export function statisticsRoutes(app: Api, { store, clock, timeZone }: ApiParts, slices: Slices): void {
  const period = ({ from: begin, to: end }: { from?: string; to?: string }, days: number): { from: number; to: number } => {
    const to = end === undefined ? clock.now() : instantIn('to', end);
    const from = begin === undefined ? to - days * DAY : instantIn('from', begin);
    if (from < to) return { from, to };
    const why = 'is not before to: ask for a time that has a length';
    throw new Fault('requestInvalid', `The parameter from ${why}.`, [{ pointer: '?from', detail: why }]);
  };

  app.get(
    '/v1/statistics',
    {
      schema: {
        operationId: 'getStatistics',
        tags,
        summary: 'What was sent, what came back, and who came',
        description:
          'By day at the site, purpose, kind of occasion, template or SIM. Messages count when they were sent, answers when they came, occasions at their time.',
        querystring: StatisticsQuery,
        response: answers({ 200: { description: 'The figures.', schema: Shared('Statistics') } }, ['requestInvalid']),
      },
    },
    async (request): Promise<Statistics> => {
      const { from, to } = period(request.query, 30);
      const { by = 'day' } = request.query;
      const data = await store.statistics.of({ from, to, groupBy: by, timeZone }, () => slices.next());
      return {
        from: rfc3339(from),
        to: rfc3339(to),
        by,
        data: data.map((row) => ({ group: row.group, ...shape(row) })),
        totals: shape(sum(data)),
      };
    },
  );

  app.get(
    '/v1/ratings',
    {
      schema: {
        operationId: 'getRatings',
        tags,
        summary: 'What clients thought, by resource',
        querystring: RatingsQuery,
        response: answers({ 200: { description: 'Averages and how they are spread.', schema: Shared('Ratings') } }, ['requestInvalid']),
      },
    },
    (request) => {
      const { from, to } = period(request.query, 90);
      const data = store.statistics.ratings(from, to).map(({ resource, count, sum: total, distribution }) => ({
        resource,
        count,
        average: Math.round((total / count) * 100) / 100,
        distribution: Object.fromEntries(distribution.map((n, i) => [String(i + 1), n])),
      }));
      return Promise.resolve({ data });
    },
  );
}

type Row = Omit<Statistic, 'group'>;

function shape({ cost, ...row }: Row): Statistics['totals'] {
  const { sent, delivered, failed, replied, optedOut, visits, confirmed, moved, cancelled, came, didNotCome } = row;
  return {
    sent,
    delivered,
    failed,
    replied,
    optedOut,
    cost: [...cost].map(([currency, micros]) => shapeMoney({ micros, currency })),
    visits,
    confirmed,
    moved,
    cancelled,
    came,
    didNotCome,
  };
}

function sum(rows: readonly Statistic[]): Row {
  const cost = new Map<string, number>();
  for (const row of rows) for (const [currency, micros] of row.cost) cost.set(currency, (cost.get(currency) ?? 0) + micros);
  const total = (name: (typeof COUNTS)[number]): number => rows.reduce((all, row) => all + row[name], 0);
  return {
    sent: total('sent'),
    delivered: total('delivered'),
    failed: total('failed'),
    replied: total('replied'),
    optedOut: total('optedOut'),
    visits: total('visits'),
    confirmed: total('confirmed'),
    moved: total('moved'),
    cancelled: total('cancelled'),
    came: total('came'),
    didNotCome: total('didNotCome'),
    cost,
  };
}
