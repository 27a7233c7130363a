import { basename } from 'node:path';
import { rfc3339 } from '../base/clock.ts';
import { auditEntry } from './audit-entry.ts';
import { answers } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';

const tags = ['backups'];

/** What backups there are, and one more. They are fetched from the box itself, since they hold texts and numbers. */
export function backupRoutes(app: Api, parts: ApiParts): void {
  const { backups } = parts;

  app.get(
    '/v1/backups',
    {
      schema: {
        operationId: 'listBackups',
        tags,
        summary: 'Which backups are there?',
        description: 'Those in the directory of backups, and whether the last one could be made.',
        response: answers({ 200: { description: 'All of them.', schema: Shared('Backups') } }, ['requestInvalid']),
      },
    },
    () =>
      Promise.resolve({
        directory: backups.directory,
        every: Math.round(backups.every / 1000),
        keep: backups.keep,
        problem: backups.problem,
        data: backups.list().map(({ file, at, octets }) => ({ name: basename(file), madeAt: rfc3339(at), octets })),
      }),
  );

  app.post(
    '/v1/backups',
    {
      schema: {
        operationId: 'makeBackup',
        tags,
        summary: 'Make a backup now',
        description:
          'Answers when it is whole: copied, read back page by page, and synced. One that is being made already is awaited. The oldest beyond `keep` are removed.',
        response: answers({ 201: { description: 'It was made.', schema: Shared('Backup') } }, [
          'requestInvalid',
          'backupFailed',
          'storeDamaged',
          'storeInUse',
          'storeFull',
        ]),
      },
    },
    async (request, reply) => {
      const { file, at, octets } = await backups.makeNow();
      const name = basename(file);
      await parts.store.audit(auditEntry(parts.clock, request, 'backup.make', name));
      return await reply.code(201).send({ name, madeAt: rfc3339(at), octets });
    },
  );
}
