import { Type } from 'typebox';
import { Instant, Nullable, OneOf } from './common.ts';

export const ModemParams = Type.Object({
  modem: Type.String({
    minLength: 1,
    description: 'The port, the IMEI or the configured name of the modem; a port with `/` written as `%2F`.',
  }),
});

export const TraceQuery = Type.Object(
  { after: Type.Optional(Type.Integer({ minimum: 0, description: 'Only lines after the one with this number.' })) },
  { additionalProperties: false },
);

export const RecordTrace = Type.Object(
  { seconds: Type.Integer({ minimum: 1, maximum: 3600, description: 'How long; then it ends by itself.' }) },
  { $id: 'RecordTrace', additionalProperties: false, examples: [{ seconds: 600 }] },
);

export const Trace = Type.Object(
  {
    port: Type.String(),
    recording: Nullable(
      Type.Object(
        { file: Type.String({ description: 'On the machine of the daemon.' }), until: Instant('When it ends by itself.') },
        { additionalProperties: false },
      ),
      { description: 'What is being written into a file now.' },
    ),
    last: Type.Integer({ minimum: 0, description: 'The number of the newest line; it begins at 1 again when the daemon starts.' }),
    lines: Type.Array(
      Type.Object(
        { n: Type.Integer({ minimum: 1 }), at: Instant('When it was said.'), direction: OneOf(['sent', 'heard']), text: Type.String() },
        { additionalProperties: false },
      ),
      { description: 'At most the last 200, oldest first.' },
    ),
  },
  {
    $id: 'Trace',
    additionalProperties: false,
    description: 'What was said to a modem, and what it said. Texts, PDUs, PINs and all digits of a number after the sixth are taken out.',
    examples: [
      {
        port: '/dev/ttyUSB2',
        recording: null,
        last: 3412,
        lines: [
          { n: 3411, at: '2026-11-22T10:00:00.000Z', direction: 'sent', text: 'AT+CSQ' },
          { n: 3412, at: '2026-11-22T10:00:00.020Z', direction: 'heard', text: '+CSQ: 20,99' },
        ],
      },
    ],
  },
);
