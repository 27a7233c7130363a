import type { FastifyRequest } from 'fastify';
import { type Fault, faultAt, faultIn, wrongAt } from '../base/fault.ts';
import { readInstant } from '../base/rfc3339.ts';
import type { OccasionWish } from '../occasions/change.ts';
import type { Asking } from '../occasions/desk.ts';
import type { Sequence } from '../occasions/sequence.ts';
import { readDay } from '../policy/local-date.ts';
import { instantOf } from '../policy/local-time.ts';
import type { OccasionFilter, OccasionView } from '../store/records/occasion.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { callerOf, mustHave, reaches } from './guard.ts';
import { JSON_TYPE } from './idempotency.ts';
import { knownName } from './known-name.ts';
import { listPage } from './list-page.ts';
import { maskOccasion } from './masked.ts';
import { numberAt } from './number-at.ts';
import type { Api, ApiParts } from './parts.ts';
import { instantIn, numberIn, pageIn } from './query.ts';
import { listOf, Shared } from './schemas/common.ts';
import { MarkOccasion, type Occasion, OccasionParams, OccasionQuery, PutOccasion } from './schemas/occasion.ts';
import { sendScope } from './scopes.ts';
import { shapeOccasion } from './shape-occasion.ts';
import type { Slices } from './slices.ts';
import { readFields } from './template-preview.ts';
import { checkLine } from './text.ts';

const tags = ['occasions'];

/** Visits, orders, birthdays: what is dated about clients, and what they are told of it. */
export function occasionRoutes(app: Api, parts: ApiParts, slices: Slices): void {
  const { occasions, store, normalizeNumber } = parts;

  const shown = (request: FastifyRequest, view: OccasionView): Occasion => {
    const { masked, scopes } = callerOf(request);
    if (masked) return { ...maskOccasion(shapeOccasion(view)), name: null };
    return { ...shapeOccasion(view), name: scopes.has('read') ? knownName(store, view.to) : null };
  };

  app.put(
    '/v1/occasions/:kind/:externalId',
    {
      schema: {
        operationId: 'putOccasion',
        tags,
        summary: 'Tell of an occasion, or that it has changed',
        description:
          'The sequence of its kind does the rest: it plans what the client is told. Another time moves it, the status `cancelled` withdraws it, and each status is told once. What is not given stays as it was; saying the same again changes nothing.',
        params: OccasionParams,
        body: PutOccasion,
        response: answers(
          {
            200: { description: 'As it is now.', schema: Shared('Occasion') },
            201: { description: 'It is new.', schema: Shared('Occasion') },
          },
          [...BODY_FAULTS, 'notFound', 'nameTaken', 'numberInvalid', 'timeInvalid', 'storeFull'],
        ),
      },
    },
    async (request, reply) => {
      const { kind, externalId } = request.params;
      const caller = callerOf(request);
      for (const purpose of purposesOf(occasions.sequences.of(kind))) mustHave(caller, sendScope(purpose));
      checkLine(externalId, (why) => wrongAt('/externalId', why));
      const { view, isNew } = await occasions.put({ kind, externalId }, wishOf(request.body, parts), askingOf(request));
      return reply.code(isNew ? 201 : 200).send(shown(request, view));
    },
  );

  app.get(
    '/v1/occasions/:kind/:externalId',
    {
      schema: {
        operationId: 'getOccasion',
        tags,
        summary: 'One occasion, and what is told of it',
        params: OccasionParams,
        response: answers({ 200: { description: 'The occasion.', schema: Shared('Occasion') } }, ['requestInvalid', 'notFound']),
      },
    },
    async (request) => shown(request, await occasions.view(request.params, askingOf(request))),
  );

  app.delete(
    '/v1/occasions/:kind/:externalId',
    {
      schema: {
        operationId: 'removeOccasion',
        tags,
        summary: 'Forget an occasion',
        description:
          'What is not sent yet is withdrawn, and nothing is told of it. To tell the client that it is off, set the status `cancelled`.',
        params: OccasionParams,
        response: answers({ 200: { description: 'It is gone.', schema: Shared('OccasionRemoved') } }, [
          'requestInvalid',
          'notFound',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { kind, externalId } = request.params;
      await occasions.remove({ kind, externalId }, askingOf(request));
      return { kind, externalId, removed: true as const };
    },
  );

  app.post(
    '/v1/occasions/:kind/:externalId/attendance',
    {
      schema: {
        operationId: 'markOccasion',
        tags,
        summary: 'Say whether the client came',
        params: OccasionParams,
        body: MarkOccasion,
        response: answers({ 200: { description: 'As it is now.', schema: Shared('Occasion') } }, [...BODY_FAULTS, 'notFound', 'storeFull']),
      },
    },
    async (request) => {
      const { kind, externalId } = request.params;
      const view = await occasions.mark({ kind, externalId }, request.body.attendance, askingOf(request));
      return shown(request, view);
    },
  );

  app.get(
    '/v1/occasions',
    {
      schema: {
        operationId: 'listOccasions',
        tags,
        summary: 'List occasions',
        description: 'Those that were told of last come first.',
        querystring: OccasionQuery,
        response: answers({ 200: { description: 'A page of occasions.', schema: listOf('Occasion') } }, [
          'requestInvalid',
          'cursorInvalid',
          'numberInvalid',
        ]),
      },
    },
    async (request, reply) => {
      const { kind, to, resource, status, from, until } = request.query;
      const caller = callerOf(request);
      const filter: OccasionFilter = {
        ...(kind === undefined ? {} : { kind }),
        ...(to === undefined ? {} : { to: numberIn('to', to, normalizeNumber) }),
        ...(resource === undefined ? {} : { resource }),
        ...(status === undefined ? {} : { status }),
        ...(from === undefined ? {} : { from: instantIn('from', from) }),
        ...(until === undefined ? {} : { until: instantIn('until', until) }),
        ...(caller.scopes.has('read:all') ? {} : { key: caller.id }),
      };
      const page = await listPage(
        slices,
        pageIn(request.query),
        (part) => store.occasions.list(filter, part),
        (view) => shown(request, view),
      );
      return reply.header('content-type', JSON_TYPE).send(page);
    },
  );
}

/** Who asks, as the desk of occasions wants to know it. */
export function askingOf(request: FastifyRequest): Asking {
  const caller = callerOf(request);
  return { keyId: caller.id, by: caller.role === null ? 'program' : 'desk', reaches: (keyId) => reaches(caller, keyId) };
}

/** What a sequence may send. */
export const purposesOf = (sequence: Sequence | undefined) => new Set((sequence?.steps ?? []).map(({ purpose = 'service' }) => purpose));

/** @throws Fault `numberInvalid`, `timeInvalid`, `requestInvalid` */
function wishOf({ contact, startsAt, slots, ...rest }: PutOccasion, parts: ApiParts): OccasionWish {
  const who = clientOf(contact, parts);
  const zone = who.timeZone ?? parts.timeZone;
  readFields(rest.data ?? {}, '/data');
  for (const [field, value] of Object.entries(rest.data ?? {})) {
    if (typeof value === 'string') checkLine(value, (why) => wrongAt(`/data/${field}`, why));
  }
  const when = startsAt === undefined || startsAt === null ? undefined : momentOf('startsAt', startsAt, zone);
  return {
    ...who,
    ...(startsAt === null ? { startsAt: null, allDay: false } : {}),
    ...(when ? { startsAt: when.at, allDay: when.allDay } : {}),
    ...(slots === undefined ? {} : { slots: slots.map((slot, i) => momentOf(`slots/${i}`, slot, zone).at) }),
    ...rest,
  };
}

type Client = Pick<OccasionWish, 'to' | 'contact' | 'name' | 'language' | 'timeZone'>;

/** Whose it is, in full: as the contact is now, or as the caller says. */
function clientOf(written: PutOccasion['contact'], { store, normalizeNumber }: ApiParts): Client {
  if ('externalId' in written) {
    const contact = store.contacts.of(written.externalId);
    if (!contact) throw missing('is not the name of a contact; PUT /v1/contacts makes one');
    const [to] = contact.numbers;
    if (to === undefined) throw missing('is a contact without a number');
    return { to, contact: contact.externalId, name: contact.name, language: contact.language, timeZone: contact.timeZone };
  }
  const { name = null, language = null, timeZone = null } = written;
  if (name !== null) checkLine(name, (why) => wrongAt('/contact/name', why, 'characters'));
  if (timeZone !== null && !isZone(timeZone)) throw wrongAt('/contact/timeZone', 'is no time zone that is known', 'timeZone');
  return { to: numberAt('/contact/to', written.to, normalizeNumber), contact: null, name, language, timeZone };
}

const missing = (why: string): Fault => faultAt('notFound', '/contact/externalId', why);

/** What is dated later is a typing error in the year. */
const LATEST = Date.UTC(2100, 0);

/** An instant, or the midnight of a day where the client is. */
function momentOf(field: string, written: string, zone: string): { readonly at: number; readonly allDay: boolean } {
  const day = readDay(written);
  const at = day === undefined ? readInstant(written) : instantOf(zone, { day, time: 0 });
  if (at === undefined) {
    const why = 'is no time that exists; write it as RFC 3339 with an offset, such as 2026-11-24T09:00:00+02:00, or as a day';
    throw faultIn('timeInvalid', field, why);
  }
  if (at >= LATEST) throw faultIn('timeInvalid', field, 'is after the year 2099; correct the year');
  return { at, allDay: day !== undefined };
}

function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
