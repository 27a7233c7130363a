import type { CallFilter, CallView } from '../store/records/call.ts';
import { answers } from './docs.ts';
import { callerOf } from './guard.ts';
import { JSON_TYPE } from './idempotency.ts';
import { listPage } from './list-page.ts';
import { maskCall } from './masked.ts';
import type { Api, ApiParts } from './parts.ts';
import { instantIn, pageIn, senderIn } from './query.ts';
import { CallQuery } from './schemas/call.ts';
import { listOf } from './schemas/common.ts';
import { shapeCall } from './shape.ts';
import type { Slices } from './slices.ts';

export function callRoutes(app: Api, parts: ApiParts, slices: Slices): void {
  app.get(
    '/v1/calls',
    {
      schema: {
        operationId: 'listCalls',
        tags: ['calls'],
        summary: 'Who called',
        description: 'Newest first: calls to the SIMs, one entry for each ringing, so that somebody can call back.',
        querystring: CallQuery,
        response: answers({ 200: { description: 'A page of calls.', schema: listOf('Call') } }, ['requestInvalid', 'cursorInvalid']),
      },
    },
    async (request, reply) => {
      const { from, since } = request.query;
      const filter: CallFilter = {
        ...(from === undefined ? {} : { from: senderIn('from', from, parts.normalizeNumber) }),
        ...(since === undefined ? {} : { since: instantIn('since', since) }),
      };
      const shape = callerOf(request).masked ? (call: CallView) => maskCall(shapeCall(call)) : shapeCall;
      const page = await listPage(slices, pageIn(request.query), (part) => parts.store.calls(filter, part), shape);
      return reply.header('content-type', JSON_TYPE).send(page);
    },
  );
}
