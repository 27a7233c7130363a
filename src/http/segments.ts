import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { countMembers } from '../contacts/members.ts';
import { type Condition, readCondition } from '../contacts/segment.ts';
import { inWords } from '../contacts/segment-words.ts';
import type { StoredSegment } from '../store/records/segment.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { pageIn, pageOf } from './query.ts';
import { listOf, PageQuery, Shared } from './schemas/common.ts';
import { SegmentParams, SetSegment } from './schemas/segment.ts';
import type { Slices } from './slices.ts';

const tags = ['contacts'];

/** Saved filters of contacts. */
export function segmentRoutes(app: Api, parts: ApiParts, slices: Slices): void {
  const { store, clock, site } = parts;
  const count = (condition: Condition): Promise<number> => countMembers(condition, clock.now(), store, () => slices.next());
  const shape = ({ name, condition, updatedAt }: StoredSegment) => ({
    name,
    condition,
    words: inWords(readCondition(condition), site.language),
    updatedAt: rfc3339(updatedAt),
  });

  app.put(
    '/v1/segments/:name',
    {
      schema: {
        operationId: 'setSegment',
        tags,
        summary: 'Save a segment',
        description: 'A filter of contacts, told back in words with how many fit now.',
        params: SegmentParams,
        body: SetSegment,
        response: answers({ 200: { description: 'As it is kept.', schema: Shared('CountedSegment') } }, [...BODY_FAULTS, 'storeFull']),
      },
    },
    async (request) => {
      const { name } = request.params;
      const condition = readCondition(request.body.condition);
      const segment = { name, condition: request.body.condition, updatedAt: clock.now() };
      await store.segments.put(segment, auditEntry(clock, request, 'segment.set', name));
      return { ...shape(segment), count: await count(condition) };
    },
  );

  app.get(
    '/v1/segments/:name',
    {
      schema: {
        operationId: 'getSegment',
        tags,
        summary: 'One segment, counted',
        params: SegmentParams,
        response: answers({ 200: { description: 'The segment.', schema: Shared('CountedSegment') } }, ['requestInvalid', 'notFound']),
      },
    },
    async (request) => {
      const segment = store.segments.of(request.params.name);
      if (!segment) throw notFound();
      return { ...shape(segment), count: await count(readCondition(segment.condition)) };
    },
  );

  app.delete(
    '/v1/segments/:name',
    {
      schema: {
        operationId: 'removeSegment',
        tags,
        summary: 'Remove a segment',
        params: SegmentParams,
        response: answers({ 200: { description: 'Removed.', schema: Shared('SegmentRemoved') } }, [
          'requestInvalid',
          'notFound',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { name } = request.params;
      if (!(await store.segments.remove(name, auditEntry(clock, request, 'segment.remove', name)))) throw notFound();
      return { name, removed: true as const };
    },
  );

  app.get(
    '/v1/segments',
    {
      schema: {
        operationId: 'listSegments',
        tags,
        summary: 'List segments',
        description: 'By name; not counted.',
        querystring: PageQuery,
        response: answers({ 200: { description: 'A page of segments.', schema: listOf('Segment') } }, ['requestInvalid', 'cursorInvalid']),
      },
    },
    (request) => Promise.resolve(pageOf('segments', store.segments.all().map(shape), ({ name }) => name, pageIn(request.query))),
  );

  app.post(
    '/v1/segments/count',
    {
      schema: {
        operationId: 'countSegment',
        tags,
        summary: 'Count who fits a filter',
        description: 'While it is being written; nothing is stored.',
        body: SetSegment,
        response: answers({ 200: { description: 'How many.', schema: Shared('SegmentCount') } }, BODY_FAULTS),
      },
    },
    async (request) => {
      const condition = readCondition(request.body.condition);
      return { words: inWords(condition, site.language), count: await count(condition) };
    },
  );
}

const notFound = (): Fault => new Fault('notFound', 'There is no segment of this name; GET /v1/segments lists those that there are.');
