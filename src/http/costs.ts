import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { writeAmount } from '../base/money.ts';
import type { CostSum } from '../store/records/cost.ts';
import { answers } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { instantIn } from './query.ts';
import { Shared } from './schemas/common.ts';
import { type Costs, CostsQuery } from './schemas/cost.ts';
import type { Slices } from './slices.ts';

/** What is told unless asked otherwise: the last 30 days, milliseconds. */
const USUAL = 30 * 86_400_000;

export function costRoutes(app: Api, { store, clock, timeZone }: ApiParts, slices: Slices): void {
  app.get(
    '/v1/costs',
    {
      schema: {
        operationId: 'listCosts',
        tags: ['costs'],
        summary: 'What was spent',
        description:
          'Segments that the network took, by the prices of then, summed by purpose, SIM, API key, or day or hour at the site (`2026-11-22`, `2026-11-22T14`). Sums of different currencies are never added together. What is within the package of a SIM counts as a segment that costs nothing; the fee of a plan is not counted.',
        querystring: CostsQuery,
        response: answers({ 200: { description: 'The sums.', schema: Shared('Costs') } }, ['requestInvalid']),
      },
    },
    async (request): Promise<Costs> => {
      const { from: begin, to: end, groupBy = 'purpose' } = request.query;
      const to = end === undefined ? clock.now() : instantIn('to', end);
      const from = begin === undefined ? to - USUAL : instantIn('from', begin);
      if (from >= to) {
        const why = 'is not before to: ask for a time that has a length';
        throw new Fault('requestInvalid', `The parameter from ${why}.`, [{ pointer: '?from', detail: why }]);
      }
      const sums = await store.costs({ from, to, groupBy, timeZone }, () => slices.next());
      return {
        from: rfc3339(from),
        to: rfc3339(to),
        groupBy,
        data: sums.map((sum) => ({ group: sum.group, ...shapeSum(sum) })),
        totals: totalsOf(sums),
      };
    },
  );
}

type Sum = Omit<CostSum, 'group'>;

function shapeSum({ currency, segments, micros, doubtfulSegments, doubtfulMicros }: Sum): Costs['totals'][number] {
  const amount = (of: number): string | null => (currency === null ? null : writeAmount(of));
  return { currency, segments, amount: amount(micros), inDoubt: { segments: doubtfulSegments, amount: amount(doubtfulMicros) } };
}

/** One sum for each currency. */
function totalsOf(sums: readonly CostSum[]): Costs['totals'] {
  return [...new Set(sums.map(({ currency }) => currency))].map((currency) => {
    const of = sums.filter((sum) => sum.currency === currency);
    const total = (part: (sum: CostSum) => number): number => of.reduce((all, sum) => all + part(sum), 0);
    return shapeSum({
      currency,
      segments: total((sum) => sum.segments),
      micros: total((sum) => sum.micros),
      doubtfulSegments: total((sum) => sum.doubtfulSegments),
      doubtfulMicros: total((sum) => sum.doubtfulMicros),
    });
  });
}
