import { type Static, Type } from 'typebox';
import { BACKUP_TROUBLES } from '../../store/records/backup.ts';
import { Instant, Nullable, nextCursor, OneOf } from './common.ts';

export const Backup = Type.Object(
  {
    name: Type.String({ description: 'Of the file, in the directory of backups.' }),
    madeAt: Instant('When it was made.'),
    octets: Type.Integer({ minimum: 0 }),
  },
  {
    $id: 'Backup',
    additionalProperties: false,
    description: 'A copy of the store that was read back whole when it was made.',
    examples: [{ name: 'simpost-2026-11-22T10-00-00.000Z.db', madeAt: '2026-11-22T10:00:00.000Z', octets: 1048576 }],
  },
);
export type Backup = Static<typeof Backup>;

export const BackupToRestore = Type.Object(
  {
    name: Type.String(),
    messages: Type.Integer({ minimum: 0, description: 'In it.' }),
    open: Type.Integer({ minimum: 0, description: 'Of these, not over when it was made.' }),
  },
  { $id: 'BackupToRestore', additionalProperties: false, description: 'The backup with which the box begins anew.' },
);

export const Backups = Type.Object(
  {
    directory: Type.String({ description: 'Where they are, on the box.' }),
    every: Type.Integer({ minimum: 0, description: 'Seconds from one to the next; 0 is never.' }),
    keep: Type.Integer({ minimum: 1, description: 'How many are kept.' }),
    problem: Nullable(Type.String(), { description: 'Why the last one could not be made, and what to do; null when it could.' }),
    reason: Nullable(
      OneOf(BACKUP_TROUBLES, {
        description: 'The same for programs; `directory` where it is not there or takes nothing, `other` where only the sentence tells.',
      }),
    ),
    data: Type.Array(Backup, { description: 'The newest first.' }),
    nextCursor,
  },
  { $id: 'Backups', additionalProperties: false, description: 'The backups that there are.' },
);
export type Backups = Static<typeof Backups>;
