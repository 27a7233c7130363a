import { rfc3339 } from '../base/clock.ts';
import { trustSentence } from '../dispatch/trust.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { ConfirmTime, type Time } from './schemas/time.ts';

const tags = ['time'];

/** The clock: whether it is believed, and a person's word for it. */
export function timeRoutes(app: Api, parts: ApiParts): void {
  app.get(
    '/v1/time',
    {
      schema: {
        operationId: 'getTime',
        tags,
        summary: 'Is the clock right?',
        description: 'What the clock of the box says, and whether that is believed.',
        response: answers({ 200: { description: 'The time.', schema: Shared('Time') } }, ['requestInvalid']),
      },
    },
    () => Promise.resolve(shown()),
  );

  app.put(
    '/v1/time',
    {
      schema: {
        operationId: 'confirmTime',
        tags,
        summary: 'Confirm the clock',
        description:
          'A person says that the clock is right, and what waited for that goes on. It holds until the clock jumps or the daemon stops.',
        body: ConfirmTime,
        response: answers({ 200: { description: 'How it stands now.', schema: Shared('Time') } }, [...BODY_FAULTS, 'storeFull']),
      },
    },
    async (request) => {
      const { trusted } = request.body;
      await parts.store.audit(auditEntry(parts.clock, request, 'time.confirm', null, { trusted }));
      await parts.time.say(trusted);
      parts.log.warn({ trusted: request.body.trusted, key: request.keyId }, 'a person spoke about the clock');
      return shown();
    },
  );

  function shown(): Time {
    const { trust } = parts.time;
    return { now: rfc3339(parts.clock.now()), trusted: trust.trusted, reason: trust.reason, sentence: trustSentence(trust) };
  }
}
