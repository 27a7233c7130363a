import { Type } from 'typebox';
import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { callerOf, reaches } from './guard.ts';
import { knownName } from './known-name.ts';
import { maskMessage } from './masked.ts';
import type { Api, ApiParts } from './parts.ts';
import { pageIn } from './query.ts';
import { listOf, PageQuery, Shared } from './schemas/common.ts';
import { DecideMissed } from './schemas/missed.ts';
import { shapeMessage } from './shape.ts';

const tags = ['messages'];

const Id = Type.Object({ id: Type.String({ description: 'Id of the message.' }) });

/** What was due while the box was off. */
export function missedRoutes(app: Api, parts: ApiParts): void {
  const { missed, store } = parts;

  app.get(
    '/v1/missed',
    {
      schema: {
        operationId: 'listMissed',
        tags,
        summary: 'List what was due while the box was off',
        description:
          'Nothing of it is sent by itself: it waits for a person. The most urgent purpose first, in each the oldest first. To change a text, leave the message and send another.',
        querystring: PageQuery,
        response: answers({ 200: { description: 'A page of what was missed.', schema: listOf('Missed') } }, [
          'requestInvalid',
          'cursorInvalid',
        ]),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const key = caller.scopes.has('read:all') ? undefined : caller.id;
      const { data, nextCursor } = await missed.list(pageIn(request.query), key);
      return {
        data: data.map(({ message, dueAt }) => {
          const known = { ...shapeMessage(message), name: knownName(store, message.to) };
          return { dueAt: rfc3339(dueAt), message: caller.masked ? maskMessage(known) : known };
        }),
        nextCursor,
      };
    },
  );

  app.post(
    '/v1/missed/:id',
    {
      schema: {
        operationId: 'decideMissed',
        tags,
        summary: 'Send or leave what was missed',
        description: 'A person says whether a message that is listed there is still to be sent.',
        params: Id,
        body: DecideMissed,
        response: answers({ 200: { description: 'The message, as it is now.', schema: Shared('Message') } }, [
          ...BODY_FAULTS,
          'notFound',
          'tooLate',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { as } = request.body;
      const keyId = await store.keyOf(id);
      if (keyId === undefined || !reaches(callerOf(request), keyId)) throw new Fault('notFound', 'There is no message with this id.');
      const outcome = await missed.decide(id, as, auditEntry(parts.clock, request, 'missed.decide', id, { as }));
      if (outcome.kind === 'notMissed') {
        throw new Fault(
          'tooLate',
          `This message is ${outcome.status}, and not (or not any more) among what was missed; GET /v1/missed lists that.`,
        );
      }
      const message = outcome.kind === 'decided' ? await store.message(id) : undefined;
      if (!message) throw new Fault('notFound', 'There is no message with this id.');
      parts.log.info({ message: id, as, key: request.keyId }, 'a person decided about a message that was missed');
      return shapeMessage(message);
    },
  );
}
