import { Readable } from 'node:stream';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { maskNumber } from '../base/log.ts';
import { readScope, type SuppressionScope } from '../base/suppression-scope.ts';
import type { NewSuppression } from '../store/records/suppression.ts';
import { auditEntry } from './audit-entry.ts';
import { LIST_MAX } from './broken-request.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { numberRows } from './number-list.ts';
import type { Api, ApiParts } from './parts.ts';
import { refusedRow } from './problem.ts';
import { numberIn } from './query.ts';
import { type RefusedRow, Shared } from './schemas/common.ts';
import { ImportQuery, ReleaseQuery, SetSuppressionState, Suppress, SuppressionQuery } from './schemas/suppression.ts';

const tags = ['opt-out'];

/** Ends no offers: they come at most once a month. */
const MONTHLY = 'offers:monthly';

/** Numbers that are stored in one transaction. */
const TOGETHER = 500;

/** Rows that an answer names. */
const MOST_ERRORS = 100;

/** The opt-out list. It holds no numbers, so that it can be asked about one and never be read out. */
export async function suppressionRoutes(app: Api, parts: ApiParts): Promise<void> {
  const { clock, normalizeNumber } = parts;
  const { optOut } = parts.store;

  const shown = (to: string) => {
    const heldUntil = optOut.offersHeldUntil(to, clock.now());
    return {
      to,
      offersMonthly: optOut.wantsFewOffers(to),
      data: optOut.of(to).map(({ scope, source, at }) => ({ scope, source, at: rfc3339(at) })),
      offersHeldUntil: heldUntil === null ? null : rfc3339(heldUntil),
    };
  };
  const state = () => {
    const lostAt = optOut.lostAt();
    return { whole: lostAt === null, lostAt: lostAt === null ? null : rfc3339(lostAt) };
  };

  app.post(
    '/v1/suppressions',
    {
      schema: {
        operationId: 'suppress',
        tags,
        summary: 'Put a number onto the opt-out list',
        description: 'From this answer on nothing of that scope is handed to a modem; what waits of it is cancelled when its turn comes.',
        body: Suppress,
        response: answers({ 200: { description: 'What the client does not want now.', schema: Shared('Suppressions') } }, [
          ...BODY_FAULTS,
          'numberInvalid',
          'scopeInvalid',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const to = normalizeNumber(request.body.to);
      const entryOf = (scope: string) => auditEntry(clock, request, 'suppression.add', maskNumber(to), { scope });
      if (request.body.scope === MONTHLY) {
        await optOut.setFewOffers(to, true, clock.now(), entryOf(MONTHLY));
        return shown(to);
      }
      const scope = scopeIn(request.body.scope, '/scope');
      const entry = { to, scopes: [scope], source: 'api', at: clock.now() } as const;
      await optOut.suppress([entry], entryOf(scope));
      return shown(to);
    },
  );

  app.get(
    '/v1/suppressions',
    {
      schema: {
        operationId: 'getSuppressions',
        tags,
        summary: 'What a client does not want',
        description: 'For one number: the list holds keyed hashes, so that nobody can read numbers out of it.',
        querystring: SuppressionQuery,
        response: answers({ 200: { description: 'What the client does not want.', schema: Shared('Suppressions') } }, [
          'requestInvalid',
          'numberInvalid',
        ]),
      },
    },
    (request) => Promise.resolve(shown(numberIn('to', request.query.to, normalizeNumber))),
  );

  app.delete(
    '/v1/suppressions',
    {
      schema: {
        operationId: 'release',
        tags,
        summary: 'Take a number off the opt-out list',
        description: 'Only when the client has asked for it. A scope that is not on the list is answered the same.',
        querystring: ReleaseQuery,
        response: answers({ 200: { description: 'What the client does not want now.', schema: Shared('Suppressions') } }, [
          'requestInvalid',
          'numberInvalid',
          'scopeInvalid',
        ]),
      },
    },
    async (request) => {
      const to = numberIn('to', request.query.to, normalizeNumber);
      const entryOf = (scope: string) => auditEntry(clock, request, 'suppression.release', maskNumber(to), { scope });
      if (request.query.scope === MONTHLY) {
        await optOut.setFewOffers(to, false, clock.now(), entryOf(MONTHLY));
        return shown(to);
      }
      const scope = scopeIn(request.query.scope, '?scope');
      await optOut.release(to, [scope], entryOf(scope));
      return shown(to);
    },
  );

  app.get(
    '/v1/suppressions/state',
    {
      schema: {
        operationId: 'getSuppressionState',
        tags,
        summary: 'Whether the opt-out list is whole',
        response: answers({ 200: { description: 'The state of the list.', schema: Shared('SuppressionState') } }, ['requestInvalid']),
      },
    },
    () => Promise.resolve(state()),
  );

  app.put(
    '/v1/suppressions/state',
    {
      schema: {
        operationId: 'setSuppressionState',
        tags,
        summary: 'Say that the opt-out list is whole again',
        description: 'After a restore with `--lose-suppression`, once the list was imported: from then on more than codes goes out.',
        body: SetSuppressionState,
        response: answers({ 200: { description: 'The state of the list.', schema: Shared('SuppressionState') } }, BODY_FAULTS),
      },
    },
    async (request) => {
      await optOut.setWhole(auditEntry(clock, request, 'suppression.whole', null));
      parts.log.warn({ key: request.keyId }, 'a person says that the opt-out list is whole again');
      return state();
    },
  );

  await app.register(async (plain) => {
    const scope = plain.withTypeProvider<TypeBoxTypeProvider>();
    // The body is read row by row in the handler.
    scope.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
    scope.post(
      '/v1/suppressions/import',
      {
        bodyLimit: LIST_MAX,
        schema: {
          operationId: 'importSuppressions',
          tags,
          summary: 'Import an opt-out list',
          description:
            'CSV (`Content-Type: text/csv`), a number in the first column of each row, up to 64 MB. Rows that are no numbers are told; the others are taken.',
          consumes: ['text/csv'],
          querystring: ImportQuery,
          response: answers({ 200: { description: 'What became of it.', schema: Shared('SuppressionImport') } }, [
            ...BODY_FAULTS,
            'scopeInvalid',
            'storeFull',
          ]),
        },
      },
      async (request) => {
        const { body } = request;
        if (!(body instanceof Readable))
          throw new Fault('requestInvalid', 'The request has no body; send a CSV with one number in each row.');
        const given = scopeIn(request.query.scope ?? 'all', '?scope');
        await parts.store.audit(auditEntry(clock, request, 'suppression.import', null, { scope: given }));
        const scopes = [given];
        const result = { rows: 0, added: 0, refused: 0, errors: [] as RefusedRow[] };
        let entries: NewSuppression[] = [];
        const keep = async (): Promise<void> => {
          result.added += await optOut.suppress(entries);
          entries = [];
        };
        for await (const { row, number } of numberRows(body, LIST_MAX)) {
          result.rows += 1;
          try {
            entries.push({ to: normalizeNumber(number), scopes, source: 'import', at: clock.now() });
          } catch (error) {
            if (!(error instanceof Fault)) throw error;
            result.refused += 1;
            if (result.errors.length < MOST_ERRORS) result.errors.push(refusedRow(row, error));
          }
          if (entries.length === TOGETHER) await keep();
        }
        await keep();
        return result;
      },
    );
  });
}

/** @throws Fault `scopeInvalid` */
function scopeIn(written: string, pointer: string): SuppressionScope {
  const scope = readScope(written);
  if (scope) return scope;
  const why = 'must be all, offers:monthly (of one number), purpose: and one of otp, urgent, service, promotional, or topic: and one word';
  throw new Fault('scopeInvalid', `The scope ${why}.`, [{ pointer, detail: why }]);
}
