import { type Static, Type } from 'typebox';
import { Nullable } from './common.ts';

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
