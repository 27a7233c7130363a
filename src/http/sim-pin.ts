import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { JSON_TYPE } from './idempotency.ts';
import { portOf } from './modem-named.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { GivePin } from './schemas/sim-pin.ts';
import { ModemParams } from './schemas/trace.ts';

/** The PIN of a SIM that asks for it, from whoever stands before the box. */
export function simPinRoutes(app: Api, parts: ApiParts): void {
  app.post(
    '/v1/modems/:modem/pin',
    {
      schema: {
        operationId: 'givePin',
        tags: ['hardware'],
        summary: 'Give a SIM its PIN',
        description:
          'Enters it once, if the SIM asks for one and at least two tries are left; a value that the SIM did not take is never tried again. It is written down nowhere: until the daemon stops it is known for the next time that this SIM asks. With `switchOff` the SIM asks no more, also after a power cut.',
        params: ModemParams,
        body: GivePin,
        response: answers({ 200: { description: 'The SIM has taken it.', schema: Shared('PinTaken') } }, [
          ...BODY_FAULTS,
          'notFound',
          'pinRefused',
          'pinNotTried',
          'modemMute',
          'storeFull',
        ]),
      },
    },
    async (request, reply) => {
      const { pin, switchOff = false } = request.body;
      const port = portOf(parts.modems(), request.params.modem);
      await parts.store.audit(auditEntry(parts.clock, request, 'sim.pin', port, { switchOff }));
      const { asksAgain } = await parts.givePin(port, pin, switchOff);
      parts.log.info({ port, asksAgain, key: request.keyId }, 'a SIM was given its PIN');
      return reply.header('content-type', JSON_TYPE).send(JSON.stringify({ asksAgain }));
    },
  );
}
