import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { maskNumber } from '../base/log.ts';
import { purposeOf } from '../base/purpose.ts';
import type { StoredRow } from '../store/records/person.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { ErasePerson, ExportPerson } from './schemas/person.ts';

const tags = ['persons'];

/** What a person may ask for: what is known of them, and that it is forgotten (GDPR 15 and 17). */
export function personRoutes(app: Api, { store, clock, random, backups, normalizeNumber }: ApiParts): void {
  app.post(
    '/v1/persons/export',
    {
      schema: {
        operationId: 'exportPerson',
        tags,
        summary: 'All that is known of a person',
        description: 'Everything about a number, from every table. It stands in the audit log.',
        body: ExportPerson,
        response: answers({ 200: { description: 'All of it.', schema: Shared('PersonExport') } }, [
          ...BODY_FAULTS,
          'numberInvalid',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const to = normalizeNumber(request.body.to);
      const tables = await store.persons.export(to, auditEntry(clock, request, 'person.export', maskNumber(to)));
      return {
        to,
        exportedAt: rfc3339(clock.now()),
        suppressions: store.optOut.of(to).map(({ scope, source, at }) => ({ scope, source, at: rfc3339(at) })),
        tables: Object.fromEntries([...tables].map(([table, rows]) => [camel(table), rows.map(shown)])),
      };
    },
  );

  app.post(
    '/v1/persons/erase',
    {
      schema: {
        operationId: 'erasePerson',
        tags,
        summary: 'Forget a person',
        description:
          'Takes number and texts out of every table, for good; rows and totals stay, with an alias in place of the number. What is still to go out to it is cancelled. While something is on its way to it, this is refused (`underWay`): ask again in a few minutes. An opt-out stays. Backups of before hold it until they are too old.',
        body: ErasePerson,
        response: answers({ 200: { description: 'Forgotten.', schema: Shared('PersonErased') } }, [
          ...BODY_FAULTS,
          'numberInvalid',
          'underWay',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { optOut = false } = request.body;
      const to = normalizeNumber(request.body.to);
      const now = clock.now();
      const masked = maskNumber(to);
      // First, so that nothing is taken for it in between.
      if (optOut) {
        const entry = { to, scopes: ['all'], source: 'api', at: now } as const;
        await store.optOut.suppress([entry], auditEntry(clock, request, 'suppression.add', masked, { scope: 'all' }));
      }
      const alias = `erased-${random.bytes(6).toString('hex')}`;
      const outcome = await store.persons.erase(to, alias, now, auditEntry(clock, request, 'person.erase', masked, { optOut }));
      if (outcome.kind === 'underWay') {
        throw new Fault(
          'underWay',
          `Nothing was erased: ${outcome.messages} of the messages to this number are on their way. Ask again in a few minutes.`,
        );
      }
      const { rows, cancelled } = outcome;
      return { rows, cancelled, backupsUntil: backups.every === 0 ? null : rfc3339(now + backups.every * backups.keep) };
    },
  );
}

const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Columns that are instants, milliseconds since 1970. */
const INSTANT = /^(at|until|\w+At|\w+Until|startedAt)$/;

/** A row as people read it. */
function shown(row: StoredRow): Record<string, string | number | null> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      const name = camel(column);
      if (name === 'rank' && typeof value === 'number') return ['purpose', purposeOf(value)];
      return [name, typeof value === 'number' && INSTANT.test(name) ? rfc3339(value) : value];
    }),
  );
}
