import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Fault } from '../base/fault.ts';
import type { InboundFilter, InboundView } from '../store/records/inbound.ts';
import { answers } from './docs.ts';
import { callerOf } from './guard.ts';
import { JSON_TYPE } from './idempotency.ts';
import { listPage } from './list-page.ts';
import { maskInbound } from './masked.ts';
import type { Api, ApiParts } from './parts.ts';
import { instantIn, pageIn, senderIn } from './query.ts';
import { listOf, Shared } from './schemas/common.ts';
import { type Inbound, InboundQuery } from './schemas/inbound.ts';
import { shapeInbound } from './shape.ts';
import type { Slices } from './slices.ts';

const tags = ['inbound'];

export function inboundRoutes(app: Api, parts: ApiParts, slices: Slices): void {
  app.get(
    '/v1/inbound',
    {
      schema: {
        operationId: 'listInbound',
        tags,
        summary: 'What clients wrote',
        description:
          'Newest first. All filters must hold. A long message of which segments are missing shows after ten minutes, with what came.',
        querystring: InboundQuery,
        response: answers({ 200: { description: 'A page of inbound messages.', schema: listOf('Inbound') } }, [
          'requestInvalid',
          'cursorInvalid',
        ]),
      },
    },
    async (request, reply) => {
      const { from, since } = request.query;
      const filter: InboundFilter = {
        ...(from === undefined ? {} : { from: senderIn('from', from, parts.normalizeNumber) }),
        ...(since === undefined ? {} : { since: instantIn('since', since) }),
      };
      const page = await listPage(slices, pageIn(request.query), (part) => parts.store.inbounds(filter, part), shaped(request));
      return reply.header('content-type', JSON_TYPE).send(page);
    },
  );

  app.get(
    '/v1/inbound/:id',
    {
      schema: {
        operationId: 'getInbound',
        tags,
        summary: 'One inbound message',
        description: "Its text, the SMSC's time, the raw segments, and the message that it most likely answers.",
        params: Type.Object({ id: Type.String({ description: 'As the list, an event or a webhook gave it.' }) }),
        response: answers({ 200: { description: 'The inbound message.', schema: Shared('Inbound') } }, ['requestInvalid', 'notFound']),
      },
    },
    async (request, reply) => {
      const inbound = await parts.store.inbound(request.params.id);
      if (!inbound) throw new Fault('notFound', 'There is no inbound message with this id; GET /v1/inbound lists those that are there.');
      return reply.header('content-type', JSON_TYPE).send(JSON.stringify(shaped(request)(inbound)));
    },
  );

  function shaped(request: FastifyRequest): (inbound: InboundView) => Inbound {
    return callerOf(request).masked ? (inbound) => maskInbound(shapeInbound(inbound)) : shapeInbound;
  }
}
