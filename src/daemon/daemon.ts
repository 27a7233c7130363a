import { Heartbeat } from '../alerts/heartbeat.ts';
import { AlertWatch } from '../alerts/watch.ts';
import { Fault } from '../base/fault.ts';
import { steadyClock } from '../base/steady-clock.ts';
import { backupDirectory } from '../config/backup-directory.ts';
import { withChanged } from '../config/changed.ts';
import { discovers } from '../config/discovers.ts';
import { isInTheClear } from '../config/exposure.ts';
import { parseListen } from '../config/listen.ts';
import type { Config } from '../config/options.ts';
import { StatusReports } from '../dispatch/status-reports.ts';
import { TimeWatch } from '../dispatch/time-watch.ts';
import { buildApi } from '../http/api.ts';
import type { Readiness } from '../http/parts.ts';
import { publicApp } from '../http/public/public-app.ts';
import { listenForSetup } from '../http/setup-listener.ts';
import { shapeEvent } from '../http/shape.ts';
import { CallKeeper } from '../inbound/call-keeper.ts';
import { Receiver } from '../inbound/receiver.ts';
import { Meters } from '../metrics/meters.ts';
import { languageOf } from '../policy/language.ts';
import { BackupSchedule } from '../store/backup-schedule.ts';
import { secretFile } from '../store/secret-file.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { PAGE_LANGUAGES } from '../texts/public-pages.ts';
import { VERSION } from '../version.ts';
import { Destinations } from '../webhooks/destinations.ts';
import { Endpoints } from '../webhooks/endpoints.ts';
import { GuardedPost } from '../webhooks/guarded-post.ts';
import { fetchPost } from '../webhooks/post.ts';
import { WebhookSender } from '../webhooks/sender.ts';
import { alertChannels } from './alert-channels.ts';
import { buildAnswering } from './answering.ts';
import { apiParts } from './api-parts.ts';
import { type BoxNow, diskFree } from './box-facts.ts';
import { boxState } from './box-state.ts';
import { buildBusiness } from './business.ts';
import { keepHouse } from './housekeeping.ts';
import { listen, mayListen } from './listening.ts';
import { buildModems } from './modems.ts';
import { readiness } from './readiness.ts';
import { buildRoadOut } from './road-out.ts';
import { simTerms } from './sim-terms.ts';
import { SimsSeen } from './sims-seen.ts';
import type { Ground, World } from './world.ts';

export interface Daemon {
  /** `http://127.0.0.1:8025` */
  readonly url: string;
  /** Stops in order: no new claims, what is on the air gets its answer, then everything closes. */
  stop(): Promise<void>;
}

/** A stop waits for what is on the air: the answer limit, and this for settling it, milliseconds. */
const AFTER_ANSWER = 5000;

/** In the data folder: of it the secrets of webhooks are made that are added by API. */
const WEBHOOK_KEY = 'webhook.key';

/**
 * The one place where everything is joined. Start order: store, webhooks, what takes messages in, the queue, the modems,
 * and the API last. Stop order: the API, the queue with what is on the air, the modems, and the rest in reverse.
 */
export const startDaemon = (config: Config, world: World): Promise<Daemon> => start(config, world, false);

/**
 * The gate of an upgrade: everything is built as for a start, on the store as this version makes it, which is read whole and must answer
 * `/healthz`; then all is closed again. Nothing is accepted or sent meanwhile, so that the upgrade can be taken back (X29).
 * @throws Fault as `startDaemon` does, and `unavailable` when there is no health
 */
export async function rehearseDaemon(config: Config, world: World): Promise<void> {
  await (await start(config, world, true)).stop();
}

async function start(file: Config, world: World, isRehearsal: boolean): Promise<Daemon> {
  const { random, log } = world;
  let timeWatch: TimeWatch | undefined;
  let onJump: (() => void) | undefined;
  const clock = steadyClock(world.clock, ({ by, believed }) => {
    const jump = { seconds: Math.round(by / 1000) };
    log.warn(jump, believed ? 'the system clock has jumped, and is followed' : 'the system clock jumps: not yet believed');
    if (believed) {
      timeWatch?.jumped();
      // What falls due is measured by a clock that shows another time now.
      onJump?.();
    }
  });
  const meters = new Meters(clock);
  const store = await openSqliteStore({
    path: file.store.path,
    clock,
    random,
    daemon: true,
    onFatal: world.fatal,
    onCommitTook: (ms) => meters.committed(ms),
  });
  meters.start();
  const { config, unfit } = withChanged(file, store.settings.all());
  if (unfit.length > 0) log.error({ settings: unfit }, 'settings that were changed fit no more, and the file holds for them');
  const grace = config.delivery.answerLimit * 1000 + AFTER_ANSWER;
  let started = false;
  /** What is wrong with the store, in words. */
  let damage: string | undefined;
  /** What has begun, in order; it ends in the opposite one. */
  const stops: (() => void | Promise<void>)[] = [() => meters.stop(), () => store.close()];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const time = new TimeWatch({
      store,
      clock,
      machine: world.machine,
      log,
      setting: config.time.trust,
      missed: { byPurpose: config.missed, after: config.missed.after * 1000 },
      onKnown: () => {
        dispatcher.timeKnown();
        occasionRunner.wake();
      },
    });
    timeWatch = time;
    const language = config.site.language ?? languageOf(config.site.country);
    const ground: Ground = { world, file, config, store, clock, random, log, time, language };
    const terms = simTerms(config);
    await store.setPlans(terms.plans(world.machine.bootId));

    const onReply = (): void => answering.ownReplies.send();
    const reports = new StatusReports(store, log, config.site.country, (iccid, stamp, sentAt) => time.heardStamp(iccid, stamp, sentAt));
    const receiver = new Receiver({
      store,
      clock,
      random,
      log,
      country: config.site.country,
      onReply,
      onText: () => answering.followUp.go(),
      onReport: async (iccid, report, pdu, at) => {
        // A report may end a doubt that the rest of its message waited for.
        if (await reports.take(iccid, report, pdu, at)) dispatcher.wake();
        modems.standings.reported(iccid, report.mr);
      },
    });
    const callKeeper = new CallKeeper({
      store,
      clock,
      log,
      country: config.site.country,
      optsOut: (iccid) => terms.sim(iccid)?.missedCallOptsOut ?? false,
      onReply,
    });
    const simsSeen = new SimsSeen({ store, clock, log });
    const simsChanged = (): void => {
      const sims = modems.pool.sims();
      for (const { iccid } of sims) out.know(iccid);
      simsSeen.see(sims);
      dispatcher.wake();
    };

    const modems = await buildModems(ground, terms, {
      onReceived: (received) => receiver.receive(received),
      onCall: (call) => callKeeper.keep(call),
      onChange: simsChanged,
      onTrouble: () => void alerts.look(),
      onStanding: () => dispatcher.wake(),
    });
    const { pool, standings } = modems;
    stops.push(() => modems.folder.close());
    const out = await buildRoadOut(ground, terms, modems, { reports, meters });
    const { dispatcher, acceptance, simKeeper } = out;
    const business = await buildBusiness(ground, terms, modems, out, onReply);
    const { dialogues, occasionAnswers, occasionRunner, campaignRunner, morning } = business;
    const answering = buildAnswering(ground, { door: acceptance, dialogues, occasionAnswers });

    const backups = new BackupSchedule({
      folder: config.store.path,
      directory: backupDirectory(config),
      every: config.backup.every * 1000,
      keep: config.backup.keep,
      clock,
      log,
      onFailed: (why) => {
        store
          .notice('backup.failed', why, clock.now())
          .catch((error: unknown) => log.error({ err: error }, 'that a backup failed could not be kept'));
      },
    });
    const guardedPost = new GuardedPost(
      new Destinations({ allow: config.webhooks.allow, own: world.ownAddresses, ownPort: parseListen(config.http.listen)?.port }),
      world.resolve,
    );
    const endpoints = new Endpoints({
      store,
      clock,
      random,
      key: secretFile(config.store.path, WEBHOOK_KEY, random),
      configured: config.webhook,
      check: (url) => guardedPost.check(url),
    });
    const box = (): BoxNow => ({
      store,
      now: clock.now(),
      diskFree: diskFree(config.store.path),
      sims: pool.sims(),
      modems: pool.modems(),
      clockTrusted: time.trust.trusted,
      simName: terms.nameOf,
      urlOf: (endpoint) => endpoints.urlOf(endpoint),
    });
    const alerts = new AlertWatch({
      store,
      clock,
      log,
      channels: alertChannels(ground, modems, out, (alert) => alerts.sentence(alert)),
      language,
      quiet: config.alerts.quiet * 1000,
      box: (strangers) =>
        boxState({
          ...box(),
          lostTogether: pool.lostTogether,
          standings,
          damage,
          noBackup: backups.problem,
          numbersBlocked: out.limits.blocks,
          costReached: out.dailyCost.isReached,
          strangers,
          balanceBelow: terms.balanceBelow,
          outlookOf: (iccid) => simKeeper.of(iccid),
        }),
    });
    const howReady = (): Readiness =>
      readiness({
        store,
        damage,
        noBackup: backups.problem,
        trust: time.trust,
        profile: out.policy.profile,
        inTheClear: isInTheClear(config.http),
        modems: pool.modems(),
        sims: pool.sims(),
        searching: discovers(config),
        standings,
      });
    // A list that was being imported when the process ended: it is seen by now, or nothing of it is left.
    while (!(await store.contacts.imports.tidy()));
    const parts = apiParts(ground, terms, modems, out, business, answering, { meters, backups, endpoints, alerts, howReady, box });
    const api = await buildApi(parts);

    await mayListen(config.http.listen, 'http.listen');
    if (config.public.listen !== undefined) await mayListen(config.public.listen, 'public.listen');
    if (isRehearsal) {
      stops.push(() => api.close());
      await store.examine();
      const { statusCode } = await api.inject('/healthz');
      if (statusCode !== 200) throw new Fault('unavailable', `The daemon answers ${statusCode} when it is asked for its health.`);
      return { url: '', stop };
    }

    const webhooks = new WebhookSender({
      store,
      endpoints: await endpoints.all(),
      post: fetchPost(world.fetch),
      guardedPost: guardedPost.post,
      clock,
      random,
      log,
      shape: shapeEvent,
    });
    webhooks.start();
    endpoints.serve(webhooks);
    stops.push(async () => {
      await webhooks.stop();
      guardedPost.close();
    });
    stops.push(() => answering.ownReplies.stop());
    stops.push(() => answering.followUp.stop());
    await receiver.start();
    answering.ownReplies.send();
    dialogues.start();
    stops.push(() => dialogues.stop());
    answering.followUp.start();
    stops.push(() => receiver.stop());
    await modems.balances.start();
    stops.push(() => modems.balances.stop());
    await standings.start();
    stops.push(() => standings.stop());
    simKeeper.start();
    stops.push(() => simKeeper.stop());
    await callKeeper.start();
    stops.push(() => callKeeper.stop());
    stops.push(() => time.stop());
    // What is on the air when the end comes gets its answer.
    stops.push(() => pool.stop(started ? grace : 0));
    stops.push(() => dispatcher.stop(started ? grace : 0));
    await time.start();
    await dispatcher.start();
    occasionRunner.start();
    onJump = () => occasionRunner.wake();
    morning?.start();
    stops.push(() => morning?.stop());
    stops.push(() => occasionRunner.stop());
    campaignRunner.start();
    stops.push(() => campaignRunner.stop());
    pool.start();
    if (config.public.listen !== undefined) {
      const pages = await publicApp({
        store,
        clock,
        log,
        site: config.site.name,
        language: PAGE_LANGUAGES.find((known) => known === language) ?? 'en',
        normalizeNumber: out.normalizeNumber,
        onReply,
      });
      stops.push(() => pages.close());
      log.info({ url: await listen(pages, config.public.listen, 'public.listen') }, 'the pages for clients are open');
    }
    stops.push(() => api.close());
    const url = await listen(api, config.http.listen, 'http.listen');
    if (parts.remoteSetup) stops.push(await listenForSetup(api, parts, parts.remoteSetup));
    const housekeeping = keepHouse(ground, () => {
      simsSeen.forget();
      simsChanged();
    });
    stops.push(() => housekeeping.cancel());
    backups.start();
    stops.push(() => backups.stop());
    alerts.start();
    stops.push(() => alerts.stop());
    modems.signals.start();
    stops.push(() => modems.signals.stop());
    if (config.alerts.heartbeatUrl !== undefined) {
      const heartbeat = new Heartbeat({
        fetch: world.fetch,
        url: config.alerts.heartbeatUrl,
        clock,
        log,
        isAlive: () => isReadable(store),
      });
      heartbeat.start();
      stops.push(() => heartbeat.stop());
    }
    // Read whole, while the work goes on: a daemon whose store is damaged in one place still does what it can.
    const examined = store.examine().catch((error: unknown) => {
      damage = error instanceof Error ? error.message : String(error);
      log.error({ err: error }, 'the store does not read as it was written');
    });
    stops.push(() => examined);
    started = true;
    log.info({ url, version: VERSION, modems: config.modem.length }, 'ready to accept');
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Whether the store can be read. */
function isReadable(store: Store): boolean {
  try {
    store.check();
    return true;
  } catch {
    return false;
  }
}
