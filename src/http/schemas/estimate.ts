import { type Static, Type } from 'typebox';
import { Nullable, OneOf } from './common.ts';

const share = Type.Optional(Type.Integer({ minimum: 0, maximum: 100, default: 0 }));

export const EstimateRequest = Type.Object(
  {
    recipients: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Clients.' }),
    sendsPerMonth: Type.Integer({ minimum: 1, maximum: 100, description: 'Messages to each of them in a month.' }),
    text: Type.Optional(Type.String({ maxLength: 1530, description: 'What they read; or `length` and `letters` instead.' })),
    length: Type.Optional(Type.Integer({ minimum: 1, maximum: 1530, description: 'Characters of the text, where it is not written yet.' })),
    letters: Type.Optional(OneOf(['cyrillic', 'latin'], { description: 'What it is written in; with `length`.' })),
    shares: Type.Optional(
      Type.Object(
        { otp: share, service: share, promotional: share },
        { additionalProperties: false, description: 'Of a hundred messages, how many are of each purpose; all `service` unless given.' },
      ),
    ),
    hoursPerDay: Type.Optional(Type.Integer({ minimum: 1, maximum: 24, default: 12, description: 'In which messages go out.' })),
    sims: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description: 'As if there were so many SIMs, with the caps of `[simDefaults]`; those in a modem now unless given.',
      }),
    ),
    to: Type.Optional(Type.String({ description: 'A number as theirs are, for the price; any of the site’s country unless given.' })),
    sim: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'The SIM whose price is taken: an ICCID or a name.' })),
  },
  {
    $id: 'EstimateRequest',
    additionalProperties: false,
    examples: [{ recipients: 1000, sendsPerMonth: 2, length: 134, letters: 'cyrillic', shares: { otp: 10, service: 70, promotional: 20 } }],
  },
);
export type EstimateRequest = Static<typeof EstimateRequest>;

const amount = (description: string) => Nullable(Type.String({ pattern: '^-?\\d+\\.\\d{2,6}$' }), { description });

export const Estimate = Type.Object(
  {
    encoding: OneOf(['gsm7', 'ucs2']),
    segmentsEach: Type.Integer({ minimum: 1, description: 'Segments of one message.' }),
    sends: Type.Integer({ minimum: 1, description: 'Messages of a month.' }),
    segments: Type.Integer({ minimum: 1, description: 'Segments of a month.' }),
    byPurpose: Type.Array(
      Type.Object(
        { purpose: OneOf(['otp', 'service', 'promotional']), sends: Type.Integer(), segments: Type.Integer() },
        { additionalProperties: false },
      ),
    ),
    amount: amount('What a month costs: a decimal number as text; null where no price is known.'),
    currency: Nullable(Type.String({ description: 'ISO 4217.' })),
    simsThere: Type.Integer({ minimum: 0 }),
    simsNeeded: Type.Integer({ minimum: 1, description: 'SIMs with the caps of `[simDefaults]` that carry a month within a month.' }),
    daysNeeded: Nullable(Type.Integer({ minimum: 1 }), {
      description:
        'Days that the SIMs there are take for a month under their caps; beyond 30 they do not keep up. Null where they cannot at all.',
    }),
    savings: Type.Array(
      Type.Object(
        {
          way: OneOf(['shorten', 'transliterate']),
          units: Type.Integer({
            description: 'Characters (septets, UTF-16 units): the most for so few segments, or what it has in Latin letters.',
          }),
          segmentsEach: Type.Integer({ minimum: 1 }),
          segments: Type.Integer({ minimum: 1 }),
          amount: amount('What a month costs then.'),
          saved: amount('How much less that is.'),
        },
        { additionalProperties: false },
      ),
      {
        description:
          'The same message with fewer segments. Of a text of which only the length is known, Latin letters are taken to be a tenth more than Cyrillic ones.',
      },
    ),
  },
  {
    $id: 'Estimate',
    additionalProperties: false,
    examples: [
      {
        encoding: 'ucs2',
        segmentsEach: 2,
        sends: 2000,
        segments: 4000,
        byPurpose: [
          { purpose: 'otp', sends: 200, segments: 400 },
          { purpose: 'service', sends: 1400, segments: 2800 },
          { purpose: 'promotional', sends: 400, segments: 800 },
        ],
        amount: '2600.00',
        currency: 'UAH',
        simsThere: 1,
        simsNeeded: 1,
        daysNeeded: 10,
        savings: [
          { way: 'transliterate', units: 148, segmentsEach: 1, segments: 2000, amount: '1300.00', saved: '1300.00' },
          { way: 'shorten', units: 70, segmentsEach: 1, segments: 2000, amount: '1300.00', saved: '1300.00' },
        ],
      },
    ],
  },
);
export type Estimate = Static<typeof Estimate>;
