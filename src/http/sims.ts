import { Type } from 'typebox';
import { rfc3339 } from '../base/clock.ts';
import { Fault, faultIn } from '../base/fault.ts';
import { readInstant } from '../base/rfc3339.ts';
import { simOf } from '../dispatch/sim-named.ts';
import type { SimOutlook } from '../policy/sim-outlook.ts';
import type { Retirement } from '../store/records/retirement.ts';
import type { SimLife } from '../store/records/sim-life.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import type { Sim } from './schemas/hardware.ts';
import { Retire, type Retired, type SimPlan, TopUp } from './schemas/sim-plan.ts';
import { checkLine } from './text.ts';

/** What people tell of SIMs. */
export function simRoutes(app: Api, { simKeeper, simNamed, store, clock, wake }: ApiParts): void {
  app.post(
    '/v1/sims/:iccid/top-up',
    {
      schema: {
        operationId: 'topUpSim',
        tags: ['hardware'],
        summary: 'Say that a SIM was topped up',
        description:
          'Only says so: nothing is paid. Where the balance is asked (`balance.every`), a top-up shows by itself. `topUpDays` counts from the last one.',
        params: Type.Object({ iccid: Type.String({ description: 'ICCID.' }) }),
        body: TopUp,
        response: answers({ 200: { description: 'How it stands with the SIM.', schema: Shared('SimPlan') } }, [
          ...BODY_FAULTS,
          'notFound',
          'timeInvalid',
          'storeFull',
        ]),
      },
    },
    async (request): Promise<SimPlan> => {
      const { iccid } = request.params;
      if (!(await store.sims()).some((sim) => sim.iccid === iccid)) {
        throw new Fault('notFound', 'There is no SIM with this ICCID; GET /v1/sims lists those that were ever here.');
      }
      const at = request.body.at === undefined ? clock.now() : pastInstant(request.body.at, clock.now());
      await simKeeper.toppedUp(iccid, at, auditEntry(clock, request, 'sim.topUp', iccid, { at: rfc3339(at) }));
      return { sim: iccid, ...shapePlan(simKeeper.of(iccid)) };
    },
  );

  app.put(
    '/v1/sims/:iccid/retirement',
    {
      schema: {
        operationId: 'retireSim',
        tags: ['hardware'],
        summary: 'Take a SIM out of use',
        description:
          'Its clients know the successor from now on, and what waits for it goes there; only what it has begun it finishes. What comes in through it is still taken.',
        params: Type.Object({ iccid: Type.String({ description: 'ICCID.' }) }),
        body: Retire,
        response: answers({ 200: { description: 'It is retired.', schema: Shared('Retired') } }, [
          ...BODY_FAULTS,
          'notFound',
          'simUnknown',
          'storeFull',
        ]),
      },
    },
    async (request): Promise<Retired> => {
      const { iccid } = request.params;
      const { reason, successor: named } = request.body;
      checkLine(reason, (why) => new Fault('requestInvalid', `The reason ${why}.`, [{ pointer: '/reason', detail: why }]));
      if (simNamed(iccid) !== iccid) throw noSim();
      const successor = store.standIn(simOf(named, simNamed, '/successor'));
      if (successor === iccid) {
        const why = 'is the SIM itself, or one that it stands in for: name another';
        throw new Fault('simUnknown', `The successor ${why}.`, [{ pointer: '/successor', detail: why }]);
      }
      const entry = auditEntry(clock, request, 'sim.retire', iccid, { successor, reason });
      await store.retire({ iccid, successor, reason, at: clock.now() }, entry);
      wake();
      return { sim: iccid, retired: shapeRetirement(store.retirement(iccid)) };
    },
  );

  app.delete(
    '/v1/sims/:iccid/retirement',
    {
      schema: {
        operationId: 'reinstateSim',
        tags: ['hardware'],
        summary: 'Use a SIM again',
        description: 'Clients that it wrote to last know it again; those that the successor has written to since know that one.',
        params: Type.Object({ iccid: Type.String({ description: 'ICCID.' }) }),
        response: answers({ 200: { description: 'It is used again.', schema: Shared('Retired') } }, [
          'requestInvalid',
          'notFound',
          'storeFull',
        ]),
      },
    },
    async (request): Promise<Retired> => {
      const { iccid } = request.params;
      if (!(await store.endRetirement(iccid, auditEntry(clock, request, 'sim.reinstate', iccid)))) throw noSim();
      wake();
      return { sim: iccid, retired: null };
    },
  );
}

const noSim = (): Fault =>
  new Fault('notFound', 'There is no such SIM here, or it is not retired; GET /v1/sims lists those that were ever here.');

export const shapeRetirement = (one: Retirement | undefined): Retired['retired'] =>
  one === undefined ? null : { successor: one.successor, reason: one.reason, at: rfc3339(one.at) };

/** @throws Fault `timeInvalid` */
function pastInstant(written: string, now: number): number {
  const at = readInstant(written);
  if (at !== undefined && at <= now) return at;
  const why = at === undefined ? 'is no time that exists' : 'is still to come: say when it was done';
  throw faultIn('timeInvalid', 'at', why);
}

/** The plan of a SIM, and what will become of it. */
export function shapePlan(
  sim: SimLife & SimOutlook,
): Pick<Sim, 'package' | 'toppedUpAt' | 'topUpBy' | 'paidAt' | 'payBy' | 'warmUpDay' | 'outlook'> {
  const instant = (at: number | null): string | null => (at === null ? null : rfc3339(at));
  const parcel = sim.package;
  return {
    package: parcel && {
      size: parcel.size,
      used: parcel.used,
      left: Math.max(0, parcel.size - parcel.used),
      renewsAt: rfc3339(parcel.renewsAt),
      endsAt: instant(sim.packageEndsAt),
    },
    toppedUpAt: instant(sim.toppedUpAt),
    topUpBy: instant(sim.topUpBy),
    paidAt: instant(sim.paidAt),
    payBy: instant(sim.payBy),
    warmUpDay: sim.warmUpDay,
    outlook: [...sim.sentences],
  };
}
