import { Type } from 'typebox';
import { Fault } from '../base/fault.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { ReleaseMessage } from './schemas/message.ts';
import { checkLine } from './text.ts';

const Id = Type.Object({ id: Type.String({ description: 'Of the message.' }) });

/** A person who may answer for it lets a message go that policy holds. */
export function releaseRoutes(app: Api, parts: ApiParts): void {
  app.post(
    '/v1/messages/:id/release',
    {
      schema: {
        operationId: 'releaseMessage',
        tags: ['messages'],
        summary: 'Let a held message go now',
        description:
          'For a message that quiet hours or a frequency cap hold (`quietHours`, `movedEarlier`, `allPerDay`, `promotionalPer7Days`), or an offer at a bad moment (`unanswered`, `visitNear`, `repairUnderWay`, `lowRating`). It goes at once, whatever the hour. The reason stands in `policy.released` and in the audit log; an opt-out is not overruled.',
        params: Id,
        body: ReleaseMessage,
        response: answers({ 200: { description: 'It goes.', schema: Shared('Released') } }, [
          ...BODY_FAULTS,
          'notFound',
          'notHeld',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { reason } = request.body;
      checkLine(reason, (why) => new Fault('requestInvalid', `The reason ${why}.`, [{ pointer: '/reason', detail: why }]));
      const released = { at: parts.clock.now(), key: request.keyId, reason };
      const outcome = await parts.acceptance.release(id, released, auditEntry(parts.clock, request, 'message.release', id, { reason }));
      if (outcome.kind === 'notHeld') {
        const is = outcome.reason === null ? outcome.status : `${outcome.status} (${outcome.reason})`;
        throw new Fault('notHeld', `This message is ${is}, and only what quiet hours or a frequency cap hold can be released.`);
      }
      if (outcome.kind === 'unknown') throw new Fault('notFound', 'There is no message with this id.');
      parts.log.info({ message: id, key: request.keyId }, 'a person released a message that policy held');
      return { id, status: 'queued' as const, reason: 'released' as const };
    },
  );
}
