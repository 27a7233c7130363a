import { type Static, Type } from 'typebox';
import { Instant, Nullable, OneOf, pageParameters } from './common.ts';

export const Inbound = Type.Object(
  {
    id: Type.String(),
    kind: OneOf(['text', 'mms'], {
      description: '`mms`: the operator tells of an MMS that waits there; it is not fetched, and `text` is null.',
    }),
    from: Type.String({ description: 'E.164, a short code, or the letters of an alphanumeric sender.' }),
    text: Nullable(Type.String(), { description: 'The whole text; null while segments are missing, and once it was erased.' }),
    textErasedAt: Nullable(Instant('When the text and the PDUs were erased, as retention says.')),
    receivedAt: Instant('When its first segment came from the modem.'),
    complete: Type.Boolean(),
    sim: Type.String({ description: 'ICCID of the SIM that it was sent to.' }),
    smscTime: Nullable(Type.String({ format: 'date-time' }), { description: "The SMSC's own time (TP-SCTS) with its own offset." }),
    answers: Nullable(Type.String(), { description: 'Id of the message that it most likely answers.' }),
    meaning: Nullable(Type.String(), {
      description: 'What Simpost took it for: `stop`, `start`, `help`, `yes`, `visit`, `wrongNumber`, `unsure`; null for anything else.',
    }),
    rule: Nullable(Type.String(), { description: 'The rule of the site that took it (`GET /v1/rules`).' }),
    tag: Nullable(Type.String(), { description: 'What that rule marked it with.' }),
    total: Type.Integer({ minimum: 1, description: 'How many segments it has.' }),
    revision: Type.Integer({ minimum: 1, description: 'One more each time that what is shown changed.' }),
    mms: Nullable(
      Type.Object(
        {
          from: Nullable(Type.String(), { description: 'Who sent it: E.164 or an e-mail address; `from` is mostly the operator.' }),
          size: Nullable(Type.Integer({ minimum: 0, description: 'Octets.' })),
        },
        { additionalProperties: false },
      ),
      { description: 'What the notification of an MMS says; null for a text.' },
    ),
    problem: Nullable(Type.String(), { description: 'What was wrong, where it could not be read; the raw PDU is in `segments`.' }),
    duplicates: Type.Integer({ minimum: 0, description: 'How often the network delivered it again.' }),
    segments: Type.Array(
      Type.Object(
        {
          n: Type.Integer({ minimum: 0 }),
          text: Type.String(),
          pdu: Type.String({ description: 'As the modem gave it, hexadecimal.' }),
          receivedAt: Instant('When it came.'),
        },
        { additionalProperties: false },
      ),
    ),
  },
  {
    $id: 'Inbound',
    additionalProperties: false,
    description: 'What a client wrote.',
    examples: [
      {
        id: 'in_5f0c1d2e3a4b5c6d7e8f9a0b',
        kind: 'text',
        from: '+380501234567',
        text: 'ПЕРЕНОС',
        textErasedAt: null,
        receivedAt: '2026-11-22T10:05:00.000Z',
        complete: true,
        sim: '8938001234567890123',
        smscTime: '2026-11-22T12:04:58+02:00',
        answers: 'msg_5f0c1d2e3a4b5c6d7e8f9a0b',
        meaning: null,
        rule: null,
        tag: null,
        total: 1,
        revision: 1,
        mms: null,
        problem: null,
        duplicates: 0,
        segments: [
          {
            n: 1,
            text: 'ПЕРЕНОС',
            pdu: '0791838001000000040C9183501032547600086211222140858000E041F041504150415041E0421',
            receivedAt: '2026-11-22T10:05:00.000Z',
          },
        ],
      },
    ],
  },
);
export type Inbound = Static<typeof Inbound>;

export const InboundQuery = Type.Object(
  {
    ...pageParameters,
    from: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: 'The sender: a number in any usual writing, a short code, or letters.' }),
    ),
    since: Type.Optional(
      Type.String({ maxLength: 64, format: 'date-time', description: 'Received at or after: RFC 3339 with an offset.' }),
    ),
  },
  { additionalProperties: false },
);
