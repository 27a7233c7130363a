import { type Static, Type } from 'typebox';
import { Instant, Nullable } from './common.ts';

export const SignalQuery = Type.Object(
  {
    since: Type.Optional(
      Type.String({ maxLength: 64, format: 'date-time', description: 'From when on: RFC 3339 with an offset; a day ago unless given.' }),
    ),
  },
  { additionalProperties: false },
);

export const Signal = Type.Object(
  {
    imei: Type.String(),
    data: Type.Array(
      Type.Object(
        {
          at: Instant('When it was asked.'),
          dbm: Nullable(Type.Integer(), { description: 'Null while it was not registered, or did not tell.' }),
          sim: Type.String({ description: 'ICCID of the card that was in it.' }),
        },
        { additionalProperties: false },
      ),
      { description: 'The oldest first, one each five minutes while there was a SIM in it.' },
    ),
  },
  {
    $id: 'Signal',
    additionalProperties: false,
    description: 'How well a modem heard its network.',
    examples: [{ imei: '867648012345678', data: [{ at: '2026-11-22T10:00:00.000Z', dbm: -73, sim: '8938001234567890123' }] }],
  },
);

export type Signal = Static<typeof Signal>;
