import { Readable } from 'node:stream';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { Fault } from '../base/fault.ts';
import type { Contact, OwnField } from '../store/records/contact.ts';
import { auditEntry } from './audit-entry.ts';
import { LIST_MAX } from './broken-request.ts';
import { ContactList } from './contact-import.ts';
import { type CsvList, eachPage, sendCsv } from './csv-export.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { ContactImportQuery } from './schemas/contact-import.ts';
import { CsvQuery } from './schemas/csv.ts';
import type { Slices } from './slices.ts';

const tags = ['contacts'];

/** Whole lists of contacts: in and out. */
export async function contactListRoutes(app: Api, parts: ApiParts, slices: Slices): Promise<void> {
  const { store, clock } = parts;

  app.get(
    '/v1/contacts/export',
    {
      schema: {
        operationId: 'exportContacts',
        tags,
        summary: 'Write all contacts into a list',
        description: 'A CSV that `POST /v1/contacts/import` reads back. No cell of it begins a formula in a spreadsheet.',
        querystring: CsvQuery,
        response: answers({ 200: { description: 'The list.', contentType: 'text/csv' } }, ['requestInvalid', 'scopeMissing', 'storeFull']),
      },
    },
    async (request, reply) => {
      await store.audit(auditEntry(clock, request, 'contact.export', null));
      return sendCsv(reply, 'contacts', request.query, await contactsIn(parts, slices));
    },
  );

  await app.register(async (plain) => {
    const scope = plain.withTypeProvider<TypeBoxTypeProvider>();
    // The body is read row by row in the handler.
    scope.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
    scope.post(
      '/v1/contacts/import',
      {
        bodyLimit: LIST_MAX,
        schema: {
          operationId: 'importContacts',
          tags,
          summary: 'Import a list of contacts',
          description:
            'CSV (`Content-Type: text/csv`) with a row of headings, any common separator, UTF-8 or Windows-1251, up to 64 MB. A row changes what the list has columns for and leaves the rest of a contact as it was; without a column for the id it goes by the first number. Rows that cannot be a contact are told, the others taken; they are seen all at once, at the end.',
          consumes: ['text/csv'],
          querystring: ContactImportQuery,
          response: answers({ 200: { description: 'What became of it.', schema: Shared('ContactImport') } }, [
            ...BODY_FAULTS,
            'importRunning',
            'timeInvalid',
            'topicInvalid',
            'storeFull',
          ]),
        },
      },
      async (request) => {
        const { body } = request;
        if (!(body instanceof Readable)) throw new Fault('requestInvalid', 'The request has no body; send a CSV with a row of headings.');
        const list = new ContactList(request.query, parts, slices);
        if (!list.isDryRun) {
          const detail = { consent: request.query.consent === undefined ? undefined : true };
          await store.audit(auditEntry(clock, request, 'contact.import', null, detail));
        }
        const result = await list.take(body);
        if (!list.isDryRun) parts.occasions.contactChanged();
        return result;
      },
    );
  });
}

const COLUMNS = ['externalId', 'name', 'firstName', 'numbers', 'language', 'timeZone', 'tags', 'preferredChannel', 'branch'] as const;

/** All contacts. Which fields there are is known once all were seen. */
async function contactsIn({ store: { contacts } }: ApiParts, slices: Slices): Promise<CsvList> {
  const all = () => eachPage(slices, (page) => contacts.list({}, page));
  const fields = new Set<string>();
  for await (const some of all()) for (const contact of some) for (const name of Object.keys(contact.fields)) fields.add(name);
  const own = [...fields].sort();
  async function* rows() {
    for await (const some of all()) yield some.map((contact) => cellsOf(contact, own));
  }
  return { headings: [...COLUMNS, ...own.map((name) => `fields.${name}`)], rows: rows() };
}

function cellsOf(contact: Contact, own: readonly string[]): string[] {
  return [
    ...COLUMNS.map((column) => {
      const value = contact[column];
      return typeof value === 'string' ? value : (value?.join('; ') ?? '');
    }),
    ...own.map((name) => cellOf(contact.fields[name])),
  ];
}

const cellOf = (value: OwnField | undefined): string =>
  value === undefined ? '' : typeof value === 'object' ? `${value.amount} ${value.currency}` : String(value);
