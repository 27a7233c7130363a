import { type Static, Type } from 'typebox';
import { LANGUAGES } from '../../policy/language.ts';
import { Nullable, OneOf } from './common.ts';

export const Site = Type.Object(
  {
    name: Type.String({ description: 'Of the business.' }),
    country: Nullable(Type.String(), { description: 'ISO 3166, two letters; null while it is not configured.' }),
    language: OneOf(LANGUAGES, { description: 'In which Simpost itself writes.' }),
    phone: Nullable(Type.String(), { description: 'Of the desk, as clients dial it.' }),
    timeZone: Type.String({ description: 'A name of the IANA zone database.' }),
    version: Type.String({ description: 'Of Simpost.' }),
    virtualPhones: Type.Boolean({ description: 'The modems are virtual, and `/v1/phones` has the phones: a demo or a rehearsal.' }),
  },
  {
    $id: 'Site',
    additionalProperties: false,
    description: 'What this installation is called and where it stands.',
    examples: [
      {
        name: 'Клініка',
        country: 'UA',
        language: 'uk',
        phone: '044 123 45 67',
        timeZone: 'Europe/Kyiv',
        version: '0.1.0',
        virtualPhones: false,
      },
    ],
  },
);
export type Site = Static<typeof Site>;
