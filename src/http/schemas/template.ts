import { type Static, Type } from 'typebox';
import { PURPOSES } from '../../base/purpose.ts';
import { LANGUAGES } from '../../policy/language.ts';
import { AdviceList, Kind } from './advice.ts';
import { Instant, NOT_BLANK, Nullable, OneOf } from './common.ts';
import { Expected } from './cost.ts';
import { fits } from './preview.ts';

const TemplateText = Type.String({
  ...NOT_BLANK,
  maxLength: 2000,
  description: '`{field}` is filled in, `{field|instead}` has what stands there when the field is not known, `{link:https://…}` is a link.',
  examples: ['{site}: {firstName|вітаємо}, чекаємо на вас {date} о {time}'],
});

const texts = (of: typeof TemplateText) =>
  Type.Object(
    { uk: Type.Optional(of), ru: Type.Optional(of), en: Type.Optional(of), kk: Type.Optional(of), pl: Type.Optional(of) },
    { additionalProperties: false, minProperties: 1, description: 'By language.' },
  );

export const SetTemplate = Type.Object(
  { texts: texts(TemplateText) },
  {
    $id: 'SetTemplate',
    additionalProperties: false,
    examples: [{ texts: { uk: '{site}: замовлення {number} готове, чекаємо на вас до 20:00' } }],
  },
);

export const Template = Type.Object(
  {
    name: Type.String(),
    texts: texts(Type.String()),
    own: Type.Array(OneOf(LANGUAGES), { description: 'The languages in which the text is the site’s own; the others are shipped.' }),
    shipped: Type.Boolean({ description: 'Whether Simpost ships one of this name: it is there again when the own one is removed.' }),
    fields: Type.Array(Type.String(), { description: 'What the texts name, each once.' }),
    updatedAt: Nullable(Instant('When the site wrote its own texts.')),
  },
  {
    $id: 'Template',
    additionalProperties: false,
    description: 'A text to clients, in several languages.',
    examples: [
      {
        name: 'queue.now',
        texts: { uk: '{site}: ваша черга, чекаємо на вас' },
        own: ['uk'],
        shipped: false,
        fields: ['site'],
        updatedAt: '2026-11-22T10:00:00.000Z',
      },
    ],
  },
);
export type Template = Static<typeof Template>;

export const TemplateRemoved = Type.Object(
  { name: Type.String(), removed: Type.Literal(true) },
  {
    $id: 'TemplateRemoved',
    additionalProperties: false,
    description: 'The site’s own texts are gone; shipped ones of the name count again.',
  },
);

export const TemplateParams = Type.Object({
  name: Type.String({
    pattern: '^[A-Za-z][A-Za-z0-9]*([._-][A-Za-z0-9]+)*$',
    maxLength: 60,
    description: 'Letters and digits, in parts with points between, such as `visit.confirmation`.',
  }),
});

export const Field = Type.Union(
  [
    Type.String({ maxLength: 500 }),
    Type.Number(),
    Type.Object({ amount: Type.String({ maxLength: 20 }), currency: Type.String({ maxLength: 3 }) }, { additionalProperties: false }),
  ],
  {
    description:
      'A text, a number, a day (`2026-11-24`), an instant in RFC 3339 (date and time), or money (`{"amount": "450.00", "currency": "UAH"}`): written as the reader writes them.',
  },
);

const Fields = Type.Record(Type.String({ maxLength: 60 }), Field, { description: 'By name.' });

export const TemplatePreviewRequest = Type.Object(
  {
    template: Type.Optional(Type.String({ maxLength: 60, description: 'The name of one; or `text`.' })),
    text: Type.Optional(TemplateText),
    contact: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: 'The id of a contact: who reads it. What is given besides goes before.' }),
    ),
    language: Type.Optional(OneOf(LANGUAGES, { description: 'Of the reader; that of the contact, else of the site unless given.' })),
    fields: Type.Optional(Fields),
    to: Type.Optional(Type.String({ description: 'Whom it would go to, for the price; any number of the site’s country unless given.' })),
    purpose: Type.Optional(OneOf(PURPOSES, { default: 'service' })),
    sim: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    kind: Kind,
  },
  {
    $id: 'TemplatePreviewRequest',
    additionalProperties: false,
    examples: [{ template: 'visit.confirmation', language: 'uk', fields: { date: '2026-11-24', time: '14:30' } }],
  },
);
export type TemplatePreviewRequest = Static<typeof TemplatePreviewRequest>;

export const TemplatePreview = Type.Object(
  {
    language: OneOf(LANGUAGES, { description: 'The language in which it was found.' }),
    text: Type.String({ description: 'As the client reads it.' }),
    missing: Type.Array(Type.String(), { description: 'Fields that are not known and have nothing instead: left out of the text.' }),
    encoding: OneOf(['gsm7', 'ucs2']),
    units: Type.Integer({ minimum: 0 }),
    segmentCount: Type.Integer({ minimum: 0 }),
    ...fits,
    room: Type.Integer({ minimum: 0, description: 'Units left before one more segment is needed.' }),
    cost: Expected,
    longest: Type.Object(
      { text: Type.String(), segmentCount: Type.Integer({ minimum: 0 }), ...fits, cost: Expected },
      { additionalProperties: false, description: 'With the longest values that the fields may have: what one of many may cost.' },
    ),
    savings: Type.Array(
      Type.Object(
        {
          way: OneOf(['tidy', 'replace', 'transliterate', 'shorten'], {
            description:
              '`tidy`: without blanks that show nothing; `replace`: dashes and quotation marks as they are typed; `transliterate`: in Latin letters; `shorten`: cut.',
          }),
          text: Type.String(),
          segmentCount: Type.Integer({ minimum: 1 }),
          over: Type.String({ description: 'What `shorten` leaves out.' }),
        },
        { additionalProperties: false },
      ),
      { description: 'The same message in fewer segments, the gentlest way first.' },
    ),
    advice: AdviceList,
  },
  { $id: 'TemplatePreview', additionalProperties: false, description: 'What a client would read, and what it costs.' },
);
export type TemplatePreview = Static<typeof TemplatePreview>;
