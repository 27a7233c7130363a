import { basename } from 'node:path';
import { Type } from 'typebox';
import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { auditEntry } from './audit-entry.ts';
import { answers } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { pageIn, pageOf } from './query.ts';
import { PageQuery, Shared } from './schemas/common.ts';

const tags = ['backups'];

/** The last instant that a Date can hold, milliseconds since 1970. */
const LAST = 8.64e15;

const newestFirst = ({ file, at }: { readonly file: string; readonly at: number }): string => `${LAST - at} ${file}`;

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
        querystring: PageQuery,
        response: answers({ 200: { description: 'A page of them.', schema: Shared('Backups') } }, ['requestInvalid', 'cursorInvalid']),
      },
    },
    (request) => {
      const { data, nextCursor } = pageOf('backups', backups.list(), newestFirst, pageIn(request.query));
      return Promise.resolve({
        directory: backups.directory,
        every: Math.round(backups.every / 1000),
        keep: backups.keep,
        problem: backups.problem,
        reason: backups.trouble,
        data: data.map(({ file, at, octets }) => ({ name: basename(file), madeAt: rfc3339(at), octets })),
        nextCursor,
      });
    },
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

  app.post(
    '/v1/backups/:name/restore',
    {
      schema: {
        operationId: 'restoreBackup',
        tags,
        summary: 'Make a backup the store again',
        description:
          'It is inspected first. Then what is on the air gets its answer, the store of now is put aside, the backup takes its place, and the box begins anew; everybody logs in again. Sending is paused then, since what the backup has as waiting may have gone out: see to it, then `PUT /v1/sending`. What came after the backup is not in it.',
        params: Type.Object({ name: Type.String({ maxLength: 100, description: 'As `GET /v1/backups` gave it.' }) }),
        response: answers({ 202: { description: 'It is whole, and the box begins anew with it.', schema: Shared('BackupToRestore') } }, [
          'requestInvalid',
          'notFound',
          'storeForeign',
          'storeNewer',
          'storeDamaged',
          'storeFull',
        ]),
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const backup = backups.list().find(({ file }) => basename(file) === name);
      if (!backup) throw new Fault('notFound', 'There is no backup of this name; GET /v1/backups lists them.');
      await parts.store.audit(auditEntry(parts.clock, request, 'store.restore', name));
      const { messages, open } = await parts.restore(backup.file, request.keyId);
      return await reply.code(202).send({ name, messages, open });
    },
  );
}
