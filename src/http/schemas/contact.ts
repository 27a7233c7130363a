import { type Static, Type } from 'typebox';
import { LANGUAGES } from '../../policy/language.ts';
import { CHANNELS } from '../../store/records/contact.ts';
import { Instant, NOT_BLANK, Nullable, OneOf, pageParameters, Shared } from './common.ts';
import { Field } from './template.ts';

/** An id of the site's own, in an address. */
const ExternalId = Type.String({
  pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N}._:@-]*$',
  maxLength: 64,
  description: 'Your own id: letters, digits, ".", "_", ":", "@" and "-".',
});

export const ExternalIdParams = Type.Object({ externalId: ExternalId });

const Line = (maxLength: number, description: string) => Type.String({ ...NOT_BLANK, maxLength, description });

const OwnFields = Type.Record(Type.String({ maxLength: 60 }), Type.Union([...Field.anyOf, Type.Boolean()]), {
  maxProperties: 50,
  description:
    'Your own, by name: a text, a number, true or false, a day (`2026-11-24`), an instant in RFC 3339, or money (`{"amount": "450.00", "currency": "UAH"}`). A text names one as `{name}`.',
});

const CHANNELS_ARE =
  '`call` and `landline`: a person calls them; `noSms`: they get no text but codes; else texts. Steps of a sequence become tasks for a person, and campaigns leave them out.';

const written = {
  name: Line(200, 'As the desk knows them.'),
  firstName: Type.Optional(Nullable(Line(100, 'As they are addressed.'))),
  numbers: Type.Array(Type.String({ maxLength: 40 }), {
    maxItems: 10,
    description: 'In any usual writing; the first is written to. Several contacts may have the same one.',
  }),
  language: Type.Optional(Nullable(OneOf(LANGUAGES), { description: 'That they chose; that of the site unless given.' })),
  timeZone: Type.Optional(
    Nullable(Type.String({ maxLength: 64 }), {
      description: 'Where they are, a name of the IANA zone database, for quiet hours and times in texts; by their number unless given.',
    }),
  ),
  tags: Type.Optional(Type.Array(Line(60, 'A word or two.'), { maxItems: 50 })),
  fields: Type.Optional(OwnFields),
  preferredChannel: Type.Optional(OneOf(CHANNELS, { default: 'sms', description: CHANNELS_ARE })),
  branch: Type.Optional(Nullable(ExternalId, { description: 'The place that they go to: the id of a resource.' })),
};

export const SetContact = Type.Object(written, {
  $id: 'SetContact',
  additionalProperties: false,
  examples: [
    {
      name: 'Олена Коваль',
      firstName: 'Олена',
      numbers: ['050 123 45 67'],
      language: 'uk',
      tags: ['дитяча'],
      fields: { doctor: 'Іваненко' },
    },
  ],
});
/** A row of a list, as the same. */
export const ImportedContact = Type.Object({ externalId: ExternalId, ...written }, { additionalProperties: false });

export type SetContact = Static<typeof SetContact>;

export const Contact = Type.Object(
  {
    externalId: Type.String(),
    name: Type.String(),
    firstName: Nullable(Type.String()),
    numbers: Type.Array(Type.String({ description: 'E.164.' })),
    language: Nullable(OneOf(LANGUAGES)),
    timeZone: Nullable(Type.String()),
    tags: Type.Array(Type.String()),
    fields: OwnFields,
    preferredChannel: OneOf(CHANNELS, { description: CHANNELS_ARE }),
    branch: Nullable(Type.String()),
    wishes: Type.Array(
      Type.Object(
        {
          number: Type.String(),
          suppressions: Type.Array(Shared('Suppression'), { description: 'What nobody is to send there.' }),
          offersHeldUntil: Nullable(Instant('Until when offers wait for a person, who reads what the client meant.')),
          agreesToOffers: Type.Boolean({ description: 'Whether the ledger proves it now; see `GET /v1/consents?to=`.' }),
          sharedWith: Type.Array(Type.String(), { description: 'Ids of the other contacts that have this number.' }),
        },
        { additionalProperties: false },
      ),
      { description: 'What is known of each number. Consent and opt-out go by number, whoever has it.' },
    ),
    createdAt: Instant('When it was first written.'),
    updatedAt: Instant('When it was last written.'),
  },
  {
    $id: 'Contact',
    additionalProperties: false,
    description: 'A client.',
    examples: [
      {
        externalId: 'crm-4711',
        name: 'Олена Коваль',
        firstName: 'Олена',
        numbers: ['+380501234567'],
        language: 'uk',
        timeZone: null,
        tags: ['дитяча'],
        fields: { doctor: 'Іваненко' },
        preferredChannel: 'sms',
        branch: null,
        wishes: [{ number: '+380501234567', suppressions: [], offersHeldUntil: null, agreesToOffers: true, sharedWith: ['crm-4712'] }],
        createdAt: '2026-11-22T10:00:00.000Z',
        updatedAt: '2026-11-22T10:00:00.000Z',
      },
    ],
  },
);
export type Contact = Static<typeof Contact>;

export const ContactRemoved = Type.Object(
  { externalId: Type.String(), removed: Type.Literal(true) },
  { $id: 'ContactRemoved', additionalProperties: false, description: 'The contact is gone; what was sent to its numbers stays.' },
);

export const ContactQuery = Type.Object(
  {
    ...pageParameters,
    search: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'Beginnings of words of the name or of the id, or at least three digits of a number.',
      }),
    ),
    tag: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    number: Type.Optional(Type.String({ maxLength: 40, description: 'In any usual writing.' })),
    branch: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  { additionalProperties: false },
);

export const SetResource = Type.Object(
  {
    kind: Type.String({
      pattern: '^[a-z][A-Za-z0-9]*$',
      maxLength: 40,
      description: 'A word of your own, such as `doctor`; `branch` is a place of business.',
    }),
    name: Line(200, 'As texts name it.'),
    address: Type.Optional(Nullable(Line(200, 'As texts name it.'))),
    phone: Type.Optional(Nullable(Line(40, 'As clients dial it.'))),
    openingHours: Type.Optional(Nullable(Line(100, 'In words, as texts name them.'))),
    hideName: Type.Optional(Type.Boolean({ default: false, description: 'Its name stays out of texts.' })),
    branch: Type.Optional(Nullable(ExternalId, { description: 'The resource where it is.' })),
  },
  {
    $id: 'SetResource',
    additionalProperties: false,
    examples: [{ kind: 'doctor', name: 'Іваненко О. П.', address: 'вул. Лесі Українки 5, каб. 12', phone: '044 123 45 67' }],
  },
);

export const Resource = Type.Object(
  {
    externalId: Type.String(),
    kind: Type.String(),
    name: Type.String(),
    address: Nullable(Type.String()),
    phone: Nullable(Type.String()),
    openingHours: Nullable(Type.String()),
    hideName: Type.Boolean(),
    branch: Nullable(Type.String()),
    updatedAt: Instant('When it was last written.'),
  },
  {
    $id: 'Resource',
    additionalProperties: false,
    description:
      'A doctor, a bay, a place of business: what a visit is with or at. Texts name it as `{resource.name}`, `{resource.address}` and so on, that of the contact’s branch as `{branch.name}`.',
  },
);

export const ResourceRemoved = Type.Object(
  { externalId: Type.String(), removed: Type.Literal(true) },
  { $id: 'ResourceRemoved', additionalProperties: false, description: 'The resource is gone.' },
);

export const ResourceQuery = Type.Object(
  { ...pageParameters, kind: Type.Optional(Type.String({ maxLength: 40 })) },
  { additionalProperties: false },
);
