import { Type } from 'typebox';
import { SUPPRESSION_SOURCES } from '../../store/records/suppression.ts';
import { Instant, Nullable, OneOf, RefusedRow, Shared } from './common.ts';

const to = Type.String({ minLength: 1, maxLength: 64, description: 'A number in any usual writing.', examples: ['+380501234567'] });

const scope = Type.String({
  maxLength: 60,
  description: '`all` (everything but codes), `purpose:promotional` and so on, or `topic:` and a topic.',
  examples: ['purpose:promotional'],
});

const wish = Type.String({
  maxLength: 60,
  description:
    '`all` (everything but codes), `purpose:promotional` and so on, `topic:` and a topic, or `offers:monthly`: offers at most once a month.',
  examples: ['purpose:promotional'],
});

export const Suppress = Type.Object(
  { to, scope: wish },
  { $id: 'Suppress', additionalProperties: false, examples: [{ to: '+380501234567', scope: 'purpose:promotional' }] },
);

export const Suppression = Type.Object(
  {
    scope,
    source: OneOf(SUPPRESSION_SOURCES, { description: 'How it came onto the list.' }),
    at: Instant('Since when.'),
  },
  { $id: 'Suppression', additionalProperties: false, description: 'What a client does not want any more.' },
);

export const Suppressions = Type.Object(
  {
    to: Type.String({ description: 'E.164.' }),
    data: Type.Array(Shared('Suppression'), { description: 'The oldest first; empty when nothing is ended.' }),
    offersMonthly: Type.Boolean({ description: 'Whether offers may come at most once a month.' }),
    offersHeldUntil: Nullable(Instant('Until when offers wait, since a person is to read what the client meant.')),
  },
  { $id: 'Suppressions', additionalProperties: false, description: 'All that one client does not want any more.' },
);

export const SuppressionQuery = Type.Object({ to }, { additionalProperties: false });

export const ReleaseQuery = Type.Object({ to, scope: wish }, { additionalProperties: false });

export const ImportQuery = Type.Object({ scope: Type.Optional(scope) }, { additionalProperties: false });

export const SuppressionImport = Type.Object(
  {
    rows: Type.Integer({ minimum: 0, description: 'Rows with something in them, without the heading.' }),
    added: Type.Integer({ minimum: 0, description: 'Numbers that were not on the list before.' }),
    refused: Type.Integer({ minimum: 0, description: 'Rows that are no number.' }),
    errors: Type.Array(RefusedRow, { description: 'The first hundred of those.' }),
  },
  { $id: 'SuppressionImport', additionalProperties: false, description: 'What became of an imported list.' },
);

export const SuppressionState = Type.Object(
  {
    whole: Type.Boolean(),
    lostAt: Nullable(Instant('When it was lost, by a restore without its key.')),
  },
  {
    $id: 'SuppressionState',
    additionalProperties: false,
    description: 'Whether the opt-out list is whole. While it is not, nothing but codes goes out.',
  },
);

export const SetSuppressionState = Type.Object(
  { whole: Type.Literal(true, { description: 'A person says that the list was imported again and nobody is missing.' }) },
  { $id: 'SetSuppressionState', additionalProperties: false },
);
