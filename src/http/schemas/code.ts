import { type Static, Type } from 'typebox';
import { LANGUAGES } from '../../policy/language.ts';
import { Instant, Nullable, OneOf } from './common.ts';
import { Expected } from './cost.ts';

export const SendCode = Type.Object(
  {
    to: Type.String({ description: 'One number, as for a message.', examples: ['+380501234567'] }),
    template: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 60,
        default: 'signIn',
        description:
          'What the code is for: `signIn`, `payment`, `confirmNumber`, `passwordChange`, `unlock`, or the name of an `[[otpTemplate]]`.',
      }),
    ),
    language: Type.Optional(OneOf(LANGUAGES, { description: 'In which the text is written; that of the site unless given.' })),
    length: Type.Optional(Type.Integer({ minimum: 4, maximum: 10, default: 6, description: 'How many digits the code has.' })),
    validFor: Type.Optional(
      Type.Integer({
        minimum: 30,
        maximum: 3600,
        description:
          'Seconds that the code is good; a text that has not gone out by then is not sent. `messages.validFor.otp` unless given.',
      }),
    ),
  },
  { $id: 'SendCode', additionalProperties: false, examples: [{ to: '+380501234567', template: 'payment' }] },
);
export type SendCode = Static<typeof SendCode>;

export const IssuedCode = Type.Object(
  {
    id: Type.String({ description: 'For `POST /v1/otp/{id}/verify`.' }),
    messageId: Type.String({ description: 'The message that carries it.' }),
    expiresAt: Instant('Until then it is good.'),
    attemptsLeft: Type.Integer({ minimum: 0, description: 'How often it may be tried.' }),
    segmentCount: Type.Integer({ minimum: 1, description: 'Segments that the text takes.' }),
    cost: Expected,
  },
  {
    $id: 'IssuedCode',
    additionalProperties: false,
    description: 'A code on its way. The code itself is told to nobody but the recipient.',
    examples: [
      {
        id: 'otp_5f0c1d2e3a4b5c6d7e8f9a0b',
        messageId: 'msg_0a1b2c3d4e5f60718293a4b5',
        expiresAt: '2026-11-22T10:05:00.000Z',
        attemptsLeft: 5,
        segmentCount: 1,
        cost: { segments: 1, amount: '0.65', currency: 'UAH', sim: '8938003992345678901' },
      },
    ],
  },
);
export type IssuedCode = Static<typeof IssuedCode>;

export const VerifyCode = Type.Object(
  { code: Type.String({ minLength: 1, maxLength: 64, description: 'As the client typed it in; blanks and hyphens do not matter.' }) },
  { $id: 'VerifyCode', additionalProperties: false, examples: [{ code: '042 917' }] },
);
export type VerifyCode = Static<typeof VerifyCode>;

export const CodeVerdict = Type.Object(
  {
    valid: Type.Boolean(),
    reason: Nullable(OneOf(['wrong', 'expired', 'used', 'superseded', 'noAttemptsLeft']), {
      description: 'Why it is not valid. `superseded`: a newer code went to the same number. Null when it is valid.',
    }),
    attemptsLeft: Type.Integer({ minimum: 0 }),
  },
  { $id: 'CodeVerdict', additionalProperties: false, examples: [{ valid: false, reason: 'wrong', attemptsLeft: 4 }] },
);
export type CodeVerdict = Static<typeof CodeVerdict>;
