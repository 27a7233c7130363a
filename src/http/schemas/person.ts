import { Type } from 'typebox';
import { SUPPRESSION_SOURCES } from '../../store/records/suppression.ts';
import { Instant, Nullable, OneOf } from './common.ts';

const to = Type.String({ minLength: 1, maxLength: 64, description: 'A number in any usual writing.', examples: ['+380501234567'] });

export const ExportPerson = Type.Object({ to }, { $id: 'ExportPerson', additionalProperties: false, examples: [{ to: '+380501234567' }] });

export const PersonExport = Type.Object(
  {
    to: Type.String({ description: 'E.164.' }),
    exportedAt: Instant('When it was read.'),
    suppressions: Type.Array(
      Type.Object(
        { scope: Type.String(), source: OneOf(SUPPRESSION_SOURCES), at: Instant('Since when.') },
        { additionalProperties: false },
      ),
      { description: 'What the person does not want.' },
    ),
    tables: Type.Record(Type.String(), Type.Array(Type.Object({}, { additionalProperties: true })), {
      description: 'All rows about the person, by the table that they are kept in; times are RFC 3339.',
    }),
  },
  { $id: 'PersonExport', additionalProperties: false, description: 'All that the box knows of a person.' },
);

export const ErasePerson = Type.Object(
  {
    to,
    optOut: Type.Optional(
      Type.Boolean({ description: 'Puts the number onto the opt-out list as well (scope `all`), as a mark that nobody can read.' }),
    ),
  },
  { $id: 'ErasePerson', additionalProperties: false, examples: [{ to: '+380501234567', optOut: true }] },
);

export const PersonErased = Type.Object(
  {
    rows: Type.Integer({ description: 'How many rows were changed.' }),
    cancelled: Type.Integer({ description: 'Messages that were still to go out.' }),
    backupsUntil: Nullable(Instant('Until then backups may hold what was erased; null where none are made.')),
  },
  { $id: 'PersonErased', additionalProperties: false, description: 'Nobody can tell from the store any more who it was.' },
);
