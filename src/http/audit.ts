import { rfc3339 } from '../base/clock.ts';
import type { AuditEntry as StoredEntry } from '../store/records/audit.ts';
import { answers } from './docs.ts';
import { JSON_TYPE } from './idempotency.ts';
import { listPage } from './list-page.ts';
import type { Api, ApiParts } from './parts.ts';
import { instantIn, pageIn } from './query.ts';
import type { AuditEntry } from './schemas/audit.ts';
import { AuditQuery } from './schemas/audit.ts';
import { listOf } from './schemas/common.ts';
import type { Slices } from './slices.ts';

/** What those in charge did. */
export function auditRoutes(app: Api, parts: ApiParts, slices: Slices): void {
  app.get(
    '/v1/audit',
    {
      schema: {
        operationId: 'listAudit',
        tags: ['access'],
        summary: 'Who did what',
        description:
          'Everything that was asked of the box beyond sending and reading, newest first. Entries are never changed or removed; each holds the hash of the one before, and `simpost audit verify` follows them.',
        querystring: AuditQuery,
        response: answers({ 200: { description: 'A page of the audit log.', schema: listOf('AuditEntry') } }, [
          'requestInvalid',
          'cursorInvalid',
        ]),
      },
    },
    async (request, reply) => {
      const { since } = request.query;
      const filter = since === undefined ? {} : { since: instantIn('since', since) };
      const page = await listPage(slices, pageIn(request.query), (part) => parts.store.auditLog(filter, part), shapeEntry);
      return reply.header('content-type', JSON_TYPE).send(page);
    },
  );
}

const shapeEntry = ({ seq, at, actor, action, target, detail, hash }: StoredEntry): AuditEntry => ({
  seq,
  at: rfc3339(at),
  actor,
  action,
  target,
  detail: { ...detail },
  hash,
});
