import { type Static, Type } from 'typebox';
import { PURPOSES } from '../../base/purpose.ts';
import { AdviceList, Kind } from './advice.ts';
import { OneOf } from './common.ts';
import { Expected } from './cost.ts';

export const PreviewRequest = Type.Object(
  {
    text: Type.String({ examples: ['Ваш візит 24.11 о 14:30'] }),
    transliterate: Type.Optional(Type.Boolean({ default: false })),
    to: Type.Optional(Type.String({ description: 'Whom it would go to, for the price; any number of the site’s country unless given.' })),
    purpose: Type.Optional(OneOf(PURPOSES, { default: 'service' })),
    sim: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'The SIM to send through, as in `POST /v1/messages`.' })),
    kind: Kind,
  },
  { $id: 'PreviewRequest', additionalProperties: false, examples: [{ text: 'Your visit: 24.11, 14:30 – see you!' }] },
);

/** Whether a text that was counted may be a message. */
export const fits = {
  maxSegments: Type.Integer({ minimum: 1, description: 'The most that a message may have (`messages.maxSegments`).' }),
  tooLong: Type.Boolean({ description: 'As a message it would be refused with `textTooLong`.' }),
};

export const Preview = Type.Object(
  {
    encoding: OneOf(['gsm7', 'ucs2']),
    units: Type.Integer({ minimum: 0, description: 'Septets (an extension character takes two) or UTF-16 units, of the whole text.' }),
    segmentCount: Type.Integer({ minimum: 1 }),
    ...fits,
    unitsPerSegment: Type.Integer({
      minimum: 1,
      description: '160, 153, 70 or 67 ...: how much each segment holds, now that there are so many.',
    }),
    room: Type.Integer({ minimum: 0, description: 'Units left before one more segment is needed.' }),
    segments: Type.Array(Type.Object({ text: Type.String(), units: Type.Integer({ minimum: 0 }) }, { additionalProperties: false })),
    forcedBy: Type.Array(Type.String(), { description: 'The characters that the GSM 7-bit alphabet lacks, each once.' }),
    suggestions: Type.Array(Type.Object({ character: Type.String(), replacement: Type.String() }, { additionalProperties: false }), {
      description: 'What to write instead to stay in the GSM 7-bit alphabet.',
    }),
    text: Type.String({ description: 'The text as it would be sent.' }),
    cost: Expected,
    advice: AdviceList,
  },
  {
    $id: 'Preview',
    additionalProperties: false,
    description: 'How a text would be cut, and why.',
    examples: [
      {
        encoding: 'ucs2',
        units: 35,
        segmentCount: 1,
        maxSegments: 10,
        tooLong: false,
        unitsPerSegment: 70,
        room: 35,
        segments: [{ text: 'Your visit: 24.11, 14:30 – see you!', units: 35 }],
        forcedBy: ['–'],
        suggestions: [{ character: '–', replacement: '-' }],
        text: 'Your visit: 24.11, 14:30 – see you!',
        cost: { segments: 1, amount: '0.65', currency: 'UAH', sim: '8938001234567890123' },
        advice: [
          {
            rule: 'senderName',
            reason: 'senderName',
            sentence: 'Your name is not in the text, so the client cannot tell who writes. Add it.',
            where: null,
          },
        ],
      },
    ],
  },
);
export type Preview = Static<typeof Preview>;
