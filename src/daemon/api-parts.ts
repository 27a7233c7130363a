import type { AlertWatch } from '../alerts/watch.ts';
import { Fault } from '../base/fault.ts';
import { consoleFolder } from '../http/console-folder.ts';
import { type ApiParts, type Readiness, SIZE_LIMITS } from '../http/parts.ts';
import { Passwords } from '../http/passwords.ts';
import { SECOND_FACTOR_KEY } from '../http/second-factors.ts';
import type { Meters } from '../metrics/meters.ts';
import type { BackupSchedule } from '../store/backup-schedule.ts';
import { inspectStore } from '../store/inspect.ts';
import { restoreStore } from '../store/restore.ts';
import { secretFile } from '../store/secret-file.ts';
import { VERSION } from '../version.ts';
import type { Endpoints } from '../webhooks/endpoints.ts';
import type { Answering } from './answering.ts';
import type { BoxNow } from './box-facts.ts';
import { boxMetrics } from './box-metrics.ts';
import type { Business } from './business.ts';
import { readTls, remoteSetup } from './listening.ts';
import type { Modems } from './modems.ts';
import type { RoadOut } from './road-out.ts';
import type { SimTerms } from './sim-terms.ts';
import { SiteSettings } from './site-settings.ts';
import type { Ground } from './world.ts';

/** What is built beside the rooms. */
interface Beside {
  readonly meters: Meters;
  readonly backups: BackupSchedule;
  readonly endpoints: Endpoints;
  readonly alerts: AlertWatch;
  howReady(): Readiness;
  box(): BoxNow;
}

/** The whole daemon as its API sees it. */
export function apiParts(
  { world, file, config, store, clock, random, log, time, language }: Ground,
  terms: SimTerms,
  { pool, folder, signals, standings, traceOf }: Modems,
  out: RoadOut,
  { occasions, notices, campaigns, dialogues }: Business,
  { rules, isAlarm }: Answering,
  { meters, backups, endpoints, alerts, howReady, box }: Beside,
): ApiParts {
  const { dispatcher, simKeeper, normalizeNumber } = out;
  return {
    store,
    clock,
    random,
    passwords: new Passwords(random),
    log,
    time,
    version: VERSION,
    site: { name: config.site.name, phone: config.site.phone, country: config.site.country ?? null, language },
    timeZone: config.site.timeZone,
    acceptance: out.acceptance,
    lint: out.lint,
    manners: out.policy,
    secondFactorKey: secretFile(config.store.path, SECOND_FACTOR_KEY, random),
    codes: out.codes,
    sending: out.sending,
    missed: out.missed,
    occasions,
    notices,
    campaigns,
    dialogues,
    rules,
    isAlarm,
    backups,
    webhooks: endpoints,
    alerts,
    normalizeNumber,
    wake: () => dispatcher.wake(),
    onAllowed: (iccid) => dispatcher.allowed(iccid),

    modems: () => pool.modems(),
    sims: () => pool.sims(),
    telephone: (iccid) => pool.telephone(iccid),
    givePin: (port, pin, switchOff) => pool.givePin(port, pin, switchOff),
    signals,
    traces: {
      lines: (port) => pool.trace(port)?.lines() ?? [],
      recording: (port) => folder.recording(port),
      record: (port, seconds) => folder.record(port, traceOf(port), seconds),
    },

    simKeeper,
    simNamed: out.simNamed,
    simName: terms.nameOf,
    simPurposes: terms.purposesOf,
    simWeight: terms.weightOf,
    simCaps: terms.limitsOf,
    simCarries: (iccid, to) => terms.routes.carries(iccid, to),
    simTrouble: (iccid) => standings.trouble(iccid),
    simTerms: (iccid, to) => {
      const number = to === undefined ? terms.homePrefix : normalizeNumber(to);
      const plan = terms.packages.of(iccid);
      return { price: terms.tariff.priceOf(iccid, number), packaged: plan?.covers(number) ? plan.size : 0 };
    },

    settings: new SiteSettings({ store, clock, file, hours: out.policy.hours, restart: world.restart }),
    restore: async (backup, by) => {
      if (!world.restart) throw new Fault('unavailable', 'Nothing can be restored here while it runs; stop it and run simpost restore.');
      const facts = await inspectStore(backup);
      world.restart(async () => {
        await restoreStore({ folder: config.store.path, file: backup, now: clock.now(), by });
      });
      return facts;
    },
    readiness: howReady,
    metrics: () => boxMetrics({ ...box(), meters, backups, ready: howReady().ready, lifeOf: (iccid) => simKeeper.of(iccid) }),

    limits: { ...SIZE_LIMITS, ...config.limits },
    tls: readTls(config.http),
    remoteSetup: remoteSetup(config, store),
    hosts: [...config.http.hosts, ...(world.hostNames ?? [])],
    sessions: world.sessions,
    consoleFolder: consoleFolder(),
    phones: world.phones,
  };
}
