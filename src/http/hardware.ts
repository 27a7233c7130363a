import { rfc3339 } from '../base/clock.ts';
import { PURPOSES, type Purpose } from '../base/purpose.ts';
import type { Pause } from '../store/records/sending.ts';
import type { StoredSim } from '../store/records/sim.ts';
import { shapeAllowance } from './allowances.ts';
import { shapeCaps } from './caps.ts';
import { answers } from './docs.ts';
import type { LiveSim, ModemFacts } from './live-hardware.ts';
import type { Api, ApiParts } from './parts.ts';
import { pageIn, pageOf } from './query.ts';
import { listOf, PageQuery } from './schemas/common.ts';
import type { Modem, Sim } from './schemas/hardware.ts';
import { shapeBalance } from './shape.ts';
import { shapePlan, shapeRetirement } from './sims.ts';

const tags = ['hardware'];

export function hardwareRoutes(app: Api, parts: ApiParts): void {
  app.get(
    '/v1/sims',
    {
      schema: {
        operationId: 'listSims',
        tags,
        summary: 'SIMs',
        description: 'Every SIM that was ever in a modem of this box, with what it has sent and received.',
        querystring: PageQuery,
        response: answers({ 200: { description: 'A page of SIMs.', schema: listOf('Sim') } }, ['requestInvalid', 'cursorInvalid']),
      },
    },
    async (request) => pageOf('sims', mergeSims(parts.sims(), await parts.store.sims(), parts), (sim) => sim.iccid, pageIn(request.query)),
  );

  app.get(
    '/v1/modems',
    {
      schema: {
        operationId: 'listModems',
        tags,
        summary: 'Modems',
        description: 'Every modem that is plugged in, was, or should be: how it is, in words, and what a person should do about it.',
        querystring: PageQuery,
        response: answers({ 200: { description: 'A page of modems.', schema: listOf('Modem') } }, ['requestInvalid', 'cursorInvalid']),
      },
    },
    (request) => Promise.resolve(pageOf('modems', parts.modems().map(shapeModem), modemKey, pageIn(request.query))),
  );
}

/** Those that are here by their ports, then those that are not: several may have been at one port before. */
const modemKey = (m: Modem): string => `${m.port ?? '~'} ${m.usbPath ?? ''} ${m.imei ?? ''} ${m.name ?? ''}`;

const shapeModem = (m: ModemFacts): Modem => ({
  imei: m.imei,
  port: m.port,
  usbPath: m.usbPath,
  sharedImei: m.sharedImei,
  name: m.name,
  manufacturer: m.manufacturer,
  model: m.model,
  profile: m.profile,
  state: m.state,
  reason: m.reason,
  notes: m.notes.map(({ code, sentence, count, detail }) => ({ code, sentence, count, detail })),
  sentence: m.sentence,
  nextStep: m.nextStep,
  sim: m.sim,
});

const covers = (pause: Pause, purpose: Purpose, iccid: string): boolean =>
  (pause.purpose ?? purpose) === purpose && (pause.sim ?? iccid) === iccid;

const NOTHING = { sent: 0, delivered: 0, failed: 0, received: 0 } as const;

/** SIMs that are in a modem now, with their counters, and those that were once. */
function mergeSims(
  live: readonly LiveSim[],
  stored: readonly StoredSim[],
  {
    simName,
    simPurposes,
    simWeight,
    simTrouble,
    simKeeper,
    sending,
    store,
  }: Pick<ApiParts, 'simName' | 'simPurposes' | 'simWeight' | 'simTrouble' | 'simKeeper' | 'sending' | 'store'>,
): Sim[] {
  const pauses = sending.pauses();
  const here = new Map(live.map((sim) => [sim.iccid, sim]));
  const known = new Map(stored.map((sim) => [sim.iccid, sim]));
  return [...new Set([...known.keys(), ...here.keys()])].map((iccid) => {
    const now = here.get(iccid);
    const before = known.get(iccid);
    const trouble = simTrouble(iccid);
    const { sent, delivered, failed, received } = before?.counters ?? NOTHING;
    return {
      iccid,
      name: simName(iccid),
      imsi: now?.imsi ?? before?.imsi ?? null,
      number: now?.number ?? before?.number ?? null,
      smsc: now?.smsc ?? null,
      state: now?.state ?? 'absent',
      trouble: trouble && { ...trouble, since: rfc3339(trouble.since) },
      purposes: [...simPurposes(iccid)],
      weight: simWeight(iccid),
      pausedPurposes: PURPOSES.filter((purpose) => pauses.some((p) => covers(p, purpose, iccid))),
      ...shapeCaps(store.simUse(iccid)),
      allowance: shapeAllowance(store.simUse(iccid).allowance),
      operator: now?.operator ?? null,
      signalDbm: now?.signalDbm ?? null,
      lastSeenAt: before ? rfc3339(before.at) : null,
      balance: before?.balance ? shapeBalance(before.balance) : null,
      retired: shapeRetirement(store.retirement(iccid)),
      ...shapePlan(simKeeper.of(iccid)),
      counters: { sent, delivered, failed, received },
    };
  });
}
