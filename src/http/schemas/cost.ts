import { type Static, Type } from 'typebox';
import { COST_GROUPS } from '../../store/records/cost.ts';
import { Instant, Nullable, OneOf } from './common.ts';

const money = {
  amount: Type.String({
    pattern: '^\\d+\\.\\d{2,6}$',
    description: 'A decimal number as text, since a bill is exact.',
    examples: ['1.30'],
  }),
  currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.', examples: ['UAH'] }),
};

export const Price = Type.Object(money, { additionalProperties: false });
export type Price = Static<typeof Price>;

export const ExpectedCost = Type.Object(
  {
    segments: Type.Integer({ minimum: 1 }),
    ...money,
    sim: Type.String({ description: 'ICCID of the SIM that would carry it, as things are now.' }),
  },
  { additionalProperties: false },
);
export type ExpectedCost = Static<typeof ExpectedCost>;

/** What is expected to be paid; null where no price is known. */
export const Expected = Nullable(ExpectedCost, {
  description:
    'What it will cost through the SIM that would carry it, by `prices` of the configuration; null where no price is known. What each segment did cost stands with its attempts.',
});

const when = (description: string) => Type.Optional(Type.String({ maxLength: 64, format: 'date-time', description }));

export const CostsQuery = Type.Object(
  {
    from: when('Sent at or after: RFC 3339 with an offset; 30 days before `to` unless given.'),
    to: when('Sent before: RFC 3339 with an offset; now unless given.'),
    groupBy: Type.Optional(OneOf(COST_GROUPS, { default: 'purpose' })),
  },
  { additionalProperties: false },
);

const amount = Nullable(money.amount, { description: 'A decimal number as text; null where the price was not known.' });

const sum = {
  currency: Nullable(money.currency, { description: 'ISO 4217; null for segments of which the price was not known.' }),
  segments: Type.Integer({ minimum: 0, description: 'Copies that the network took.' }),
  amount,
  inDoubt: Type.Object(
    { segments: Type.Integer({ minimum: 0 }), amount },
    { additionalProperties: false, description: 'Copies that may have gone out and may have been charged; they are not in the sum.' },
  ),
};

export const Costs = Type.Object(
  {
    from: Instant('The first instant that counts.'),
    to: Instant('The first that counts no more.'),
    groupBy: OneOf(COST_GROUPS),
    data: Type.Array(
      Type.Object(
        { group: Type.String({ description: 'A purpose, an ICCID, the id of a key, or a day at the site as `2026-11-22`.' }), ...sum },
        { additionalProperties: false },
      ),
      { description: 'One sum for each group and currency.' },
    ),
    totals: Type.Array(Type.Object(sum, { additionalProperties: false }), { description: 'One sum for each currency.' }),
  },
  {
    $id: 'Costs',
    additionalProperties: false,
    examples: [
      {
        from: '2026-11-01T00:00:00.000Z',
        to: '2026-12-01T00:00:00.000Z',
        groupBy: 'purpose',
        data: [
          { group: 'otp', currency: 'UAH', segments: 20, amount: '13.00', inDoubt: { segments: 0, amount: '0.00' } },
          { group: 'service', currency: 'UAH', segments: 310, amount: '201.50', inDoubt: { segments: 1, amount: '0.65' } },
        ],
        totals: [{ currency: 'UAH', segments: 330, amount: '214.50', inDoubt: { segments: 1, amount: '0.65' } }],
      },
    ],
  },
);
export type Costs = Static<typeof Costs>;
