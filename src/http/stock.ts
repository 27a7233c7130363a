import { Fault } from '../base/fault.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { FreeStock, PoolParams, SetStockPool, StockFreed } from './schemas/dialogue.ts';

const tags = ['dialogues'];

/** Things that dialogues give away, one each. */
export function stockRoutes(app: Api, { store, clock }: Pick<ApiParts, 'store' | 'clock'>): void {
  const poolOf = async (pool: string) => ({
    things: (await store.dialogues.stock(pool)).map(({ secret, ...thing }) => ({ ...thing, hasSecret: secret !== null })),
  });

  app.get(
    '/v1/stock/:pool',
    {
      schema: {
        operationId: 'getStock',
        tags,
        summary: 'A pool of things',
        params: PoolParams,
        response: answers({ 200: { description: 'Who has what.', schema: Shared('StockPool') } }, ['requestInvalid']),
      },
    },
    (request) => poolOf(request.params.pool),
  );

  app.put(
    '/v1/stock/:pool',
    {
      schema: {
        operationId: 'putStock',
        tags,
        summary: 'Fill a pool of things',
        description: 'New ones are free, those that a client has stay theirs, free ones that are not named are gone.',
        params: PoolParams,
        body: SetStockPool,
        response: answers({ 200: { description: 'The pool.', schema: Shared('StockPool') } }, [...BODY_FAULTS, 'storeFull']),
      },
    },
    async (request) => {
      const { pool } = request.params;
      const things = request.body.things.map(({ thing, label = thing, secret = null }) => ({ thing, label, secret }));
      await store.dialogues.putStock(pool, things, auditEntry(clock, request, 'stock.set', pool, { things: things.length }));
      return await poolOf(pool);
    },
  );

  app.post(
    '/v1/stock/:pool/free',
    {
      schema: {
        operationId: 'freeStock',
        tags,
        summary: 'Say that a thing is free again',
        description: 'Whoever had it: a bicycle that was found, a table that was given back.',
        params: PoolParams,
        body: FreeStock,
        response: answers({ 200: { description: 'It is free.', schema: StockFreed } }, [...BODY_FAULTS, 'notFound', 'storeFull']),
      },
    },
    async (request) => {
      const { pool } = request.params;
      const { thing } = request.body;
      const was = await store.dialogues.freeThing(pool, thing, auditEntry(clock, request, 'stock.free', pool, { thing }));
      if (!was) throw new Fault('notFound', 'There is no such thing; GET /v1/stock/{pool} lists them.');
      return { thing, freed: true as const };
    },
  );
}
