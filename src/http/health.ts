import { Type } from 'typebox';
import { Fault } from '../base/fault.ts';
import { answers } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { problemOf, RETRY_AFTER, sendProblem } from './problem.ts';
import { OneOf } from './schemas/common.ts';

const tags = ['health'];

export function healthRoutes(app: Api, parts: ApiParts): void {
  app.get(
    '/healthz',
    {
      schema: {
        operationId: 'health',
        tags,
        summary: 'Is the process alive?',
        response: answers({ 200: { description: 'It is.', schema: Type.Object({ status: OneOf(['ok']) }) } }, [], false),
      },
    },
    () => Promise.resolve({ status: 'ok' }),
  );

  app.get(
    '/readyz',
    {
      schema: {
        operationId: 'readiness',
        tags,
        summary: 'Can it send?',
        description:
          'Ready when the store is open, at least one SIM is ready, and sending is not paused as a whole; otherwise 503, and `reasons` says why. A pause of a part stands in `reasons` too.',
        response: answers(
          {
            200: {
              description: 'It can.',
              schema: Type.Object({ status: OneOf(['ready']), reasons: Type.Array(Type.String()) }),
            },
          },
          [],
          false,
        ),
      },
    },
    (_request, reply) => {
      const { ready, reasons } = parts.readiness();
      if (ready) return reply.send({ status: 'ready', reasons });
      const fault = new Fault('unavailable', reasons.join(' ') || 'The box is not ready.');
      return sendProblem(reply, { ...problemOf(fault), reasons }, RETRY_AFTER);
    },
  );
}
