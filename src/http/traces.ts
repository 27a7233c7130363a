import { rfc3339 } from '../base/clock.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { JSON_TYPE } from './idempotency.ts';
import { portOf } from './modem-named.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { ModemParams, RecordTrace, TraceQuery } from './schemas/trace.ts';

const tags = ['hardware'];

/** What was said between a modem and us: for whoever looks for a fault. */
export function traceRoutes(app: Api, parts: ApiParts): void {
  app.get(
    '/v1/modems/:modem/trace',
    {
      schema: {
        operationId: 'getTrace',
        tags,
        summary: 'The dialogue with a modem',
        description:
          'The last 200 lines, always at hand. Those before a fault are also kept as a file in the folder `traces` of the store. Nothing private is in them, so that they can be given to whoever helps.',
        params: ModemParams,
        querystring: TraceQuery,
        response: answers({ 200: { description: 'The dialogue.', schema: Shared('Trace') } }, ['requestInvalid', 'notFound']),
      },
    },
    (request, reply) =>
      reply.header('content-type', JSON_TYPE).send(shown(portOf(parts.modems(), request.params.modem), request.query.after)),
  );

  app.put(
    '/v1/modems/:modem/trace',
    {
      schema: {
        operationId: 'recordTrace',
        tags,
        summary: 'Record the dialogue with a modem',
        description:
          'Writes all that is said from now on into a file of its own in the folder `traces` of the store, redacted as ever, and ends by itself. A recording that runs ends first. The last ten are kept, of at most 8 MB each.',
        params: ModemParams,
        body: RecordTrace,
        response: answers({ 200: { description: 'It is being recorded.', schema: Shared('Trace') } }, [
          ...BODY_FAULTS,
          'notFound',
          'storeFull',
        ]),
      },
    },
    async (request, reply) => {
      const port = portOf(parts.modems(), request.params.modem);
      const { seconds } = request.body;
      await parts.store.audit(auditEntry(parts.clock, request, 'trace.record', port, { seconds }));
      await parts.traces.record(port, seconds);
      parts.log.info({ port, seconds, key: request.keyId }, 'the dialogue is being recorded');
      return reply.header('content-type', JSON_TYPE).send(shown(port));
    },
  );

  function shown(port: string, after = 0): string {
    const recording = parts.traces.recording(port);
    const lines = parts.traces.lines(port);
    return JSON.stringify({
      port,
      recording: recording ? { file: recording.file, until: rfc3339(recording.until) } : null,
      last: lines.at(-1)?.n ?? 0,
      lines: lines.filter((line) => line.n > after).map(({ n, at, direction, text }) => ({ n, at: rfc3339(at), direction, text })),
    });
  }
}
