import { Type } from 'typebox';
import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Task } from '../store/records/inbound-rules.ts';
import type { Caller } from './auth.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { callerOf } from './guard.ts';
import { knownName } from './known-name.ts';
import { maskTask } from './masked.ts';
import type { Api, ApiParts } from './parts.ts';
import { pageIn, senderIn } from './query.ts';
import { listOf, Shared } from './schemas/common.ts';
import { CreateTask, TaskQuery } from './schemas/task.ts';
import { checkText } from './text.ts';

const tags = ['inbound'];

/** What a person is asked to look at. */
export function taskRoutes(app: Api, { store, clock, normalizeNumber }: ApiParts): void {
  // Whoever only sends learns nothing of contacts.
  const shapeTask = (task: Task, { scopes }: Caller) => ({
    id: task.id,
    kind: task.kind,
    contact: task.contact,
    name: scopes.has('inbox') ? knownName(store, task.contact) : null,
    inbound: task.inboundId,
    occasion: task.occasion,
    text: scopes.has('inbox') ? task.text : null,
    at: rfc3339(task.at),
    doneAt: task.doneAt === null ? null : rfc3339(task.doneAt),
    doneBy: task.doneBy,
  });

  app.get(
    '/v1/tasks',
    {
      schema: {
        operationId: 'listTasks',
        tags,
        summary: 'List what a person is asked to look at',
        description: 'The newest first.',
        querystring: TaskQuery,
        response: answers({ 200: { description: 'A page of tasks.', schema: listOf('Task') } }, ['requestInvalid', 'cursorInvalid']),
      },
    },
    async (request) => {
      const { all = false, contact } = request.query;
      const number = contact === undefined ? undefined : senderIn('contact', contact, normalizeNumber);
      const { data, nextCursor } = await store.desk.tasks(all, pageIn(request.query), number);
      const caller = callerOf(request);
      const shaped = data.map((task) => shapeTask(task, caller));
      return { data: caller.masked ? shaped.map(maskTask) : shaped, nextCursor };
    },
  );

  app.post(
    '/v1/tasks',
    {
      schema: {
        operationId: 'createTask',
        tags,
        summary: 'Ask somebody to look at something',
        description:
          'In your own words, about one client: to call them back, to send the results. Nothing is sent, and no offer waits for it.',
        body: CreateTask,
        response: answers({ 201: { description: 'The task.', schema: Shared('Task') } }, [
          ...BODY_FAULTS,
          'numberInvalid',
          'textInvalid',
          'storeFull',
        ]),
      },
    },
    async (request, reply) => {
      const { to, text } = request.body;
      checkText(text);
      const task = await store.desk.addTask({ contact: normalizeNumber(to), text, at: clock.now() });
      return reply.code(201).send(shapeTask(task, callerOf(request)));
    },
  );

  app.post(
    '/v1/tasks/:id/done',
    {
      schema: {
        operationId: 'finishTask',
        tags,
        summary: 'Say that a task is done',
        description: 'Offers that waited for it go on, unless the contact was put onto the opt-out list.',
        params: Type.Object({ id: Type.String({ description: 'As `GET /v1/tasks` gave it.' }) }),
        response: answers({ 200: { description: 'The task.', schema: Shared('Task') } }, ['requestInvalid', 'notFound', 'storeFull']),
      },
    },
    async (request) => {
      const task = await store.desk.finishTask(request.params.id, request.keyId, clock.now());
      if (!task) throw new Fault('notFound', 'There is no task with this id; GET /v1/tasks lists those that there are.');
      return shapeTask(task, callerOf(request));
    },
  );
}
