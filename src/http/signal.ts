import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { answers } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { instantIn } from './query.ts';
import { Shared } from './schemas/common.ts';
import { SignalQuery } from './schemas/signal.ts';
import { ModemParams } from './schemas/trace.ts';

const DAY = 86_400_000;

/** How well a modem heard its network of late. */
export function signalRoutes(app: Api, parts: ApiParts): void {
  app.get(
    '/v1/modems/:modem/signal',
    {
      schema: {
        operationId: 'getSignal',
        tags: ['hardware'],
        summary: 'The signal over time',
        description: 'Of the last seven days. An IMEI that several modems answer tells of all of them, each by its SIM.',
        params: ModemParams,
        querystring: SignalQuery,
        response: answers({ 200: { description: 'The samples.', schema: Shared('Signal') } }, ['requestInvalid', 'notFound']),
      },
    },
    async (request) => {
      const { modem: named } = request.params;
      const found = parts.modems().find((m) => m.imei === named || m.port === named || m.name === named);
      const since = request.query.since === undefined ? parts.clock.now() - DAY : instantIn('since', request.query.since);
      // One that is nowhere now may have been heard of.
      const imei = found?.imei ?? named;
      const samples = await parts.signals.since(imei, since);
      if (!found && samples.length === 0) {
        throw new Fault('notFound', 'There is no modem with this IMEI, port or name; GET /v1/modems lists those that there are.');
      }
      // Of a pool whose modems all answer one IMEI, the one at that port.
      const own = found?.sharedImei && found.imei !== named ? samples.filter(({ sim }) => sim === found.sim) : samples;
      return { imei, data: own.map(({ at, dbm, sim }) => ({ at: rfc3339(at), dbm, sim })) };
    },
  );
}
