import { Type } from 'typebox';
import { Fault, faultAt, wrongAt } from '../base/fault.ts';
import { TOPIC } from '../base/suppression-scope.ts';
import { SHIPPED, type Sequence as UsedSequence } from '../occasions/sequence.ts';
import { templateOf } from '../templates/shelf.ts';
import { textsOf } from '../templates/stored.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { callerOf, mustHave } from './guard.ts';
import { purposesOf } from './occasions.ts';
import type { Api, ApiParts } from './parts.ts';
import { pageIn, pageOf } from './query.ts';
import { listOf, PageQuery, Shared } from './schemas/common.ts';
import { type Sequence, SequenceParams, SetSequence } from './schemas/sequence.ts';
import { sendScope } from './scopes.ts';

const tags = ['occasions'];

/** What is told of each kind of occasion: those that Simpost ships, and over them the site's own. */
export function sequenceRoutes(app: Api, parts: ApiParts): void {
  const { occasions, store, clock } = parts;
  const { sequences } = occasions;
  const shown = (kind: string): Sequence => {
    const sequence = sequences.of(kind);
    if (!sequence) throw new Fault('notFound', `There is no sequence "${kind}"; GET /v1/sequences lists those that there are.`);
    return { kind, own: sequences.isOwn(kind), shipped: SHIPPED.has(kind), ...written(sequence) };
  };

  app.get(
    '/v1/sequences',
    {
      schema: {
        operationId: 'listSequences',
        tags,
        summary: 'List what is told of each kind of occasion',
        querystring: PageQuery,
        response: answers({ 200: { description: 'A page of sequences.', schema: listOf('Sequence') } }, [
          'requestInvalid',
          'cursorInvalid',
        ]),
      },
    },
    (request) => Promise.resolve(pageOf('sequences', sequences.kinds().map(shown), ({ kind }) => kind, pageIn(request.query))),
  );

  app.get(
    '/v1/sequences/:kind',
    {
      schema: {
        operationId: 'getSequence',
        tags,
        summary: 'What is told of one kind of occasion',
        params: SequenceParams,
        response: answers({ 200: { description: 'The sequence.', schema: Shared('Sequence') } }, ['requestInvalid', 'notFound']),
      },
    },
    (request) => Promise.resolve(shown(request.params.kind)),
  );

  app.put(
    '/v1/sequences/:kind',
    {
      schema: {
        operationId: 'setSequence',
        tags,
        summary: 'Change what is told of a kind of occasion, or make a kind',
        description: 'The occasions of the kind that there are already are planned anew by it; what was sent is not sent again.',
        params: SequenceParams,
        body: SetSequence,
        response: answers({ 200: { description: 'As it is now.', schema: Shared('Sequence') } }, [
          ...BODY_FAULTS,
          'templateUnknown',
          'topicInvalid',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { kind } = request.params;
      const sequence = request.body;
      check(sequence, (name) => templateOf(name, textsOf(store.templates.of(name))) !== undefined);
      for (const purpose of purposesOf(sequence)) mustHave(callerOf(request), sendScope(purpose));
      await store.audit(auditEntry(clock, request, 'sequence.set', kind, { steps: sequence.steps.length }));
      await occasions.setSequence(kind, sequence);
      return shown(kind);
    },
  );

  app.delete(
    '/v1/sequences/:kind',
    {
      schema: {
        operationId: 'removeSequence',
        tags,
        summary: 'Give a kind its shipped sequence back',
        description: 'A kind of your own ends with it: its occasions stay, and nothing more is told of them.',
        params: SequenceParams,
        response: answers(
          {
            200: {
              description: 'What it has become.',
              schema: Type.Object({ kind: Type.String(), shipped: Type.Boolean() }, { additionalProperties: false }),
            },
          },
          ['requestInvalid', 'notFound', 'storeFull'],
        ),
      },
    },
    async (request) => {
      const { kind } = request.params;
      if (!sequences.isOwn(kind)) throw new Fault('notFound', `The site has not changed the sequence "${kind}".`);
      await store.audit(auditEntry(clock, request, 'sequence.remove', kind));
      await occasions.setSequence(kind, null);
      return { kind, shipped: SHIPPED.has(kind) };
    },
  );
}

const written = ({ topic, ends, repeats, tells, steps }: UsedSequence): SetSequence => ({
  topic,
  ends: [...ends],
  ...(repeats ? { repeats } : {}),
  ...(tells ? { tells } : {}),
  steps: steps.map(({ template, unless, ...step }) => ({
    ...step,
    template: typeof template === 'string' ? template : [...template],
    ...(unless ? { unless: [...unless] } : {}),
  })),
});

/** @throws Fault `requestInvalid`, `templateUnknown`, `topicInvalid` with the place in the body */
function check({ topic, steps }: SetSequence, hasTemplate: (name: string) => boolean): void {
  const names = new Set<string>();
  for (const word of [topic, ...steps.flatMap((step) => step.topic ?? [])]) {
    if (!TOPIC.test(word))
      throw faultAt('topicInvalid', '/topic', 'must be one word of letters, digits, ".", "-" or "_", at most 40 of them');
  }
  for (const [i, { name, template }] of steps.entries()) {
    if (names.has(name)) throw wrongAt(`/steps/${i}/name`, `is the name of an earlier step; each needs its own`);
    names.add(name);
    const unknown = [template].flat().find((one) => !hasTemplate(one));
    if (unknown !== undefined)
      throw faultAt(
        'templateUnknown',
        `/steps/${i}/template`,
        'is not the name of a template; GET /v1/templates lists those that there are',
      );
  }
}
