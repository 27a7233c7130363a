import { Type } from 'typebox';
import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Allowance } from '../store/records/allowance.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { Allow, type Allowed } from './schemas/sim-plan.ts';
import { checkLine } from './text.ts';

/** An owner lets what cannot wait go past the caps of a SIM. */
export function allowanceRoutes(app: Api, { simNamed, store, clock, onAllowed }: ApiParts): void {
  const params = Type.Object({ iccid: Type.String({ description: 'ICCID.' }) });
  const good = { 200: { description: 'What may go past its caps.', schema: Shared('Allowed') } };
  app.put(
    '/v1/sims/:iccid/allowance',
    {
      schema: {
        operationId: 'allowPastCaps',
        tags: ['hardware'],
        summary: 'Let urgent messages go past the caps of a SIM',
        description:
          'So many `urgent` segments, and no others, for an hour unless told otherwise. They count as all do. It takes the place of what was allowed before. Operators block SIMs that send too much: the caps are there for that.',
        params,
        body: Allow,
        response: answers(good, [...BODY_FAULTS, 'notFound', 'storeFull']),
      },
    },
    async (request): Promise<Allowed> => {
      const { iccid } = request.params;
      const { segments, seconds = 3600, reason } = request.body;
      checkLine(
        reason,
        (why) => new Fault('requestInvalid', `The reason ${why}.`, [{ pointer: '/reason', detail: why, reason: 'characters' }]),
      );
      if (simNamed(iccid) !== iccid)
        throw new Fault('notFound', 'There is no SIM with this ICCID; GET /v1/sims lists those that were ever here.');
      const until = clock.now() + seconds * 1000;
      const entry = auditEntry(clock, request, 'sim.allow', iccid, { segments, until: rfc3339(until), reason });
      await store.allow({ iccid, segments, until, reason }, entry);
      onAllowed(iccid);
      return { sim: iccid, allowance: shapeAllowance(store.simUse(iccid).allowance) };
    },
  );

  app.delete(
    '/v1/sims/:iccid/allowance',
    {
      schema: {
        operationId: 'endAllowance',
        tags: ['hardware'],
        summary: 'Let nothing more go past the caps of a SIM',
        params,
        response: answers(good, ['requestInvalid', 'notFound', 'storeFull']),
      },
    },
    async (request): Promise<Allowed> => {
      const { iccid } = request.params;
      if (!(await store.endAllowance(iccid, auditEntry(clock, request, 'sim.endAllowance', iccid)))) {
        throw new Fault('notFound', 'Nothing may go past the caps of this SIM, so there is nothing to end.');
      }
      return { sim: iccid, allowance: null };
    },
  );
}

export const shapeAllowance = (one: Allowance | null): Allowed['allowance'] =>
  one === null ? null : { segments: one.segments, until: rfc3339(one.until), reason: one.reason };
