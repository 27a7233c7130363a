import { type Static, Type } from 'typebox';
import { LANGUAGES } from '../../policy/language.ts';
import { MESSAGE_STATUSES } from '../../store/records/message.ts';
import { ANSWERS, ATTENDANCES } from '../../store/records/occasion.ts';
import { Instant, NOT_BLANK, Nullable, OneOf, pageParameters } from './common.ts';

/** The router takes no longer one in an address. */
const NAME = 100;

const Name = (description: string) => Type.String({ ...NOT_BLANK, maxLength: NAME, description });

export const OccasionParams = Type.Object({
  kind: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$', description: 'One that has a sequence, such as `visit`.' }),
  externalId: Name('Your own name of it, one in its kind.'),
});

const Repeats = Type.Object(
  { every: Type.Integer({ minimum: 1, maximum: 1000 }), unit: OneOf(['day', 'month', 'year']) },
  {
    additionalProperties: false,
    description:
      'How often it comes again, at the same time of day. A month that lacks the day has it on its last one: 29 February is the 28th.',
  },
);

const Value = Type.Union([
  Type.String({ maxLength: 500 }),
  Type.Number(),
  Type.Object(
    { amount: Type.String({ maxLength: 20 }), currency: Type.String({ minLength: 3, maxLength: 3 }) },
    { additionalProperties: false },
  ),
]);

const Data = Type.Record(Type.String({ minLength: 1, maxLength: 60 }), Value, {
  maxProperties: 50,
  description:
    'Fields for the texts. An instant or a day is written as where the client is, an amount as money. `place` is how many are ahead in a queue, `what` what it is.',
});

const Status = Type.String({ minLength: 1, maxLength: 40, pattern: '^[\\p{L}\\p{N}._-]+$' });

const StartsAt = Type.String({
  maxLength: 40,
  description: 'RFC 3339 with an offset, or a day such as `1992-02-29` for what has no hour.',
  examples: ['2026-11-24T09:00:00+02:00'],
});

const contact = {
  to: Type.String({ minLength: 1, maxLength: 40, description: 'The number, in any usual way to write it.' }),
  name: Type.Optional(Nullable(Name('As the texts address them.'))),
  language: Type.Optional(Nullable(OneOf(LANGUAGES))),
  timeZone: Type.Optional(
    Nullable(Type.String({ maxLength: 60, description: 'A name of the IANA zone database; that of the site where there is none.' })),
  ),
};

export const PutOccasion = Type.Object(
  {
    contact: Type.Union(
      [
        Type.Object({ externalId: Name('Your name of the contact.') }, { additionalProperties: false }),
        Type.Object(contact, { additionalProperties: false }),
      ],
      { description: 'A contact that is known, or a number with what is known of it.' },
    ),
    startsAt: Type.Optional(Nullable(StartsAt)),
    repeats: Type.Optional(Nullable(Repeats)),
    status: Type.Optional(
      Nullable(Status, { description: '`cancelled` withdraws what is not sent; `waiting` waits for a time that others give back.' }),
    ),
    resource: Type.Optional(Nullable(Name('Your name of the doctor, the bay or the site.'))),
    data: Type.Optional(Data),
    slots: Type.Optional(
      Type.Array(Type.String({ maxLength: 40 }), {
        maxItems: 9,
        description: 'Times that are offered to a client who asks for another; RFC 3339.',
      }),
    ),
  },
  {
    $id: 'PutOccasion',
    additionalProperties: false,
    description: 'What is not given stays as it was.',
    examples: [
      {
        contact: { to: '050 123 45 67', name: 'Олена', language: 'uk' },
        startsAt: '2026-11-24T09:00:00+02:00',
        resource: 'dr-koval',
        data: { address: 'вул. Садова, 3' },
        slots: ['2026-11-25T10:00:00+02:00', '2026-11-26T16:30:00+02:00'],
      },
    ],
  },
);
export type PutOccasion = Static<typeof PutOccasion>;

export const MarkOccasion = Type.Object(
  { attendance: OneOf(ATTENDANCES) },
  { $id: 'MarkOccasion', additionalProperties: false, examples: [{ attendance: 'came' }] },
);

const told = {
  step: Type.String({
    description: 'Its name in the sequence; what was said in words of its own begins with `reply:`, `offer:` or `notice:`.',
  }),
  state: OneOf(['planned', 'accepted', 'skipped', 'withdrawn'], {
    description: '`accepted`: it is a message. `skipped`: see the reason. `withdrawn`: it is not true any more.',
  }),
  reason: Nullable(Type.String(), {
    description: 'Of what is skipped: `past`, `merged`, `late`, `fieldMissing`, the code of the fault, or what it is left out with.',
  }),
  dueAt: Instant('When it is told, before policy moves it.'),
  variant: Nullable(Type.String(), { description: 'The template that this client got, where there is a choice of them.' }),
  message: Nullable(Type.String(), { description: 'Id of the message.' }),
  messageStatus: Nullable(OneOf(MESSAGE_STATUSES)),
};

const facts = {
  id: Type.String(),
  kind: Type.String(),
  externalId: Type.String(),
  contact: Type.Object(
    {
      externalId: Nullable(Type.String()),
      to: Type.String(),
      name: Nullable(Type.String()),
      language: Nullable(Type.String()),
      timeZone: Nullable(Type.String()),
    },
    { additionalProperties: false },
  ),
  startsAt: Nullable(Instant('When it is, or first was.')),
  allDay: Type.Boolean({ description: 'It has a day and no hour.' }),
  repeats: Nullable(Repeats),
  status: Nullable(Type.String()),
  resource: Nullable(Type.String()),
  data: Data,
  slots: Type.Array(Instant('A time that is offered to a client who asks for another.')),
  answer: Nullable(OneOf(ANSWERS), { description: 'What the client has said of it last.' }),
  attendance: Nullable(OneOf(ATTENDANCES)),
  createdAt: Instant('When it was first told of.'),
  changedAt: Instant('When it was last changed.'),
  key: Type.String({ description: 'Id of the API key that first told of it.' }),
};

export const Occasion = Type.Object(
  {
    ...facts,
    name: Nullable(Type.String(), {
      description: 'Of the contact with this number, or of up to three who share it; to whom may read. `contact.name` is as it was told.',
    }),
    rating: Nullable(Type.Integer({ minimum: 1, maximum: 5 }), { description: 'What the client gave it last.' }),
    steps: Type.Array(Type.Object(told, { additionalProperties: false }), {
      description: 'What is told of it, was, or was not; by its moment.',
    }),
  },
  { $id: 'Occasion', additionalProperties: false, description: 'Something dated about a client: a visit, an order, a birthday.' },
);
export type Occasion = Static<typeof Occasion>;

export const OccasionHappening = Type.Object(
  {
    ...facts,
    by: OneOf(['client', 'desk', 'program'], { description: 'Who did it.' }),
    inbound: Nullable(Type.String(), { description: 'Id of what the client wrote.' }),
    rating: Nullable(Type.Integer({ minimum: 1, maximum: 5 })),
  },
  { $id: 'OccasionHappening', additionalProperties: false, description: 'An occasion as it was right after something became of it.' },
);
export type OccasionHappening = Static<typeof OccasionHappening>;

export const OccasionRemoved = Type.Object(
  { kind: Type.String(), externalId: Type.String(), removed: Type.Literal(true) },
  { $id: 'OccasionRemoved', additionalProperties: false },
);

export const OccasionQuery = Type.Object(
  {
    ...pageParameters,
    kind: Type.Optional(Type.String({ maxLength: 40 })),
    to: Type.Optional(Type.String({ maxLength: 40, description: 'Of one number.' })),
    resource: Type.Optional(Type.String({ maxLength: NAME })),
    status: Type.Optional(Type.String({ maxLength: 40 })),
    from: Type.Optional(Type.String({ description: 'That begin then or later.' })),
    until: Type.Optional(Type.String({ description: 'That begin before then.' })),
  },
  { additionalProperties: false },
);
