import { type Static, Type } from 'typebox';
import { PURPOSES } from '../../base/purpose.ts';
import { Instant, Nullable, OneOf } from './common.ts';

const STATES = ['running', 'paused'] as const;

export const SetSending = Type.Object(
  {
    state: OneOf(STATES, { description: '`running` ends the pause of exactly this purpose and SIM; others stay.' }),
    purpose: Type.Optional(OneOf(PURPOSES, { description: 'Only what is for this; everything unless given.' })),
    sim: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'Only through this SIM, by ICCID or configured name; through all unless given.',
      }),
    ),
  },
  { $id: 'SetSending', additionalProperties: false, examples: [{ state: 'paused', purpose: 'promotional' }] },
);
export type SetSending = Static<typeof SetSending>;

export const Sending = Type.Object(
  {
    state: OneOf(STATES, { description: '`paused` while nothing at all is sent.' }),
    pauses: Type.Array(
      Type.Object(
        {
          purpose: Nullable(OneOf(PURPOSES), { description: 'Null for every purpose.' }),
          sim: Nullable(Type.String(), { description: 'ICCID; null for every SIM.' }),
          since: Instant('When it began.'),
        },
        { additionalProperties: false },
      ),
      { description: 'Everything that is paused, the oldest first.' },
    ),
    queue: Type.Object(
      {
        ready: Type.Integer({ minimum: 0, description: 'Segments that wait for a SIM.' }),
        waiting: Type.Integer({ minimum: 0, description: 'Segments that wait for their time.' }),
      },
      { additionalProperties: false },
    ),
  },
  {
    $id: 'Sending',
    additionalProperties: false,
    description: 'Whether the queue is sent, and what is left out.',
    examples: [
      {
        state: 'running',
        pauses: [{ purpose: 'promotional', sim: null, since: '2026-11-22T10:00:00.000Z' }],
        queue: { ready: 1200, waiting: 40 },
      },
    ],
  },
);
export type Sending = Static<typeof Sending>;
