import { rfc3339 } from '../base/clock.ts';
import { Fault, wrongAt } from '../base/fault.ts';
import { isTimeZone } from '../base/zone-offset.ts';
import { LANGUAGES } from '../policy/language.ts';
import type { NewContact, OwnField, Contact as StoredContact } from '../store/records/contact.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { callerOf } from './guard.ts';
import { JSON_TYPE } from './idempotency.ts';
import { listPage } from './list-page.ts';
import { maskContact } from './masked.ts';
import { numberAt } from './number-at.ts';
import type { Api, ApiParts } from './parts.ts';
import { numberIn, pageIn } from './query.ts';
import { listOf, Shared } from './schemas/common.ts';
import { type Contact, ContactQuery, ExternalIdParams, SetContact } from './schemas/contact.ts';
import type { Slices } from './slices.ts';
import { readFields } from './template-preview.ts';
import { checkLine } from './text.ts';

const tags = ['contacts'];

/** Clients: who they are, how they want to be reached, and what they do not want. */
export function contactRoutes(app: Api, parts: ApiParts, slices: Slices): void {
  const { store, clock, normalizeNumber } = parts;

  app.put(
    '/v1/contacts/:externalId',
    {
      schema: {
        operationId: 'setContact',
        tags,
        summary: 'Write a contact',
        description: 'Adds it, or puts it in the place of the one with this id: what is not given is taken away.',
        params: ExternalIdParams,
        body: SetContact,
        response: answers(
          {
            200: { description: 'As it is kept.', schema: Shared('Contact') },
            201: { description: 'The same, of a new one.', schema: Shared('Contact') },
          },
          [...BODY_FAULTS, 'numberInvalid', 'storeFull'],
        ),
      },
    },
    async (request, reply) => {
      const contact = readContact(request.params.externalId, request.body, { clock, normalizeNumber });
      const kept = await store.contacts.put(contact);
      parts.occasions.contactChanged();
      return reply.code(kept.createdAt === kept.updatedAt ? 201 : 200).send(shapeContact(kept, parts));
    },
  );

  app.get(
    '/v1/contacts/:externalId',
    {
      schema: {
        operationId: 'getContact',
        tags,
        summary: 'One contact',
        params: ExternalIdParams,
        response: answers({ 200: { description: 'The contact.', schema: Shared('Contact') } }, ['requestInvalid', 'notFound']),
      },
    },
    (request) => {
      const contact = store.contacts.of(request.params.externalId);
      if (!contact) throw notFound();
      const shaped = shapeContact(contact, parts);
      return Promise.resolve(callerOf(request).masked ? maskContact(shaped) : shaped);
    },
  );

  app.delete(
    '/v1/contacts/:externalId',
    {
      schema: {
        operationId: 'removeContact',
        tags,
        summary: 'Remove a contact',
        description: 'What its numbers agreed to or do not want stays, and so does what was sent there.',
        params: ExternalIdParams,
        response: answers({ 200: { description: 'Removed.', schema: Shared('ContactRemoved') } }, [
          'requestInvalid',
          'notFound',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { externalId } = request.params;
      if (!(await store.contacts.remove(externalId, auditEntry(clock, request, 'contact.remove', externalId)))) throw notFound();
      return { externalId, removed: true as const };
    },
  );

  app.get(
    '/v1/contacts',
    {
      schema: {
        operationId: 'listContacts',
        tags,
        summary: 'List or find contacts',
        description: 'By name.',
        querystring: ContactQuery,
        response: answers({ 200: { description: 'A page of contacts.', schema: listOf('Contact') } }, [
          'requestInvalid',
          'cursorInvalid',
          'numberInvalid',
        ]),
      },
    },
    async (request, reply) => {
      const { search, tag, number, branch } = request.query;
      const filter = {
        ...(search === undefined ? {} : { search }),
        ...(tag === undefined ? {} : { tag }),
        ...(number === undefined ? {} : { number: numberIn('number', number, normalizeNumber) }),
        ...(branch === undefined ? {} : { branch }),
      };
      const { masked } = callerOf(request);
      const shape = (contact: StoredContact): Contact => {
        const shaped = shapeContact(contact, parts);
        return masked ? maskContact(shaped) : shaped;
      };
      const octets = await listPage(slices, pageIn(request.query), (page) => store.contacts.list(filter, page), shape);
      return reply.header('content-type', JSON_TYPE).send(octets);
    },
  );
}

const notFound = (): Fault => new Fault('notFound', 'There is no contact with this id; GET /v1/contacts lists those that there are.');

/**
 * A contact as a caller wrote it.
 * @throws Fault `requestInvalid`, `numberInvalid` with the place in the body
 */
export function readContact(
  externalId: string,
  body: SetContact,
  { clock, normalizeNumber }: Pick<ApiParts, 'clock' | 'normalizeNumber'>,
): NewContact {
  const { name, firstName = null, numbers, language = null, timeZone = null, tags: given = [], fields = {}, branch = null } = body;
  // The address of the export has this place.
  if (externalId === 'export') throw wrongAt('/externalId', 'may not be "export"; choose another id', 'reserved');
  line('/name', name);
  if (firstName !== null) line('/firstName', firstName);
  for (const [i, tag] of given.entries()) line(`/tags/${i}`, tag);
  if (timeZone !== null && !isTimeZone(timeZone))
    throw wrongAt('/timeZone', 'is no name of the IANA zone database, such as Europe/Kyiv', 'timeZone');
  const typed: Record<string, Exclude<OwnField, boolean>> = Object.create(null);
  for (const [field, value] of Object.entries(fields)) {
    if (typeof value === 'string') line(`/fields/${field.slice(0, 60)}`, value);
    // A flag stands in no text; its name is held against the same rule.
    typed[field] = typeof value === 'boolean' ? String(value) : value;
  }
  readFields(typed, '/fields');
  return {
    externalId,
    name,
    firstName,
    numbers: [...new Set(numbers.map((written, i) => numberAt(`/numbers/${i}`, written, normalizeNumber)))],
    language,
    timeZone,
    tags: [...new Set(given)],
    fields,
    preferredChannel: body.preferredChannel ?? 'sms',
    branch,
    updatedAt: clock.now(),
  };
}

function line(pointer: string, written: string): void {
  checkLine(written, (why) => wrongAt(pointer, why, 'characters'));
}

/** A contact as callers see it, with what is known of its numbers beside. */
function shapeContact(contact: StoredContact, { store, clock }: Pick<ApiParts, 'store' | 'clock'>): Contact {
  const now = clock.now();
  return {
    externalId: contact.externalId,
    name: contact.name,
    firstName: contact.firstName,
    numbers: [...contact.numbers],
    language: LANGUAGES.find((language) => language === contact.language) ?? null,
    timeZone: contact.timeZone,
    tags: [...contact.tags],
    fields: { ...contact.fields },
    preferredChannel: contact.preferredChannel,
    branch: contact.branch,
    wishes: contact.numbers.map((number) => {
      const heldUntil = store.optOut.offersHeldUntil(number, now);
      return {
        number,
        suppressions: store.optOut.of(number).map(({ scope, source, at }) => ({ scope, source, at: rfc3339(at) })),
        offersHeldUntil: heldUntil === null ? null : rfc3339(heldUntil),
        agreesToOffers: store.consents.covers(number, 'promotional', null, now),
        sharedWith: store.contacts.withNumber(number).flatMap(({ externalId }) => (externalId === contact.externalId ? [] : [externalId])),
      };
    }),
    createdAt: rfc3339(contact.createdAt),
    updatedAt: rfc3339(contact.updatedAt),
  };
}
