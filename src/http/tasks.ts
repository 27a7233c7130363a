import { Type } from 'typebox';
import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Task } from '../store/records/inbound-rules.ts';
import type { Caller } from './auth.ts';
import { answers } from './docs.ts';
import { callerOf } from './guard.ts';
import { knownName } from './known-name.ts';
import { maskTask } from './masked.ts';
import type { Api, ApiParts } from './parts.ts';
import { pageIn } from './query.ts';
import { listOf, Shared } from './schemas/common.ts';
import { TaskQuery } from './schemas/task.ts';

const tags = ['inbound'];

/** What a person is asked to look at. */
export function taskRoutes(app: Api, { store, clock }: ApiParts): void {
  // Whoever only sends learns nothing of contacts.
  const shapeTask = (task: Task, { scopes }: Caller) => ({
    id: task.id,
    kind: task.kind,
    contact: task.contact,
    name: scopes.has('inbox') ? knownName(store, task.contact) : null,
    inbound: task.inboundId,
    occasion: task.occasion,
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
      const { data, nextCursor } = await store.desk.tasks(request.query.all ?? false, pageIn(request.query));
      const caller = callerOf(request);
      const shaped = data.map((task) => shapeTask(task, caller));
      return { data: caller.masked ? shaped.map(maskTask) : shaped, nextCursor };
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
