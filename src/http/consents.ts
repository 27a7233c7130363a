import { rfc3339 } from '../base/clock.ts';
import { faultIn } from '../base/fault.ts';
import { newId } from '../base/ids.ts';
import { readInstant } from '../base/rfc3339.ts';
import { TOPIC } from '../base/suppression-scope.ts';
import type { NewConsent } from '../store/records/consent.ts';
import { auditEntry } from './audit-entry.ts';
import { type CsvList, eachPage, sendCsv } from './csv-export.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { callerOf } from './guard.ts';
import { maskConsent } from './masked.ts';
import type { Api, ApiParts } from './parts.ts';
import { numberIn, pageIn } from './query.ts';
import { listOf, Shared } from './schemas/common.ts';
import { ConsentQuery, GiveConsent, type ListConsent } from './schemas/consent.ts';
import { CsvQuery } from './schemas/csv.ts';
import type { Slices } from './slices.ts';
import { checkLine } from './text.ts';

const tags = ['opt-out'];

/** A clock elsewhere may be ahead of ours by so much, milliseconds. */
const AHEAD = 300_000;

/** The ledger of consents: added to and read, nothing else. */
export function consentRoutes(app: Api, parts: ApiParts, slices: Slices): void {
  const { store, clock, random, normalizeNumber } = parts;

  app.post(
    '/v1/consents',
    {
      schema: {
        operationId: 'giveConsent',
        tags,
        summary: 'Record a consent',
        description:
          'Who agreed, when, how and to which words: what proves it later. Entries are never changed. An opt-out wins over any consent; to take one back, see `DELETE /v1/suppressions`.',
        body: GiveConsent,
        response: answers({ 201: { description: 'As it is kept.', schema: Shared('Consent') } }, [
          ...BODY_FAULTS,
          'numberInvalid',
          'topicInvalid',
          'timeInvalid',
          'storeFull',
        ]),
      },
    },
    async (request, reply) => {
      const given = readConsent(request.body, clock.now());
      const consent = { ...given, id: newId('con', random), to: normalizeNumber(request.body.to) };
      await store.consents.give(consent);
      return reply.code(201).send(shapeConsent(consent));
    },
  );

  app.get(
    '/v1/consents',
    {
      schema: {
        operationId: 'listConsents',
        tags,
        summary: 'Read the ledger of consents',
        description: 'The newest first. All of it as a file: `GET /v1/consents/export`.',
        querystring: ConsentQuery,
        response: answers({ 200: { description: 'A page of consents.', schema: listOf('Consent') } }, [
          'requestInvalid',
          'cursorInvalid',
          'numberInvalid',
        ]),
      },
    },
    async (request) => {
      const { to } = request.query;
      const number = to === undefined ? undefined : numberIn('to', to, normalizeNumber);
      const { data, nextCursor } = await store.consents.list(number, pageIn(request.query));
      const shaped = data.map(shapeConsent);
      return { data: callerOf(request).masked ? shaped.map(maskConsent) : shaped, nextCursor };
    },
  );

  app.get(
    '/v1/consents/export',
    {
      schema: {
        operationId: 'exportConsents',
        tags,
        summary: 'Write the ledger of consents into a list',
        description:
          'A CSV for whoever asks for the proof: each entry with its source, its time, the words or their version, and who took it; the newest first. No cell of it begins a formula in a spreadsheet.',
        querystring: CsvQuery,
        response: answers({ 200: { description: 'The list.', contentType: 'text/csv' } }, ['requestInvalid', 'scopeMissing', 'storeFull']),
      },
    },
    async (request, reply) => {
      await store.audit(auditEntry(clock, request, 'consent.export', null));
      return sendCsv(reply, 'consents', request.query, consentsIn(parts, slices));
    },
  );
}

const COLUMNS = ['id', 'to', 'purpose', 'topic', 'source', 'wording', 'actor', 'at', 'until', 'recordedAt'] as const;

function consentsIn({ store: { consents } }: ApiParts, slices: Slices): CsvList {
  async function* rows() {
    for await (const some of eachPage(slices, (page) => consents.list(undefined, page)))
      yield some.map(shapeConsent).map((consent) => COLUMNS.map((column) => consent[column] ?? ''));
  }
  return { headings: COLUMNS, rows: rows() };
}

/**
 * A consent as a caller wrote it, of whoever it is.
 * @throws Fault `requestInvalid`, `topicInvalid`, `timeInvalid`
 */
export function readConsent(body: ListConsent, now: number): Omit<NewConsent, 'id' | 'to'> {
  for (const field of ['source', 'wording', 'actor'] as const) {
    checkLine(body[field], (why) => faultIn('requestInvalid', field, why, 'characters'));
  }
  if (body.topic !== undefined && !TOPIC.test(body.topic)) throw faultIn('topicInvalid', 'topic', 'must be one word', 'tag');
  const at = instant('at', body.at);
  if (at > now + AHEAD) throw faultIn('timeInvalid', 'at', 'is in the future; a consent is recorded once it was given', 'future');
  const until = body.until === undefined ? null : instant('until', body.until);
  if (until !== null && until <= at) throw faultIn('timeInvalid', 'until', 'is not after at', 'past');
  const { purpose, source, wording, actor, topic = null } = body;
  return { purpose, topic, source, wording, actor, at, until, recordedAt: now };
}

function instant(field: string, written: string): number {
  const ms = readInstant(written);
  if (ms === undefined) throw faultIn('timeInvalid', field, 'is no time that exists; write it as RFC 3339 with an offset');
  return ms;
}

const shapeConsent = (c: NewConsent) => ({
  id: c.id,
  to: c.to,
  purpose: c.purpose,
  topic: c.topic,
  source: c.source,
  wording: c.wording,
  actor: c.actor,
  at: rfc3339(c.at),
  until: c.until === null ? null : rfc3339(c.until),
  recordedAt: rfc3339(c.recordedAt),
});
