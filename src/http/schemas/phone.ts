import { type Static, Type } from 'typebox';
import { Instant, Nullable, OneOf } from './common.ts';

const STATES = ['on', 'off', 'barred', 'unknown'] as const;

export const Phone = Type.Object(
  {
    number: Type.String({ description: 'E.164.' }),
    name: Nullable(Type.String()),
    state: OneOf(STATES, {
      description: '`on` takes texts, `off` does not answer, `barred` refuses them, `unknown` is a number that nobody has.',
    }),
    talk: Type.Array(
      Type.Object(
        {
          direction: OneOf(['in', 'out'], { description: '`in` came to the phone, `out` was written on it.' }),
          with: Type.String({ description: 'The number at the other end.' }),
          text: Type.String(),
          segments: Type.Integer({ minimum: 1 }),
          at: Instant('When.'),
        },
        { additionalProperties: false },
      ),
      { description: 'What its screen shows, the oldest first; at most the last hundred. Empty for whoever may not read texts.' },
    ),
  },
  {
    $id: 'Phone',
    additionalProperties: false,
    description: 'A virtual phone.',
    examples: [
      {
        number: '+380670000002',
        name: 'Тарас',
        state: 'on',
        talk: [{ direction: 'in', with: '+380501234567', text: 'Ваш візит завтра о 9:30.', segments: 1, at: '2026-11-22T10:00:00.000Z' }],
      },
    ],
  },
);
export type Phone = Static<typeof Phone>;

export const Phones = Type.Object(
  { data: Type.Array(Phone) },
  { $id: 'Phones', additionalProperties: false, description: 'The phones of the virtual network.' },
);

export const WriteOnPhone = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: 1530 }) },
  { $id: 'WriteOnPhone', additionalProperties: false, examples: [{ text: 'ПЕРЕНОС' }] },
);

export const SwitchPhone = Type.Object(
  { state: OneOf(['on', 'off']) },
  { $id: 'SwitchPhone', additionalProperties: false, examples: [{ state: 'off' }] },
);
