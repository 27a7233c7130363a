import { rfc3339 } from '../base/clock.ts';
import { Fault, faultIn } from '../base/fault.ts';
import { readInstant } from '../base/rfc3339.ts';
import type { ApiKey as StoredKey } from '../store/records/key.ts';
import { auditEntry } from './audit-entry.ts';
import type { Keys } from './auth.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { KeyUses } from './key-uses.ts';
import { makeKey } from './new-key.ts';
import type { Api, ApiParts } from './parts.ts';
import { pageIn, pageOf } from './query.ts';
import { listOf, PageQuery, Shared } from './schemas/common.ts';
import { type ApiKey, type CreatedKey, CreateKey, KeyParams } from './schemas/key.ts';

const tags = ['access'];

/** API keys: made, listed, and ended for good. */
export function keyRoutes(app: Api, parts: ApiParts, keys: Keys, uses: KeyUses): void {
  const { store, clock } = parts;

  app.get(
    '/v1/keys',
    {
      schema: {
        operationId: 'listKeys',
        tags,
        summary: 'API keys',
        description: 'Every key that is not revoked, the oldest first. The keys themselves are kept nowhere.',
        querystring: PageQuery,
        response: answers({ 200: { description: 'A page of keys.', schema: listOf('ApiKey') } }, ['requestInvalid', 'cursorInvalid']),
      },
    },
    async (request) => pageOf('keys', (await store.keys()).map(shown), ({ createdAt, id }) => `${createdAt} ${id}`, pageIn(request.query)),
  );

  app.post(
    '/v1/keys',
    {
      schema: {
        operationId: 'createKey',
        tags,
        summary: 'Make an API key',
        description: 'The answer has the key, this once. It works at once.',
        body: CreateKey,
        response: answers({ 201: { description: 'Made.', schema: Shared('CreatedKey') } }, [...BODY_FAULTS, 'storeFull']),
      },
    },
    async (request, reply) => {
      const { expiresAt, ...wish } = request.body;
      const until = expiresAt === undefined ? undefined : endIn(expiresAt);
      const { key, record } = makeKey({ ...wish, ...(until === undefined ? {} : { expiresAt: until }) }, clock, parts.random);
      const detail = { name: record.name, scopes: record.scopes.join(' ') };
      await store.createKey(record, auditEntry(clock, request, 'key.create', record.id, detail));
      const created: CreatedKey = { ...shown({ ...record, lastUsedAt: null }), key };
      return reply.code(201).send(created);
    },
  );

  app.delete(
    '/v1/keys/:id',
    {
      schema: {
        operationId: 'revokeKey',
        tags,
        summary: 'End an API key',
        description: 'For good. From the answer on it opens nothing; live events that it opened end within 15 seconds.',
        params: KeyParams,
        response: answers({ 200: { description: 'Ended.', schema: Shared('KeyRevoked') } }, ['requestInvalid', 'notFound', 'storeFull']),
      },
    },
    async (request) => {
      const { id } = request.params;
      const name = (await store.keys()).find((one) => one.id === id)?.name;
      const was = await store.revokeKey(id, clock.now(), auditEntry(clock, request, 'key.revoke', id, { name }));
      keys.forget();
      if (!was)
        throw new Fault('notFound', 'There is no key with this id, or it was revoked before; GET /v1/keys lists those that there are.');
      return { id, revoked: true };
    },
  );

  function shown(key: StoredKey): ApiKey {
    const lastUsedAt = uses.of(key.id) ?? key.lastUsedAt;
    return {
      id: key.id,
      name: key.name,
      prefix: key.prefix,
      scopes: [...key.scopes],
      weight: key.weight,
      createdAt: rfc3339(key.createdAt),
      expiresAt: key.expiresAt === null ? null : rfc3339(key.expiresAt),
      lastUsedAt: lastUsedAt === null ? null : rfc3339(lastUsedAt),
      allowFrom: [...key.allowFrom],
      perHour: key.perHour,
      perDay: key.perDay,
    };
  }
}

/** @throws Fault `requestInvalid` */
function endIn(written: string): number {
  const ms = readInstant(written);
  if (ms !== undefined) return ms;
  const why = 'is no time that exists; write it as RFC 3339 with an offset, such as 2027-11-22T10:00:00Z';
  throw faultIn('requestInvalid', 'expiresAt', why);
}
