import { rfc3339 } from '../base/clock.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { type Sending, SetSending } from './schemas/sending.ts';

const tags = ['sending'];

/** Pause, resume and kill switch. */
export function sendingRoutes(app: Api, parts: ApiParts): void {
  const { sending, store } = parts;

  app.get(
    '/v1/sending',
    {
      schema: {
        operationId: 'getSending',
        tags,
        summary: 'Is the queue being sent?',
        description: 'What is paused, and how much waits.',
        response: answers({ 200: { description: 'How it stands.', schema: Shared('Sending') } }, ['requestInvalid']),
      },
    },
    () => Promise.resolve(shown()),
  );

  app.put(
    '/v1/sending',
    {
      schema: {
        operationId: 'setSending',
        tags,
        summary: 'Pause or resume sending',
        description:
          'Everything, one purpose, one SIM, or one purpose on one SIM. Within a second nothing of it is begun any more; what is on the air gets its answer. A pause stays over restarts until it is ended. Messages are accepted all the same, and expire when they are past their time.',
        body: SetSending,
        response: answers({ 200: { description: 'How it stands now.', schema: Shared('Sending') } }, [
          ...BODY_FAULTS,
          'simUnknown',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { state, purpose, sim } = request.body;
      await sending.set(request.body, auditEntry(parts.clock, request, 'sending.set', sim ?? null, { state, purpose }));
      parts.log.warn({ ...request.body, key: request.keyId }, 'sending was paused or resumed');
      return shown();
    },
  );

  function shown(): Sending {
    const pauses = sending.pauses();
    const { ready, waiting } = store.queueDepth();
    return {
      state: pauses.some((p) => p.purpose === null && p.sim === null) ? 'paused' : 'running',
      pauses: pauses.map(({ purpose, sim, since }) => ({ purpose, sim, since: rfc3339(since) })),
      queue: { ready, waiting },
    };
  }
}
