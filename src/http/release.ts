import { Type } from 'typebox';
import { Fault } from '../base/fault.ts';
import { auditEntry } from './audit-entry.ts';
import type { Keys } from './auth.ts';
import { answers, BODY_FAULTS, keyWith } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { ReleaseMessage } from './schemas/message.ts';
import { shapeMessage } from './shape.ts';
import { checkLine } from './text.ts';

const Id = Type.Object({ id: Type.String({ description: 'Of the message.' }) });

/** A person who may answer for it lets a message go that policy holds. */
export function releaseRoutes(app: Api, parts: ApiParts, keys: Keys): void {
  app.post(
    '/v1/messages/:id/release',
    {
      onRequest: keys.needs('operate'),
      schema: {
        operationId: 'releaseMessage',
        tags: ['messages'],
        summary: 'Let a held message go now',
        description:
          'For a message that quiet hours or a frequency cap hold (`quietHours`, `movedEarlier`, `allPerDay`, `promotionalPer7Days`). It goes at once, whatever the hour. The reason stands in `policy.released` and in the audit log; an opt-out is not overruled.',
        security: keyWith('operate'),
        params: Id,
        body: ReleaseMessage,
        response: answers({ 200: { description: 'The message, as it is now.', schema: Shared('Message') } }, [
          ...BODY_FAULTS,
          'notFound',
          'notHeld',
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
      const message = outcome.kind === 'released' ? await parts.store.message(id) : undefined;
      if (!message) throw new Fault('notFound', 'There is no message with this id.');
      parts.log.info({ message: id, key: request.keyId }, 'a person released a message that policy held');
      return shapeMessage(message);
    },
  );
}
