import { Fault } from '../base/fault.ts';
import { definitionOf, readableDefinition } from '../dialogues/machine.ts';
import { SHIPPED_DIALOGUES, shippedDefinition } from '../dialogues/shipped.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { callerOf } from './guard.ts';
import { maskDialogue } from './masked.ts';
import type { Api, ApiParts } from './parts.ts';
import { numberIn, pageIn, pageOf } from './query.ts';
import { listOf, PageQuery, Shared } from './schemas/common.ts';
import {
  BeginDialogue,
  DefinitionParams,
  DialogueDefinitionRemoved,
  DialogueEvent,
  DialogueParams,
  DialogueQuery,
  SetDialogueDefinition,
  SteerDialogue,
} from './schemas/dialogue.ts';
import { shapeDialogue } from './shape.ts';

const tags = ['dialogues'];

/** Conversations by steps: what they are, where each is, and how they are moved on from outside. */
export function dialogueRoutes(app: Api, { store, clock, dialogues, normalizeNumber, simNamed }: ApiParts): void {
  app.get(
    '/v1/dialogues',
    {
      schema: {
        operationId: 'listDialogues',
        tags,
        summary: 'List dialogues',
        description: 'The newest first. All filters must hold.',
        querystring: DialogueQuery,
        response: answers({ 200: { description: 'A page of dialogues.', schema: listOf('Dialogue') } }, [
          'requestInvalid',
          'cursorInvalid',
          'numberInvalid',
        ]),
      },
    },
    async (request) => {
      const { contact, state } = request.query;
      const filter = {
        ...(contact === undefined ? {} : { contact: numberIn('contact', contact, normalizeNumber) }),
        ...(state === undefined ? {} : { state }),
      };
      const { data, nextCursor } = await store.dialogues.list(filter, pageIn(request.query));
      const shaped = data.map(shapeDialogue);
      return { data: callerOf(request).masked ? shaped.map(maskDialogue) : shaped, nextCursor };
    },
  );

  app.get(
    '/v1/dialogues/:id',
    {
      schema: {
        operationId: 'getDialogue',
        tags,
        summary: 'One dialogue',
        params: DialogueParams,
        response: answers({ 200: { description: 'Where it is.', schema: Shared('Dialogue') } }, ['requestInvalid', 'notFound']),
      },
    },
    async (request) => {
      const dialogue = await store.dialogues.of(request.params.id);
      if (!dialogue) throw new Fault('notFound', 'There is no dialogue with this id; GET /v1/dialogues lists them.');
      const shaped = shapeDialogue(dialogue);
      return callerOf(request).masked ? maskDialogue(shaped) : shaped;
    },
  );

  app.post(
    '/v1/dialogues',
    {
      schema: {
        operationId: 'beginDialogue',
        tags,
        summary: 'Begin a dialogue with a client',
        description: 'The first question goes out as a service message. A client is in one dialogue at a time on a SIM.',
        body: BeginDialogue,
        response: answers({ 201: { description: 'Begun.', schema: Shared('Dialogue') } }, [
          ...BODY_FAULTS,
          'numberInvalid',
          'simUnknown',
          'dialogueUnknown',
          'dialogueOpen',
          'storeFull',
        ]),
      },
    },
    async (request, reply) => {
      const { definition, to, fields = {} } = request.body;
      const sim = request.body.sim === undefined ? undefined : simNamed(request.body.sim);
      if (request.body.sim !== undefined && sim === undefined) {
        throw new Fault('simUnknown', 'There is no such SIM; GET /v1/sims lists them.', [{ pointer: '/sim', detail: 'is not known' }]);
      }
      const begun = await dialogues.begin({ definition, contact: normalizeNumber(to), sim, fields });
      return reply.code(201).send(shapeDialogue(begun));
    },
  );

  app.post(
    '/v1/dialogues/:id/events',
    {
      schema: {
        operationId: 'tellDialogue',
        tags,
        summary: 'Tell a dialogue what happened outside',
        description:
          'Such as that its client has paid. `tooLate` where it does not wait for that, or not any more: what was told before is not done again.',
        params: DialogueParams,
        body: DialogueEvent,
        response: answers({ 200: { description: 'Where it is now.', schema: Shared('Dialogue') } }, [
          ...BODY_FAULTS,
          'notFound',
          'tooLate',
          'storeFull',
        ]),
      },
    },
    async (request) => shapeDialogue(await dialogues.tell(request.params.id, request.body.event, request.body.fields ?? {})),
  );

  app.post(
    '/v1/dialogues/:id/steer',
    {
      schema: {
        operationId: 'steerDialogue',
        tags,
        summary: 'End a dialogue, or take it over',
        params: DialogueParams,
        body: SteerDialogue,
        response: answers({ 200: { description: 'As it ended.', schema: Shared('Dialogue') } }, [
          ...BODY_FAULTS,
          'notFound',
          'tooLate',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { to } = request.body;
      const { id } = request.params;
      return shapeDialogue(await dialogues.steer(id, to, auditEntry(clock, request, 'dialogue.steer', id, { to })));
    },
  );

  app.get(
    '/v1/dialogue-definitions',
    {
      schema: {
        operationId: 'listDialogueDefinitions',
        tags,
        summary: 'The dialogues that can be had',
        description: 'Those in use, and those that Simpost ships. By name.',
        querystring: PageQuery,
        response: answers({ 200: { description: 'A page of them.', schema: listOf('DialogueDefinition') } }, [
          'requestInvalid',
          'cursorInvalid',
        ]),
      },
    },
    (request) => {
      const used = store.dialogues.definitions();
      const names = new Set(used.map(({ name }) => name));
      const all = [
        ...used.map(({ name, version, body }) => ({ name, version, definition: readableDefinition(body) ?? {} })),
        ...SHIPPED_DIALOGUES.filter((name) => !names.has(name)).map((name) => ({
          name,
          version: null,
          definition: shippedDefinition(name),
        })),
      ];
      return Promise.resolve(
        pageOf(
          'dialogueDefinitions',
          all.sort((a, b) => (a.name < b.name ? -1 : 1)),
          ({ name }) => name,
          pageIn(request.query),
        ),
      );
    },
  );

  app.put(
    '/v1/dialogue-definitions/:name',
    {
      schema: {
        operationId: 'putDialogueDefinition',
        tags,
        summary: 'Put a dialogue into use',
        description: 'Dialogues that go on keep the version that they began with.',
        params: DefinitionParams,
        body: SetDialogueDefinition,
        response: answers({ 200: { description: 'As it is in use.', schema: Shared('DialogueDefinition') } }, [
          ...BODY_FAULTS,
          'dialogueInvalid',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { name } = request.params;
      const { version, body } = await dialogues.put(name, { ...request.body }, auditEntry(clock, request, 'dialogue.define', name));
      return { name, version, definition: definitionOf(body) };
    },
  );

  app.delete(
    '/v1/dialogue-definitions/:name',
    {
      schema: {
        operationId: 'removeDialogueDefinition',
        tags,
        summary: 'Take a dialogue out of use',
        description: 'Those that go on go on.',
        params: DefinitionParams,
        response: answers({ 200: { description: 'None begins any more.', schema: DialogueDefinitionRemoved } }, [
          'requestInvalid',
          'notFound',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { name } = request.params;
      const was = await store.dialogues.removeDefinition(name, auditEntry(clock, request, 'dialogue.undefine', name));
      if (!was) throw new Fault('notFound', 'No such dialogue is in use; GET /v1/dialogue-definitions lists them.');
      return { name, removed: true as const };
    },
  );
}
