import { type Static, Type } from 'typebox';
import { Nullable, OneOf, RefusedRow } from './common.ts';

/** Rows that an answer shows, and errors that it names. */
const SHOWN_MAX = 5000;

const flag = (description: string) => Type.Optional(OneOf(['true', 'false'], { description, default: 'false' }));

export const ContactImportQuery = Type.Object(
  {
    dryRun: flag('Says what each row would do, and stores nothing.'),
    mapping: Type.Optional(
      Type.String({
        maxLength: 10_000,
        description:
          'A JSON object: by the heading of a column (or its number, from 1) what it is: `externalId`, `name`, `firstName`, `lastName`, `numbers`, `language`, `timeZone`, `tags`, `preferredChannel`, `branch`, or `fields.` and a name. Usual headings in Ukrainian, Russian, Kazakh and English are known without; other columns are left out.',
        examples: ['{"Лікар": "fields.doctor"}'],
      }),
    ),
    consent: Type.Optional(
      Type.String({
        maxLength: 3000,
        description:
          'A JSON object as `POST /v1/consents` takes it, without `to`: what everybody on the list agreed to. Kept for each number, with the rows.',
      }),
    ),
    encoding: Type.Optional(OneOf(['utf-8', 'windows-1251'], { description: 'What the file is written in; found out unless given.' })),
    rows: Type.Optional(
      Type.Integer({ minimum: 0, maximum: SHOWN_MAX, default: 100, description: 'So many rows are shown with what they do.' }),
    ),
    from: Type.Optional(Type.Integer({ minimum: 1, default: 1, description: 'The first row of the file that is shown.' })),
  },
  { additionalProperties: false },
);
export type ContactImportQuery = Static<typeof ContactImportQuery>;

const count = (description: string) => Type.Integer({ minimum: 0, description });

export const ContactImport = Type.Object(
  {
    dryRun: Type.Boolean(),
    encoding: OneOf(['utf-8', 'windows-1251'], { description: 'As it was read.' }),
    separator: Nullable(Type.String(), { description: 'What stands between its cells; null for an empty file.' }),
    columns: Type.Array(Type.Object({ heading: Type.String(), target: Type.String() }, { additionalProperties: false }), {
      description: 'What the columns were read as; the others were left out.',
    }),
    total: count('Rows with something in them, without the heading.'),
    created: count('Contacts that are new.'),
    changed: count('Contacts that were there and are otherwise now.'),
    kept: count('Contacts of whom nothing changed.'),
    refused: count('Rows that cannot be a contact.'),
    errors: Type.Array(RefusedRow, { description: 'The first thousand of those.' }),
    rows: Type.Array(
      Type.Object(
        { row: Type.Integer({ minimum: 1 }), externalId: Nullable(Type.String()), does: OneOf(['create', 'change', 'keep', 'refuse']) },
        { additionalProperties: false },
      ),
      { description: 'What rows do.' },
    ),
  },
  { $id: 'ContactImport', additionalProperties: false, description: 'What became of a list, or would.' },
);
export type ContactImport = Static<typeof ContactImport>;
