import { join } from 'node:path';
import type { Trace } from '../at/trace.ts';
import { BalanceChecker } from '../balance/checker.ts';
import { loadOperators } from '../balance/operators.ts';
import { Fault } from '../base/fault.ts';
import { discovers } from '../config/discovers.ts';
import { SignalLog } from '../metrics/signal-log.ts';
import { pinMark } from '../modem/pin.ts';
import { ModemPool } from '../modem/pool.ts';
import { loadProfiles, profilesFolder } from '../modem/profile-files.ts';
import { TraceFolder } from '../modem/trace-folder.ts';
import { Standings } from '../standing/standings.ts';
import type { SimTerms } from './sim-terms.ts';
import type { Ground } from './world.ts';

/** dBm; with less a failure may be the antenna's rather than the SIM's. */
const WEAK = -105;

type PoolParts = ConstructorParameters<typeof ModemPool>[0];

/** Who hears of what modems do. */
interface Ears extends Pick<PoolParts, 'onReceived' | 'onCall' | 'onChange' | 'onTrouble'> {
  /** A SIM may send again, or no more. */
  onStanding(): void;
}

/** The modems, and what is known of the SIMs in them: signal, balance, standing, and what they said. */
export interface Modems {
  readonly pool: ModemPool;
  readonly folder: TraceFolder;
  readonly signals: SignalLog;
  readonly balances: BalanceChecker;
  readonly standings: Standings;
  /** Whether anything may go through a SIM. */
  maySend(iccid: string): boolean;
  /** @throws Fault `notFound` when the modem is not there any more */
  traceOf(port: string): Trace;
}

export async function buildModems(
  { world, config, store, clock, random, log, time }: Ground,
  terms: SimTerms,
  ears: Ears,
): Promise<Modems> {
  const folder = new TraceFolder({ folder: join(config.store.path, 'traces'), clock, log });
  const { profiles, faults } = loadProfiles(profilesFolder());
  for (const fault of faults) log.error({ fault: fault.message }, 'a modem profile is not used');
  // In memory alone: a SIM asks again when its modem was reset or without power, and nobody may be there then.
  const givenPins = new Map<string, string>();
  const pool = new ModemPool({
    ...ears,
    modems: config.modem,
    discover: discovers(config),
    adapters: config.modems.adapters,
    transmissionsPerHub: config.modems.transmissionsPerHub,
    askKept: config.delivery.refuseCopies,
    ports: world.ports,
    usb: world.usb,
    answerLimit: config.delivery.answerLimit * 1000,
    open: (port, baudRate) => world.open(port, baudRate ?? 115_200),
    clock,
    random,
    log,
    profiles,
    mayRoam: (iccid) => terms.sim(iccid)?.roaming ?? false,
    pins: {
      of: (iccid) => givenPins.get(iccid) ?? terms.sim(iccid)?.pin,
      mayTry: (iccid, pin) => store.tryPin(iccid, pinMark(iccid, pin), clock.now()),
      refused: (iccid) => store.pinsRefused(iccid),
      taken: async (iccid, pin) => {
        await store.pinTaken(iccid, pinMark(iccid, pin));
        givenPins.set(iccid, pin);
      },
    },
    references: await store.lastReferences(),
    hangUpAfter: config.calls.hangUpAfter * 1000,
    onFault: (fault) => folder.save(fault),
    onNetworkTime: config.time.trust === 'always' ? undefined : (iccid, instants) => time.heardNetwork(iccid, instants),
  });
  const balances = new BalanceChecker({
    store,
    clock,
    log,
    operators: loadOperators(config.balance.operatorsFile),
    every: config.balance.every * 1000,
    sims: () => pool.sims(),
    ussd: (iccid) => pool.telephone(iccid)?.ussd,
    below: terms.balanceBelow,
  });
  const standings = new Standings({
    store,
    clock,
    log,
    hearsNetwork: (iccid) => pool.sims().some((s) => s.iccid === iccid && s.registered && (s.signalDbm ?? 0) > WEAK),
    askBalance: (iccid) => balances.ask(iccid),
    onChange: ears.onStanding,
  });
  return {
    pool,
    folder,
    signals: new SignalLog({ store, clock, log, sims: () => pool.sims() }),
    balances,
    standings,
    maySend: (iccid) => terms.purposesOf(iccid).length > 0 && standings.maySend(iccid),
    traceOf(port) {
      const trace = pool.trace(port);
      if (!trace) throw new Fault('notFound', `There is no modem on ${port} any more.`);
      return trace;
    },
  };
}
