import { type Static, Type } from 'typebox';
import { PURPOSES } from '../../base/purpose.ts';
import { RESOLUTIONS } from '../../store/records/acceptance.ts';
import { SIM_CHOICES } from '../../store/records/choice.ts';
import { MESSAGE_STATUSES, SEGMENT_STATES } from '../../store/records/message.ts';
import { AdviceList, Kind } from './advice.ts';
import { Instant, NOT_BLANK, Nullable, OneOf, pageParameters, Shared } from './common.ts';
import { Expected, Price } from './cost.ts';

const ID = 'msg_5f0c1d2e3a4b5c6d7e8f9a0b';
const ICCID = '8938001234567890123';

/** What a caller may say about one message; unknown fields are refused. */
const wish = {
  to: Type.String({
    description: 'One number: E.164, or as people in the country of the site write it.',
    examples: ['+380501234567', '050 123-45-67'],
  }),
  text: Type.String({
    description:
      'What the client reads. Characters outside the GSM 7-bit alphabet make it UCS2 (70 characters a segment instead of 160). Line feed, carriage return, form feed and tab may stand in it, other control characters may not.',
    examples: ['Ваш візит 24.11 о 14:30. Щоб перенести, відповідайте ПЕРЕНОС'],
  }),
  purpose: Type.Optional(
    OneOf(PURPOSES, {
      default: 'service',
      description: 'What it is for: decides how soon it goes and which rules of policy apply. The text of an `otp` is never shown again.',
    }),
  ),
  kind: Kind,
  sim: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'The SIM to send through: an ICCID or a configured name.',
      examples: ['front desk'],
    }),
  ),
  validFor: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 31_622_400,
      description: 'Seconds that it stays worth sending; after that it expires.',
      examples: [3600],
    }),
  ),
  sendAt: Type.Optional(
    Type.String({
      maxLength: 64,
      format: 'date-time',
      description: 'Not before then, but for a reminder (`notAfter`) that quiet hours move to the evening before: RFC 3339 with an offset.',
      examples: ['2026-11-23T09:00:00+02:00'],
    }),
  ),
  notAfter: Type.Optional(
    Type.String({
      maxLength: 64,
      format: 'date-time',
      description:
        'Of a reminder: the moment of what it reminds of, RFC 3339 with an offset. It is never sent later. Where quiet hours are in its way it goes after them if that leaves three hours (`policy.reminderLead`), else before them.',
      examples: ['2026-11-24T14:30:00+02:00'],
    }),
  ),
  ifNoWindow: Type.Optional(
    OneOf(['refuse', 'send'], {
      default: 'refuse',
      description: 'What becomes of it when no allowed hour is left before its time: 422 `noWindow`, or it goes all the same.',
    }),
  ),
  flash: Type.Optional(Type.Boolean({ default: false, description: 'Class 0: shown at once, usually not kept by the phone.' })),
  transliterate: Type.Optional(
    Type.Boolean({
      default: false,
      description: 'Write it in letters of the GSM 7-bit alphabet, for fewer segments, if all of it can be; otherwise it goes as it is.',
    }),
  ),
  topic: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 40,
      description:
        'What it is about, in one word of yours (`reminder`, `greeting`, `news`): a client who answers STOP to a service text ends its topic, or its purpose where it has none.',
      examples: ['reminder'],
    }),
  ),
  reference: Type.Optional(
    Type.String({ maxLength: 255, description: 'Your own reference, kept and given back.', examples: ['visit-1042'] }),
  ),
};

export const SendMessage = Type.Object(
  {
    ...wish,
    byHand: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'A person who is logged in answers a client who has written or called: quiet hours and frequency caps then warn (verdict `warn`) and hold nothing. 403 with an API key, since a program is no person.',
      }),
    ),
    dryRun: Type.Optional(
      Type.Boolean({ default: false, description: 'Check and plan only: 200 with what would be, nothing stored, nothing sent.' }),
    ),
  },
  {
    $id: 'SendMessage',
    additionalProperties: false,
    examples: [{ to: '+380501234567', text: 'Ваш візит 24.11 о 14:30. Щоб перенести, відповідайте ПЕРЕНОС', reference: 'visit-1042' }],
  },
);
export type SendMessage = Static<typeof SendMessage>;

/** One message of a batch: as `SendMessage`, but for `dryRun`. */
export const BatchItem = Type.Object(wish, { $id: 'BatchItem', additionalProperties: false });
export type BatchItem = Static<typeof BatchItem>;

export const sendBatch = (maxItems: number) =>
  Type.Object(
    { messages: Type.Array(Shared('BatchItem'), { minItems: 1, maxItems }) },
    {
      $id: 'SendBatch',
      additionalProperties: false,
      examples: [
        {
          messages: [
            { to: '+380501234567', text: 'Ваше авто готове' },
            { to: '+380671234567', text: 'Завтра о 9:00 чекаємо на ТО' },
          ],
        },
      ],
    },
  );

export const ReleaseMessage = Type.Object(
  { reason: Type.String({ ...NOT_BLANK, maxLength: 200, description: 'Why it may go now; kept with your key in the audit log.' }) },
  { $id: 'ReleaseMessage', additionalProperties: false, examples: [{ reason: 'The client asked for it on the phone' }] },
);

/** Without the text: who runs the box need not read what others send. */
export const Released = Type.Object(
  { id: Type.String(), status: Type.Literal('queued'), reason: Type.Literal('released') },
  { $id: 'Released', additionalProperties: false, examples: [{ id: ID, status: 'queued', reason: 'released' }] },
);

export const Resolve = Type.Object(
  {
    as: OneOf(RESOLUTIONS, {
      description:
        '`sent`: it went out, count it so; `failed`: it did not, give it up; `resend`: send what is in doubt once more, flagged `possibleDuplicate`.',
    }),
  },
  { $id: 'Resolve', additionalProperties: false, examples: [{ as: 'resend' }] },
);
export type Resolve = Static<typeof Resolve>;

const AttemptView = Type.Object(
  {
    sim: Type.String({ description: 'ICCID.' }),
    at: Instant('When it began.'),
    outcome: OneOf(['pending', 'sent', 'refused', 'notSent', 'uncertain', 'resent', 'failed'], {
      description: '`uncertain`: it may have gone out; `resent`: so it was sent once more, flagged.',
    }),
    cause: Nullable(Type.String(), {
      description: '`CMS-38`, `CME-30`, `EV-TIMEOUT`, `CMS-512/wavecom` where the meaning is a maker’s own ... or null.',
    }),
    choice: Nullable(OneOf(SIM_CHOICES), {
      description:
        'Why this SIM: it was `requested`; other segments had `begun` there; the client knows it (`sticky`); it is `preferred` for such numbers or `cheapest`; it was the `onlyOne` that could; it was the `first` that was free, the least loaded of several. Null for attempts of before this was kept.',
    }),
    price: Nullable(Price, {
      description: 'What the segment costs where the network took it, by the prices of then; null where none was known.',
    }),
  },
  { additionalProperties: false },
);

const PolicyView = Type.Object(
  {
    decidedAt: Instant('When policy was asked last; what is so now is `status`.'),
    decision: OneOf(['send', 'hold', 'refuse']),
    until: Nullable(Instant('When a hold ends.')),
    released: Nullable(Type.Object({ at: Instant('When.'), key: Type.String(), reason: Type.String() }, { additionalProperties: false }), {
      description: 'Who let it go although policy held it, and why.',
    }),
    rules: Type.Array(
      Type.Object(
        {
          rule: Type.String(),
          verdict: OneOf(['pass', 'warn', 'hold', 'refuse'], {
            description: '`warn`: it goes, since a person answers by hand; another message would be held for this reason.',
          }),
          reason: Type.String(),
        },
        { additionalProperties: false },
      ),
    ),
  },
  {
    additionalProperties: false,
    description: 'What policy decided when it was asked last (with the message, or when its turn came), and what each rule said then.',
  },
);

/** What a message is, wherever it is shown. */
const summary = {
  id: Nullable(Type.String(), { description: 'Null for a dry run.' }),
  to: Type.String({ description: 'E.164.' }),
  text: Nullable(Type.String(), { description: 'As the caller gave it; null where it is hidden or was erased.' }),
  textHidden: Type.Boolean({ description: 'True for `otp`: a code is shown to nobody but its recipient.' }),
  textErasedAt: Nullable(Instant('When the text was erased, as retention says.')),
  purpose: OneOf(PURPOSES),
  status: OneOf(MESSAGE_STATUSES),
  reason: Nullable(Type.String(), {
    description: 'Why the status is what it is, where there is something to say: `scheduled`, `simAtItsCap`, `partial` ...',
  }),
  encoding: OneOf(['gsm7', 'ucs2']),
  segmentCount: Type.Integer({ minimum: 1 }),
  possibleDuplicate: Type.Boolean({ description: 'True once something happened that can have put a second copy on the air.' }),
  flash: Type.Boolean(),
  transliterated: Type.Boolean({ description: 'Whether the text as sent differs from the text as given.' }),
  topic: Nullable(Type.String()),
  reference: Nullable(Type.String()),
  sim: Nullable(Type.String(), { description: 'ICCID of the SIM that it goes or went through, or was asked for.' }),
  sendAt: Nullable(Instant('Not before then, but for a reminder that quiet hours move.')),
  notAfter: Nullable(Instant('Of a reminder: what it reminds of.')),
  acceptedAt: Instant('When it was accepted (for a dry run: would have been).'),
  expiresAt: Instant('Not after then.'),
  updatedAt: Instant('When it last changed.'),
  key: Type.String({ description: 'Id of the API key that it came with.' }),
};

export const MessageSummary = Type.Object(summary, {
  $id: 'MessageSummary',
  additionalProperties: false,
  description: 'A message as events show it.',
});
export type MessageSummary = Static<typeof MessageSummary>;

export const Message = Type.Object(
  {
    ...summary,
    name: Type.Optional(
      Nullable(Type.String(), {
        description:
          'Of the contact with this number, or of up to three who share it; to whom may read, where messages are listed and shown.',
      }),
    ),
    damaged: Type.Boolean({
      description:
        'True where the disk has not kept what was written: the text, the number or another field may be wrong. What is not sent of it never will be (`failed`, reason `damaged`); restore a backup.',
    }),
    dueAt: Nullable(Instant('When it goes on at the earliest, where it waits for a time: what is `held`, and what is tried again.')),
    policy: PolicyView,
    cost: Type.Optional(Expected),
    queueDelaySeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'With 202, while the queue is long (`queue.softLimit`): about how long it waits for its turn.',
      }),
    ),
    advice: Type.Optional(AdviceList),
    segments: Type.Array(
      Type.Object(
        {
          n: Type.Integer({ minimum: 1, description: 'Its place in the message.' }),
          state: OneOf(SEGMENT_STATES),
          mr: Nullable(Type.Integer({ minimum: 0, maximum: 255 }), { description: 'TP-MR of the last attempt that got one.' }),
          attempts: Type.Array(AttemptView),
        },
        { additionalProperties: false },
      ),
    ),
    events: Type.Array(
      Type.Object({ type: Type.String(), at: Instant('When.'), reason: Nullable(Type.String()) }, { additionalProperties: false }),
    ),
  },
  {
    $id: 'Message',
    additionalProperties: false,
    description: 'One text for one recipient, with its segments and every attempt to send them.',
    examples: [
      {
        id: ID,
        to: '+380501234567',
        name: 'Олена Коваль',
        text: 'Ваше авто готове',
        textHidden: false,
        textErasedAt: null,
        purpose: 'service',
        status: 'delivered',
        reason: null,
        encoding: 'ucs2',
        segmentCount: 1,
        possibleDuplicate: false,
        flash: false,
        transliterated: false,
        topic: null,
        reference: 'order-7',
        sim: ICCID,
        sendAt: null,
        notAfter: null,
        acceptedAt: '2026-11-22T10:00:00.000Z',
        expiresAt: '2026-11-23T10:00:00.000Z',
        updatedAt: '2026-11-22T10:00:07.420Z',
        key: 'key_0a1b2c3d4e5f60718293a4b5',
        damaged: false,
        dueAt: null,
        policy: {
          decidedAt: '2026-11-22T10:00:00.000Z',
          decision: 'send',
          until: null,
          released: null,
          rules: [{ rule: 'schedule', verdict: 'pass', reason: 'due' }],
        },
        segments: [
          {
            n: 1,
            state: 'delivered',
            mr: 42,
            attempts: [
              {
                sim: ICCID,
                at: '2026-11-22T10:00:00.012Z',
                outcome: 'sent',
                cause: null,
                choice: 'sticky',
                price: { amount: '0.65', currency: 'UAH' },
              },
            ],
          },
        ],
        events: [
          { type: 'message.queued', at: '2026-11-22T10:00:00.000Z', reason: null },
          { type: 'message.delivered', at: '2026-11-22T10:00:07.420Z', reason: null },
        ],
      },
    ],
  },
);
export type Message = Static<typeof Message>;

export const BatchResult = Type.Object(
  {
    results: Type.Array(
      Type.Union([Shared('Message'), Type.Object({ problem: Shared('Problem') }, { additionalProperties: false })], {
        description: 'What became of the message in the same place of the request.',
      }),
    ),
  },
  { $id: 'BatchResult', additionalProperties: false },
);

export const MessageQuery = Type.Object(
  {
    ...pageParameters,
    status: Type.Optional(OneOf(MESSAGE_STATUSES)),
    to: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'The recipient, in any usual way to write the number.' })),
    purpose: Type.Optional(OneOf(PURPOSES)),
    since: Type.Optional(
      Type.String({ maxLength: 64, format: 'date-time', description: 'Accepted at or after: RFC 3339 with an offset.' }),
    ),
  },
  { additionalProperties: false },
);
