import { type Static, Type } from 'typebox';
import { STATISTIC_GROUPS } from '../../store/records/statistic.ts';
import { Instant, Nullable, OneOf } from './common.ts';
import { Price } from './cost.ts';

const when = (description: string) => Type.Optional(Type.String({ maxLength: 64, format: 'date-time', description }));

export const StatisticsQuery = Type.Object(
  {
    from: when('30 days before `to` unless given.'),
    to: when('Now unless given.'),
    by: Type.Optional(OneOf(STATISTIC_GROUPS, { default: 'day' })),
  },
  { additionalProperties: false },
);

const count = (description: string) => Type.Integer({ minimum: 0, description });

const counts = {
  sent: count('Messages that the network took.'),
  delivered: count('Of those, the ones that arrived by now.'),
  failed: count('Messages that were refused, failed, expired, or did not arrive.'),
  replied: count('Texts of clients that answered one.'),
  optedOut: count('Of those, the ones that asked for no more.'),
  cost: Type.Array(Price, { description: 'What it cost, by currency, where the prices were known.' }),
  visits: count('Occasions of that time. By template, those that were told by it.'),
  confirmed: count('Of those, the ones that the client confirmed.'),
  moved: count('Those that got another time, or whose client asked for one.'),
  cancelled: count('Those that are off.'),
  came: count('Those to which the client came.'),
  didNotCome: count('Those to which the client did not come.'),
};

export const Statistics = Type.Object(
  {
    from: Instant('From when.'),
    to: Instant('Until when.'),
    by: OneOf(STATISTIC_GROUPS),
    data: Type.Array(
      Type.Object(
        {
          group: Nullable(Type.String(), {
            description:
              'A day at the site, a purpose, a kind of occasion, a kind and a step or template, an ICCID; null for what belongs to none.',
          }),
          ...counts,
        },
        { additionalProperties: false },
      ),
    ),
    totals: Type.Object(counts, { additionalProperties: false }),
  },
  { $id: 'Statistics', additionalProperties: false, description: 'The figures that the owner asks about.' },
);
export type Statistics = Static<typeof Statistics>;

export const RatingsQuery = Type.Object(
  { from: when('90 days before `to` unless given.'), to: when('Now unless given.') },
  { additionalProperties: false },
);

export const Ratings = Type.Object(
  {
    data: Type.Array(
      Type.Object(
        {
          resource: Nullable(Type.String(), { description: 'Your name of the doctor, the bay or the site.' }),
          count: count('How many clients gave one.'),
          average: Type.Number({ minimum: 1, maximum: 5, description: 'To two places.' }),
          distribution: Type.Object(Object.fromEntries([1, 2, 3, 4, 5].map((n) => [String(n), count(`How many gave ${n}.`)])), {
            additionalProperties: false,
          }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { $id: 'Ratings', additionalProperties: false, description: 'What clients thought.' },
);
