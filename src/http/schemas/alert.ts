import { type Static, Type } from 'typebox';
import { Instant, Nullable, OneOf, pageParameters } from './common.ts';

export const Alert = Type.Object(
  {
    id: Type.String(),
    kind: Type.String({ description: 'What is wrong, for programs: `noSim`, `simBarred`, `diskLow` ...' }),
    subject: Nullable(Type.String(), { description: 'What it is about: an ICCID, a modem, a webhook, a key; null for the box.' }),
    sentence: Type.String({ description: 'What is wrong and what to do, or that it is over, in the language of the site.' }),
    facts: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), {
      description: 'What `sentence` names, for whoever says it in another language.',
    }),
    at: Instant('When it began.'),
    overAt: Nullable(Instant('When it was over.')),
    mailedAt: Nullable(Instant('When it was told by e-mail.')),
    textedAt: Nullable(Instant('When it was told by SMS.')),
  },
  {
    $id: 'Alert',
    additionalProperties: false,
    description: 'Something for which the box needs somebody.',
    examples: [
      {
        id: 'alr_5f0c1d2e3a4b5c6d7e8f9a0b',
        kind: 'noSim',
        subject: null,
        sentence: 'No SIM can send. Look at power, antenna and modems; the page Modems says why.',
        facts: {},
        at: '2026-11-22T10:00:00.000Z',
        overAt: null,
        mailedAt: '2026-11-22T10:01:00.000Z',
        textedAt: null,
      },
    ],
  },
);
export type Alert = Static<typeof Alert>;

export const AlertTest = Type.Object(
  {
    channels: Type.Array(
      Type.Object(
        {
          channel: OneOf(['mail', 'text']),
          error: Nullable(Type.String(), { description: 'Why it did not go; null where it did.' }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { $id: 'AlertTest', additionalProperties: false, description: 'What became of a test; empty where nobody is named in `[alerts]`.' },
);

export const AlertQuery = Type.Object(
  { ...pageParameters, all: Type.Optional(Type.Boolean({ description: 'Also those that are over.' })) },
  { additionalProperties: false },
);
