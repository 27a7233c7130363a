import { type Static, Type } from 'typebox';
import { PURPOSES } from '../../base/purpose.ts';
import { Instant, NOT_BLANK, Nullable, OneOf, pageParameters } from './common.ts';

const words = (description: string, maxLength: number, example: string) =>
  Type.String({ ...NOT_BLANK, maxLength, description, examples: [example] });

const source = words('How it was given: `form`, `paper`, `call` ...', 40, 'form');
const wording = words('The very words that were agreed to, or their version.', 2000, 'Надсилайте мені новини та знижки');
const actor = words('Who took it: a person, or a program.', 100, 'reception, Olena');

const given = {
  purpose: OneOf(PURPOSES, { description: 'To what; offers are `promotional`.' }),
  topic: Type.Optional(words('To this topic alone.', 40, 'news')),
  source,
  wording,
  actor,
  at: Type.String({ maxLength: 64, format: 'date-time', description: 'When it was given: RFC 3339 with an offset.' }),
  until: Type.Optional(Type.String({ maxLength: 64, format: 'date-time', description: 'When it ends.' })),
};

export const GiveConsent = Type.Object(
  { to: words('A number in any usual writing.', 64, '+380501234567'), ...given },
  { $id: 'GiveConsent', additionalProperties: false },
);

/** What everybody on a list agreed to. */
export const ListConsent = Type.Object(given, { additionalProperties: false });
export type ListConsent = Static<typeof ListConsent>;

export const Consent = Type.Object(
  {
    id: Type.String(),
    to: Type.String({ description: 'E.164.' }),
    purpose: OneOf(PURPOSES),
    topic: Nullable(Type.String()),
    source,
    wording,
    actor,
    at: Instant('When it was given.'),
    until: Nullable(Instant('When it ends.')),
    recordedAt: Instant('When it was written down here.'),
  },
  { $id: 'Consent', additionalProperties: false, description: 'Who agreed to what, when, how and to which words. Never changed.' },
);

export const ConsentQuery = Type.Object(
  { ...pageParameters, to: Type.Optional(words('Of this number alone.', 64, '+380501234567')) },
  { additionalProperties: false },
);
