import { answers } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';

/** Version 0.0.4 of the text format of Prometheus. */
const PROMETHEUS = 'text/plain; version=0.0.4; charset=utf-8';

/** The box in figures. */
export function metricsRoute(app: Api, { metrics }: Pick<ApiParts, 'metrics'>): void {
  app.get(
    '/metrics',
    {
      schema: {
        operationId: 'metrics',
        tags: ['health'],
        summary: 'The box in figures',
        description: 'For Prometheus, in its text format. No number, no text and no secret is among it.',
        response: answers({ 200: { description: 'All metrics.', contentType: 'text/plain' } }, []),
      },
    },
    async (_request, reply) => reply.header('content-type', PROMETHEUS).send(await metrics()),
  );
}
