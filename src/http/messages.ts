import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Prepared } from '../dispatch/accept.ts';
import type { MessageFilter, MessageStatus, MessageView } from '../store/records/message.ts';
import { auditEntry } from './audit-entry.ts';
import type { Caller } from './auth.ts';
import { withItsWait } from './caps.ts';
import { answers, BODY_FAULTS, IDEMPOTENCY_NOTE, IdempotencyHeader, LINT_FAULTS, POLICY_FAULTS } from './docs.ts';
import { callerOf, mustHave, reaches } from './guard.ts';
import { type Answer, type IdempotencyKeys, JSON_TYPE, sendAnswer } from './idempotency.ts';
import { knownName } from './known-name.ts';
import { listPage } from './list-page.ts';
import { maskMessage } from './masked.ts';
import type { Api, ApiParts } from './parts.ts';
import { instantIn, numberIn, pageIn } from './query.ts';
import { listOf, Shared } from './schemas/common.ts';
import { type Message, MessageQuery, Resolve, SendMessage } from './schemas/message.ts';
import { sendScope } from './scopes.ts';
import { shapeMessage, writeNew } from './shape.ts';
import type { Slices } from './slices.ts';
import { checkStrings } from './text.ts';

const tags = ['messages'];
const Id = Type.Object({ id: Type.String({ description: 'As `POST /v1/messages` gave it.' }) });

export function messageRoutes(app: Api, parts: ApiParts, idempotency: IdempotencyKeys, slices: Slices): void {
  const { store, acceptance } = parts;

  const prepare = (caller: Caller, body: SendMessage): Prepared => {
    mustHave(caller, sendScope(body.purpose ?? 'service'));
    if (body.byHand) mustBePerson(caller);
    checkStrings(body);
    return acceptance.prepare(caller.id, body);
  };

  const accepted = (message: Prepared): Answer => {
    const body = Buffer.concat(writeNew(message, acceptance.cost(message), { queueDelay: acceptance.queueDelay(message.purpose) }));
    return { status: 202, body, location: `/v1/messages/${message.id}` };
  };

  app.post(
    '/v1/messages',
    {
      config: { headers: IdempotencyHeader },
      schema: {
        operationId: 'sendMessage',
        tags,
        summary: 'Send a text',
        description: `Takes a text for one recipient. The answer comes once it is on the disk, so that what was answered 202 is not lost by a crash or a power cut. ${IDEMPOTENCY_NOTE}`,
        body: SendMessage,
        response: answers(
          {
            200: { description: 'For `dryRun`: what it would be; nothing was stored.', schema: Shared('Message') },
            202: {
              description: 'Accepted.',
              schema: Shared('Message'),
              headers: {
                Location: { type: 'string', description: 'Where it can be followed.' },
                'Idempotent-Replayed': { type: 'string', description: '`true` when this answer was given before.' },
              },
            },
          },
          [
            ...BODY_FAULTS,
            'numberInvalid',
            'textInvalid',
            'textTooLong',
            'simUnknown',
            'simRefused',
            'timeInvalid',
            'topicInvalid',
            ...POLICY_FAULTS,
            ...LINT_FAULTS,
            'quotaUsedUp',
            'recipientLimit',
            'adjacentNumbers',
            'costLimit',
            'queueFull',
            'idempotencyInFlight',
            'idempotencyMismatch',
            'storeFull',
          ],
        ),
      },
    },
    async (request, reply) => {
      const { body } = request;
      const caller = callerOf(request);
      if (body.dryRun) {
        const message = prepare(caller, body);
        const shown = Buffer.concat(writeNew(message, acceptance.cost(message), { dryRun: true }));
        return sendAnswer(reply, { status: 200, body: shown, location: null });
      }
      if (request.headers['idempotency-key'] === undefined) {
        const message = prepare(caller, body);
        const answer = accepted(message);
        await acceptance.commit([message]);
        return sendAnswer(reply, answer);
      }
      return idempotency.once(request, reply, async (keep) => {
        const message = prepare(caller, body);
        const answer = accepted(message);
        const outcome = await acceptance.commit([message], keep(answer, message.acceptedAt));
        return outcome.kind === 'repeated' ? outcome.earlier : answer;
      });
    },
  );

  app.get(
    '/v1/messages',
    {
      schema: {
        operationId: 'listMessages',
        tags,
        summary: 'List messages',
        description: 'Newest first. All filters must hold. A key without `read:all` sees those that it handed over itself.',
        querystring: MessageQuery,
        response: answers({ 200: { description: 'A page of messages.', schema: listOf('Message') } }, [
          'requestInvalid',
          'cursorInvalid',
          'numberInvalid',
        ]),
      },
    },
    async (request, reply) => {
      const { status, to, purpose, since } = request.query;
      const caller = callerOf(request);
      const filter: MessageFilter = {
        ...(caller.scopes.has('read:all') ? {} : { key: caller.id }),
        ...(status === undefined ? {} : { status }),
        ...(to === undefined ? {} : { to: numberIn('to', to, parts.normalizeNumber) }),
        ...(purpose === undefined ? {} : { purpose }),
        ...(since === undefined ? {} : { since: instantIn('since', since) }),
      };
      const page = await listPage(
        slices,
        pageIn(request.query),
        (part) => store.messages(filter, part),
        (message) => asItIs(message, caller),
      );
      return reply.header('content-type', JSON_TYPE).send(page);
    },
  );

  app.get(
    '/v1/messages/:id',
    {
      schema: {
        operationId: 'getMessage',
        tags,
        summary: 'Follow a message',
        description: 'Its status, its segments, every attempt to send them, and what happened when.',
        params: Id,
        response: answers({ 200: { description: 'The message.', schema: Shared('Message') } }, ['requestInvalid', 'notFound']),
      },
    },
    async (request, reply) => {
      await reach(request);
      return reply.header('content-type', JSON_TYPE).send(await shown(request.params.id, callerOf(request)));
    },
  );

  app.delete(
    '/v1/messages/:id',
    {
      schema: {
        operationId: 'cancelMessage',
        tags,
        summary: 'Withdraw a message',
        description: 'Cancels what is not yet on its way. A message that was cancelled before is answered the same.',
        params: Id,
        response: answers({ 200: { description: 'The message, cancelled.', schema: Shared('Message') } }, [
          'requestInvalid',
          'notFound',
          'tooLate',
          'storeFull',
        ]),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await reach(request);
      const outcome = await acceptance.cancel(id);
      if (outcome.kind === 'unknown') throw noMessage();
      if (outcome.kind === 'tooLate' && outcome.status !== 'cancelled') throw new Fault('tooLate', TOO_LATE[outcome.status]);
      return reply.header('content-type', JSON_TYPE).send(await shown(id, callerOf(request)));
    },
  );

  app.post(
    '/v1/messages/:id/resolve',
    {
      schema: {
        operationId: 'resolveMessage',
        tags,
        summary: 'Decide about a message in doubt',
        description:
          'For a message that is `uncertain`: nobody knows whether it went out, and a person who has asked the client does. It stays possible that a report comes later and says more.',
        params: Id,
        body: Resolve,
        response: answers({ 200: { description: 'The message, as it is now.', schema: Shared('Message') } }, [
          ...BODY_FAULTS,
          'notFound',
          'notUncertain',
          'tooLate',
          'storeFull',
        ]),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { as } = request.body;
      await reach(request);
      const outcome = await acceptance.resolve(id, as, auditEntry(parts.clock, request, 'message.resolve', id, { as }));
      switch (outcome.kind) {
        case 'unknown':
          throw noMessage();
        case 'notUncertain':
          throw new Fault('notUncertain', `This message is ${outcome.status}, and only one that is uncertain can be resolved.`);
        case 'pastItsTime':
          throw new Fault(
            'tooLate',
            `This message was worth sending until ${rfc3339(outcome.expiresAt)}; resolve it as sent or failed, or send a new one.`,
          );
        case 'resolved':
          parts.log.info({ message: id, as, key: request.keyId }, 'a person resolved a message in doubt');
          return reply.header('content-type', JSON_TYPE).send(await shown(id, callerOf(request)));
      }
    },
  );

  function asItIs(message: MessageView, caller: Caller): Message {
    const shape = shapeMessage(withItsWait(message, parts));
    // Whoever only sends learns nothing of contacts.
    const known = caller.scopes.has('read') ? { ...shape, name: knownName(store, shape.to) } : shape;
    return caller.masked ? maskMessage(known) : known;
  }

  /** What a key may not see is not there for it. @throws Fault `notFound` */
  async function reach(request: FastifyRequest<{ Params: { id: string } }>): Promise<void> {
    const keyId = await store.keyOf(request.params.id);
    if (keyId === undefined || !reaches(callerOf(request), keyId)) throw noMessage();
  }

  async function shown(id: string, caller: Caller): Promise<string> {
    const message = await store.message(id);
    if (!message) throw noMessage();
    return JSON.stringify(asItIs(message, caller));
  }
}

/** @throws Fault `scopeMissing` for a key: what a program sends by night is not answered by hand */
function mustBePerson({ name, role }: Caller): void {
  if (role === null)
    throw new Fault(
      'scopeMissing',
      `The key "${name}" is a program's, and only a person who is logged in answers by hand: leave byHand out.`,
      [{ pointer: '/byHand', detail: 'is for people who are logged in' }],
    );
}

const noMessage = (): Fault => new Fault('notFound', 'There is no message with this id; GET /v1/messages lists those that are there.');

const ON_ITS_WAY = 'A segment of this message is on its way, and a short message cannot be called back.';
const ENDED = 'This message has come to its end already; there is nothing to withdraw.';

/** Why a message in each status cannot be withdrawn. */
const TOO_LATE: Readonly<Record<MessageStatus, string>> = {
  accepted: ON_ITS_WAY,
  held: ON_ITS_WAY,
  queued: ON_ITS_WAY,
  sending: ON_ITS_WAY,
  sent: 'This message was sent already, and a short message cannot be called back.',
  uncertain: 'This message may have been sent already; its outcome is still unknown.',
  delivered: ENDED,
  undelivered: ENDED,
  refused: ENDED,
  failed: ENDED,
  expired: ENDED,
  cancelled: ENDED,
};
