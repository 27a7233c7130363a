import { rfc3339 } from '../base/clock.ts';
import { Fault, wrongAt } from '../base/fault.ts';
import type { Resource } from '../store/records/contact.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { pageIn, pageOf } from './query.ts';
import { listOf, Shared } from './schemas/common.ts';
import { ExternalIdParams, ResourceQuery, SetResource } from './schemas/contact.ts';
import { checkLine } from './text.ts';

const tags = ['contacts'];

/** Doctors, bays, places of business: what visits are with or at. */
export function resourceRoutes(app: Api, { store, clock }: ApiParts): void {
  app.put(
    '/v1/resources/:externalId',
    {
      schema: {
        operationId: 'setResource',
        tags,
        summary: 'Write a resource',
        description: 'Adds it, or puts it in the place of the one with this id.',
        params: ExternalIdParams,
        body: SetResource,
        response: answers({ 200: { description: 'As it is kept.', schema: Shared('Resource') } }, [...BODY_FAULTS, 'storeFull']),
      },
    },
    async (request) => {
      const { externalId } = request.params;
      const { kind, name, address = null, phone = null, openingHours = null, hideName = false, branch = null } = request.body;
      for (const [field, value] of Object.entries({ name, address, phone, openingHours })) {
        if (value === null) continue;
        checkLine(value, (why) => wrongAt(`/${field}`, why, 'characters'));
      }
      const resource = { externalId, kind, name, address, phone, openingHours, hideName, branch, updatedAt: clock.now() };
      await store.resources.put(resource, auditEntry(clock, request, 'resource.set', externalId, { kind }));
      return shape(resource);
    },
  );

  app.get(
    '/v1/resources/:externalId',
    {
      schema: {
        operationId: 'getResource',
        tags,
        summary: 'One resource',
        params: ExternalIdParams,
        response: answers({ 200: { description: 'The resource.', schema: Shared('Resource') } }, ['requestInvalid', 'notFound']),
      },
    },
    (request) => {
      const resource = store.resources.of(request.params.externalId);
      if (!resource) throw notFound();
      return Promise.resolve(shape(resource));
    },
  );

  app.delete(
    '/v1/resources/:externalId',
    {
      schema: {
        operationId: 'removeResource',
        tags,
        summary: 'Remove a resource',
        params: ExternalIdParams,
        response: answers({ 200: { description: 'Removed.', schema: Shared('ResourceRemoved') } }, [
          'requestInvalid',
          'notFound',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { externalId } = request.params;
      if (!(await store.resources.remove(externalId, auditEntry(clock, request, 'resource.remove', externalId)))) throw notFound();
      return { externalId, removed: true as const };
    },
  );

  app.get(
    '/v1/resources',
    {
      schema: {
        operationId: 'listResources',
        tags,
        summary: 'List resources',
        description: 'By their ids.',
        querystring: ResourceQuery,
        response: answers({ 200: { description: 'A page of resources.', schema: listOf('Resource') } }, [
          'requestInvalid',
          'cursorInvalid',
        ]),
      },
    },
    (request) => {
      const { kind } = request.query;
      const all = store.resources.all(kind).map(shape);
      return Promise.resolve(pageOf(`resources ${kind ?? ''}`, all, ({ externalId }) => externalId, pageIn(request.query)));
    },
  );
}

const notFound = (): Fault => new Fault('notFound', 'There is no resource with this id; GET /v1/resources lists those that there are.');

const shape = (resource: Resource) => ({ ...resource, updatedAt: rfc3339(resource.updatedAt) });
