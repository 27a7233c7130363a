import { type Static, Type } from 'typebox';
import { Instant, Nullable, OneOf, pageParameters } from './common.ts';

export const Call = Type.Object(
  {
    id: Type.String(),
    from: Nullable(Type.String(), { description: 'E.164 where it can be, or a short number; null where it was not told.' }),
    withheld: Type.Boolean({ description: 'The caller keeps the number back.' }),
    sim: Type.String({ description: 'ICCID of the SIM that was called.' }),
    state: OneOf(['ringing', 'missed']),
    startedAt: Instant('When it first rang.'),
    duration: Nullable(Type.Integer({ minimum: 0 }), { description: 'Seconds from the first ring to the end; null while it rings.' }),
    rings: Type.Integer({ minimum: 1 }),
    hungUp: Type.Boolean({ description: 'It was hung up here (`calls.hangUpAfter`).' }),
  },
  {
    $id: 'Call',
    additionalProperties: false,
    description: 'Somebody called a SIM. Calls are never answered here.',
    examples: [
      {
        id: 'call_5f0c1d2e3a4b5c6d7e8f9a0b',
        from: '+380501234567',
        withheld: false,
        sim: '8938001234567890123',
        state: 'missed',
        startedAt: '2026-11-22T10:05:00.000Z',
        duration: 17,
        rings: 4,
        hungUp: false,
      },
    ],
  },
);
export type Call = Static<typeof Call>;

export const CallQuery = Type.Object(
  {
    ...pageParameters,
    from: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'Who called: a number in any usual writing.' })),
    since: Type.Optional(
      Type.String({ maxLength: 64, format: 'date-time', description: 'First rang at or after: RFC 3339 with an offset.' }),
    ),
  },
  { additionalProperties: false },
);
