import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { createSecureContext } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import { Heartbeat } from './alerts/heartbeat.ts';
import { MailChannel } from './alerts/mail.ts';
import { TextChannel } from './alerts/texts.ts';
import { AlertWatch, type Channel } from './alerts/watch.ts';
import type { Trace } from './at/trace.ts';
import { BalanceChecker } from './balance/checker.ts';
import { loadOperators } from './balance/operators.ts';
import type { Clock } from './base/clock.ts';
import { Fault } from './base/fault.ts';
import { localDays } from './base/local-day.ts';
import type { Log } from './base/log.ts';
import type { MachineTime } from './base/machine-time.ts';
import { readPrice } from './base/price-list.ts';
import { PURPOSES, type Purpose } from './base/purpose.ts';
import type { Random } from './base/random.ts';
import { steadyClock } from './base/steady-clock.ts';
import { every } from './base/waits.ts';
import { boxMetrics } from './box-metrics.ts';
import { boxState } from './box-state.ts';
import { CampaignDesk } from './campaigns/desk.ts';
import { CampaignRunner } from './campaigns/runner.ts';
import { ShortLinks } from './campaigns/short-links.ts';
import { backupDirectory } from './config/backup-directory.ts';
import { withChanged } from './config/changed.ts';
import { discovers } from './config/discovers.ts';
import { parseListen } from './config/listen.ts';
import type { Config } from './config/options.ts';
import { Dialogues } from './dialogues/dialogues.ts';
import { Acceptance } from './dispatch/accept.ts';
import { CODE_SECRET, Codes } from './dispatch/codes.ts';
import { DailyCost } from './dispatch/daily-cost.ts';
import { Delivery } from './dispatch/delivery.ts';
import { Dispatcher } from './dispatch/dispatcher.ts';
import { Judge } from './dispatch/judge.ts';
import { Limits } from './dispatch/limits.ts';
import { Missed } from './dispatch/missed.ts';
import { LINK_SECRET, OptOutLinks } from './dispatch/opt-out-links.ts';
import { Pressure } from './dispatch/pressure.ts';
import { Quotes } from './dispatch/quotes.ts';
import { Sending } from './dispatch/sending.ts';
import { SimKeeper } from './dispatch/sim-keeper.ts';
import { TimeWatch } from './dispatch/time-watch.ts';
import { buildApi } from './http/api.ts';
import { consoleFolder } from './http/console-folder.ts';
import { type Readiness, type RemoteSetup, SIZE_LIMITS } from './http/parts.ts';
import { publicApp } from './http/public/public-app.ts';
import type { Sessions } from './http/sessions.ts';
import { shapeEvent } from './http/shape.ts';
import type { VirtualPhones } from './http/virtual-phones.ts';
import { awayText } from './inbound/away.ts';
import { CallKeeper } from './inbound/call-keeper.ts';
import { dutyPhone } from './inbound/duty-phone.ts';
import { type Follower, FollowUp } from './inbound/follow-up.ts';
import { OwnReplies } from './inbound/own-replies.ts';
import { posterAnswers } from './inbound/poster-answers.ts';
import { Receiver } from './inbound/receiver.ts';
import { hasOneOf, SiteRules } from './inbound/rules/site-rules.ts';
import { Meters } from './metrics/meters.ts';
import { SignalLog } from './metrics/signal-log.ts';
import { pinMark } from './modem/pin.ts';
import { ModemPool } from './modem/pool.ts';
import type { PortSource } from './modem/ports.ts';
import { loadProfiles, profilesFolder } from './modem/profile-files.ts';
import { TraceFolder } from './modem/trace-folder.ts';
import type { UsbRemedies } from './modem/usb-remedies.ts';
import { morningWords } from './morning-words.ts';
import { contactFieldsOf, resourceFieldsOf, wantsCall } from './occasion-clients.ts';
import { OccasionAnswers } from './occasions/answers.ts';
import { OccasionDesk } from './occasions/desk.ts';
import { MorningText } from './occasions/morning.ts';
import { OccasionNotices } from './occasions/notices.ts';
import { OccasionRunner } from './occasions/runner.ts';
import { Sequences } from './occasions/sequences.ts';
import { WaitingList } from './occasions/waiting.ts';
import { Wording } from './occasions/wording.ts';
import { countryPrefix, toE164 } from './policy/e164.ts';
import { languageOf } from './policy/language.ts';
import { makeLint } from './policy/lint/lint.ts';
import { readDay } from './policy/local-date.ts';
import { otpTemplates } from './policy/otp-template.ts';
import { Packages } from './policy/packages.ts';
import { Routes } from './policy/routes.ts';
import { Tariff } from './policy/tariff.ts';
import { readiness } from './readiness.ts';
import { DialogueRescheduling } from './rescheduling.ts';
import { endSetupGrant, readSetupGrant } from './setup-grant.ts';
import { fileRules, presenceOf } from './site-answers.ts';
import { openFrom, sitePolicy } from './site-policy.ts';
import { SiteSettings } from './site-settings.ts';
import { Standings } from './standing/standings.ts';
import { BackupSchedule } from './store/backup-schedule.ts';
import { inspectStore } from './store/inspect.ts';
import type { StoredAlert } from './store/records/alert.ts';
import type { SimCaps } from './store/records/plan.ts';
import type { RetentionPeriods } from './store/records/retention.ts';
import { restoreStore } from './store/restore.ts';
import { secretFile } from './store/secret-file.ts';
import { openSqliteStore } from './store/sqlite-store.ts';
import type { Store } from './store/store.ts';
import { siteFields } from './templates/site-fields.ts';
import { textsOf } from './templates/stored.ts';
import { alarmText, awayReply, ownReply } from './texts/own-replies.ts';
import { PAGE_LANGUAGES } from './texts/public-pages.ts';
import { VERSION } from './version.ts';
import { Destinations } from './webhooks/destinations.ts';
import { Endpoints } from './webhooks/endpoints.ts';
import { GuardedPost, type Resolve } from './webhooks/guarded-post.ts';
import { fetchPost } from './webhooks/post.ts';
import { WebhookSender } from './webhooks/sender.ts';

/** What comes from the world, so that the whole daemon also runs on a clock and ports of somebody else. */
export interface World {
  /** As the system tells it: jumps are dealt with in the daemon. */
  readonly clock: Clock;
  readonly machine: MachineTime;
  /** Of this machine, in small letters; requests may name them. */
  readonly hostNames?: readonly string[];
  readonly random: Random;
  readonly log: Log;
  readonly fetch: typeof fetch;
  readonly resolve: Resolve;
  /** The addresses of this machine now. */
  ownAddresses(): readonly string[];
  /** Opens a port by its name in the configuration. @param baudRate of a real serial line */
  open(port: string, baudRate: number): Promise<Duplex>;
  /** Which ports there are, and who has them open; without it there are those that the configuration names. */
  readonly ports?: PortSource;
  /** What can be done about a modem that hangs, by its USB socket; without it nothing but AT commands. */
  readonly usb?: UsbRemedies;
  /** The phones of a virtual network, for the console; none where the modems are real. */
  readonly phones?: VirtualPhones;
  /** Who is logged in, where that outlives a start. */
  readonly sessions?: Sessions;
  /**
   * Something was changed that only a new start takes up: this daemon is to end, and another to begin. Without it that waits for the
   * next start of the process.
   * @param between what is done while none runs
   */
  restart?(between?: () => Promise<void>): void;
  /** The store can no longer be trusted: the process must end. */
  fatal(error: Error): void;
}

export interface Daemon {
  /** `http://127.0.0.1:8025` */
  readonly url: string;
  /** Stops in order: no new claims, what is on the air gets its answer, then everything closes. */
  stop(): Promise<void>;
}

/** A stop waits for what is on the air: the answer limit, and this for settling it, milliseconds. */
const AFTER_ANSWER = 5000;

/** dBm; with less a failure may be the antenna's rather than the SIM's. */
const WEAK = -105;

/** In the data folder: of it the secrets of webhooks are made that are added by API. */
const WEBHOOK_KEY = 'webhook.key';

/** How often the store is rid of what is only kept for a time, and told which SIMs are still here, milliseconds. */
const HOUSEKEEPING = 3_600_000;

/**
 * The one place where everything is built and joined. Start order: store, webhooks, what takes messages in, the queue, the
 * modems, and the API last. Stop order: the API, the queue with what is on the air, the modems, and the rest in reverse.
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
    const watch = new TimeWatch({
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
    timeWatch = watch;
    const delivery = new Delivery(store, log, (iccid, stamp, sentAt) => watch.heardStamp(iccid, stamp, sentAt));
    const receiver = new Receiver({
      store,
      clock,
      random,
      log,
      country: config.site.country,
      onReply: () => ownReplies.send(),
      onText: () => followUp.go(),
      onReport: async (iccid, report, pdu, at) => {
        // A report may end a doubt that the rest of its message waited for.
        if (await delivery.take(iccid, report, pdu, at)) dispatcher.wake();
        standings.reported(iccid, report.mr);
      },
    });

    const purposesOf = (iccid: string): readonly Purpose[] => {
      const sim = config.sim.find((s) => s.iccid === iccid);
      return sim?.enabled === false ? [] : PURPOSES.filter((purpose) => sim?.purposes.includes(purpose) ?? true);
    };
    const simName = (iccid: string): string | null => config.sim.find((s) => s.iccid === iccid)?.name ?? null;
    const limitsOf = (iccid: string | null) => ({ ...config.simDefaults, ...config.sim.find((s) => s.iccid === iccid) });
    const capsOf = (iccid: string | null): SimCaps => limitsOf(iccid);
    const routes = new Routes(config.sim);
    const homePrefix = config.site.country === undefined ? '' : countryPrefix(config.site.country);
    const packages = new Packages(config.simDefaults, config.sim);
    const tariff = new Tariff({ defaults: config.simDefaults.prices, sims: config.sim });
    await store.setPlans({
      capsOf,
      purposesOf,
      priceOf: (iccid, recipient) => tariff.priceOf(iccid, recipient),
      carries: (iccid, number) => routes.carries(iccid, number),
      routeOf: (number) => routes.routeOf(number),
      prefers: (iccid, number) => routes.prefers(iccid, number),
      packageOf: (iccid) => packages.of(iccid),
      warmUpDays: (iccid) => limitsOf(iccid).warmUpDays,
      timeZone: config.site.timeZone,
      boot: world.machine.bootId,
    });
    const references = await store.lastReferences();
    const traces = new TraceFolder({ folder: join(config.store.path, 'traces'), clock, log });
    stops.push(() => traces.close());
    const callKeeper = new CallKeeper({
      store,
      clock,
      log,
      country: config.site.country,
      optsOut: (iccid) => config.sim.find((s) => s.iccid === iccid)?.missedCallOptsOut ?? false,
      onReply: () => ownReplies.send(),
    });
    const { profiles, faults } = loadProfiles(profilesFolder());
    for (const fault of faults) log.error({ fault: fault.message }, 'a modem profile is not used');
    // In memory alone: a SIM asks again when its modem was reset or without power, and nobody may be there then.
    const givenPins = new Map<string, string>();
    const pool = new ModemPool({
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
      mayRoam: (iccid) => config.sim.find((s) => s.iccid === iccid)?.roaming ?? false,
      pins: {
        of: (iccid) => givenPins.get(iccid) ?? config.sim.find((s) => s.iccid === iccid)?.pin,
        mayTry: (iccid, pin) => store.tryPin(iccid, pinMark(iccid, pin), clock.now()),
        refused: (iccid) => store.pinsRefused(iccid),
        taken: async (iccid, pin) => {
          await store.pinTaken(iccid, pinMark(iccid, pin));
          givenPins.set(iccid, pin);
        },
      },
      references,
      onReceived: (received) => receiver.receive(received),
      hangUpAfter: config.calls.hangUpAfter * 1000,
      onCall: (call) => callKeeper.keep(call),
      onFault: (fault) => traces.save(fault),
      onNetworkTime: config.time.trust === 'always' ? undefined : (iccid, instants) => watch.heardNetwork(iccid, instants),
      onChange: () => simsChanged(),
      onTrouble: () => void alerts.look(),
    });

    const signals = new SignalLog({ store, clock, log, sims: () => pool.sims() });

    const policy = sitePolicy(config);
    const judge = new Judge({ store, random, settings: policy, clockTrusted: () => watch.trust.trusted });
    const checker = new BalanceChecker({
      store,
      clock,
      log,
      operators: loadOperators(config.balance.operatorsFile),
      every: config.balance.every * 1000,
      sims: () => pool.sims(),
      ussd: (iccid) => pool.telephone(iccid)?.ussd,
      below: (iccid) => config.sim.find((s) => s.iccid === iccid)?.balanceBelow ?? 0,
    });
    const standings = new Standings({
      store,
      clock,
      log,
      hearsNetwork: (iccid) => pool.sims().some((s) => s.iccid === iccid && s.registered && (s.signalDbm ?? 0) > WEAK),
      askBalance: (iccid) => checker.ask(iccid),
      onChange: () => dispatcher.wake(),
    });
    const maySend = (iccid: string): boolean => purposesOf(iccid).length > 0 && standings.maySend(iccid);

    const { otp, urgent, service, promotional } = config.delivery.uncertain;
    const after = config.delivery.uncertainAfter;
    const dispatcher = new Dispatcher({
      store,
      sender: {
        send: (iccid, segment) => standings.watch(iccid, segment.to, () => meters.watch(iccid, () => pool.send(iccid, segment))),
        sims: () => pool.sims().map((s) => ({ ...s, ready: s.state === 'ready' && !s.waitsForHub && maySend(s.iccid) })),
      },
      delivery,
      judge,
      clock,
      random,
      log,
      patience: config.simChoice.patience * 1000,
      offerGap: (iccid) => {
        const { offerGapMin, offerGapMax } = limitsOf(iccid);
        return { least: offerGapMin * 1000, most: offerGapMax * 1000 };
      },
      uncertain: {
        otp: { as: otp, after: after.otp * 1000 },
        urgent: { as: urgent, after: after.urgent * 1000 },
        service: { as: service, after: after.service * 1000 },
        promotional: { as: promotional, after: after.promotional * 1000 },
      },
    });

    const known = new Set([...(await store.sims()), ...config.sim].map((s) => s.iccid));
    const names = new Map(config.sim.flatMap((s) => (s.name === undefined ? [] : [[s.name, s.iccid] as const])));
    const simNamed = (name: string): string | undefined => names.get(name) ?? (known.has(name) ? name : undefined);
    const pressure = new Pressure({
      store,
      clock,
      rules: { ...config.queue, quota: config.messages.quota, pace: () => dispatcher.pace() },
    });
    await pressure.start();
    const limits = new Limits({ store, clock, log, rules: config.limits });
    await limits.start();
    const dailyCost = new DailyCost({
      store,
      clock,
      log,
      most: (config.limits.costPerDay !== undefined && readPrice(config.limits.costPerDay)) || null,
    });
    await dailyCost.start();
    const language = config.site.language ?? languageOf(config.site.country);
    const lint = makeLint(config.lint, [config.site.name, ...config.lint.names], language);
    const linkSecret = secretFile(config.store.path, LINK_SECRET, random);
    const acceptance = new Acceptance({
      store,
      clock,
      random,
      rules: {
        country: config.site.country,
        maxSegments: config.messages.maxSegments,
        validFor: config.messages.validFor,
        clockTrusted: () => watch.trust.trusted,
        links: new OptOutLinks(config.public.baseUrl, linkSecret),
        lint,
        // What is asked of a SIM that is retired is asked of the one that stands in for it.
        simNamed: (name) => {
          const iccid = simNamed(name);
          return iccid === undefined ? undefined : store.standIn(iccid);
        },
        carries: (iccid, to) => routes.carries(iccid, to),
      },
      judge,
      pressure,
      limits,
      dailyCost,
      quotes: new Quotes({
        store,
        clock,
        priced: tariff.known,
        homePrefix,
        mayCarry: (iccid, purpose, to) => !store.retirement(iccid) && purposesOf(iccid).includes(purpose) && routes.carries(iccid, to),
        prefers: (iccid, to) => routes.prefers(iccid, to),
        sims: () => ({ ready: dispatcher.order(), others: [...known] }),
      }),
      onAccepted: (messages) => {
        meters.accepted(messages);
        dispatcher.accepted(messages);
      },
      onResolved: () => dispatcher.wake(),
    });

    const normalizeNumber = (written: string): string => toE164(written, config.site.country);
    const codes = new Codes({
      store,
      door: acceptance,
      clock,
      random,
      secret: secretFile(config.store.path, CODE_SECRET, random),
      bootId: world.machine.bootId,
      clockTrusted: () => watch.trust.trusted,
      templates: otpTemplates(config.otpTemplate),
      language,
      site: config.site.name,
      validFor: config.messages.validFor.otp,
      normalizeNumber,
    });
    const sequences = new Sequences(store);
    await sequences.load();
    const wording = new Wording({
      site: { name: config.site.name, phone: config.site.phone, language, timeZone: config.site.timeZone },
      ownTexts: (name) => textsOf(store.templates.of(name)),
      contact: (id) => contactFieldsOf(store, id),
      resource: (id) => resourceFieldsOf(store, id),
    });
    const occasionRunner = new OccasionRunner({
      store,
      door: acceptance,
      clock,
      log,
      sequences,
      wording,
      timeZone: config.site.timeZone,
      isTimeKnown: () => watch.trust.trusted,
      wantsCall: (occasion) => wantsCall(store, occasion),
      onTurn: async () => {
        await notices.tell();
        await waitingList.offer();
      },
    });
    const waitingList = new WaitingList({
      store,
      clock,
      sequences,
      wording,
      timeZone: config.site.timeZone,
      openFrom: (to, at) => openFrom(policy, to, at),
    });
    const notices = new OccasionNotices({
      store,
      door: acceptance,
      clock,
      random,
      sequences,
      wording,
      timeZone: config.site.timeZone,
      openFrom: (to, at) => openFrom(policy, to, at),
      onChange: () => occasionRunner.wake(),
    });
    const morning =
      config.morning.phone === undefined
        ? undefined
        : new MorningText({
            store,
            door: acceptance,
            clock,
            log,
            sequences,
            to: config.morning.phone,
            at: config.morning.at,
            timeZone: config.site.timeZone,
            isTimeKnown: () => watch.trust.trusted,
            words: (day) =>
              morningWords(day, simEnds(), {
                language,
                timeZone: config.site.timeZone,
                now: clock.now(),
                own: (name) => textsOf(store.templates.of(name)),
              }),
          });
    const simEnds = () =>
      pool.sims().flatMap(({ iccid }) => {
        const endsAt = simKeeper.of(iccid).packageEndsAt;
        return endsAt === null ? [] : [{ name: simName(iccid) ?? iccid, endsAt }];
      });
    const occasionAnswers = new OccasionAnswers({
      store,
      clock,
      sequences,
      wording,
      timeZone: config.site.timeZone,
      rescheduling: { offers: () => rescheduling.offers(), begin: (occasion, sim) => rescheduling.begin(occasion, sim) },
      onChange: () => occasionRunner.wake(),
    });
    const campaignSite = {
      fields: siteFields({ name: config.site.name, phone: config.site.phone }),
      language,
      timeZone: config.site.timeZone,
      links: new ShortLinks(config.public.baseUrl, linkSecret),
    };
    const campaignRunner = new CampaignRunner({
      store,
      door: acceptance,
      clock,
      log,
      site: campaignSite,
      isTimeKnown: () => watch.trust.trusted,
    });
    const campaigns = new CampaignDesk({
      store,
      door: acceptance,
      clock,
      random,
      runner: campaignRunner,
      site: campaignSite,
      sims: () =>
        pool.sims().flatMap(({ iccid }) => {
          const purposes = purposesOf(iccid);
          return purposes.length === 0 ? [] : [{ ...capsOf(iccid), offers: purposes.includes('promotional') }];
        }),
      newSim: capsOf(null),
    });
    const missed = new Missed({ store, clock, onDecided: () => dispatcher.wake() });
    const simKeeper = new SimKeeper({ store, clock, log, limitsOf, isTimeKnown: () => watch.trust.trusted });
    const sending = new Sending({
      store,
      clock,
      simNamed,
      onResumed(iccid) {
        standings.retry(iccid);
        dispatcher.wake();
      },
    });

    // Signal and registration change all the time; the disk hears only of SIMs that are new or have become another's.
    const remembered = new Map<string, string>();
    const simsChanged = (): void => {
      for (const { iccid, imsi, number } of pool.sims()) {
        known.add(iccid);
        const facts = `${imsi} ${number}`;
        if (remembered.get(iccid) === facts) continue;
        remembered.set(iccid, facts);
        store.seeSim({ iccid, imsi, number, at: clock.now() }).catch((error: unknown) => {
          remembered.delete(iccid);
          log.error({ err: error, iccid }, 'a SIM could not be remembered');
        });
      }
      dispatcher.wake();
    };

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

    const howReady = (): Readiness =>
      readiness({
        store,
        damage,
        noBackup: backups.problem,
        trust: watch.trust,
        profile: policy.profile,
        modems: pool.modems(),
        sims: pool.sims(),
        searching: discovers(config),
        standings,
      });
    const site = { site: config.site.name, phone: config.site.phone };
    const onReply = (): void => ownReplies.send();
    const rules = new SiteRules({
      store,
      clock,
      file: fileRules(config),
      names: (text) => text.replaceAll('{site}', site.site).replaceAll('{phone}', site.phone ?? ''),
      onReply,
    });
    const isAlarm = hasOneOf(config.alarm.phone === undefined ? [] : config.alarm.words);

    // A list that was being imported when the process ended: it is seen by now, or nothing of it is left.
    while (!(await store.contacts.imports.tidy()));
    const localDay = localDays(config.site.timeZone);
    const dialogues = new Dialogues({
      store,
      clock,
      log,
      site: { ...site, name: config.site.name, language, timeZone: config.site.timeZone, day: (at) => readDay(localDay(at)) ?? 0 },
      onReply,
      onTurns: (when) => rescheduling.settle(when),
    });
    const rescheduling = new DialogueRescheduling({
      store,
      clock,
      begin: (asked) => dialogues.begin(asked),
      onEnded: (ended) => occasionAnswers.rescheduled(ended),
    });

    const sentence = (alert: StoredAlert): string => alerts.sentence(alert);
    const channels: Channel[] = [];
    if (config.alerts.mailTo.length > 0) {
      const { mailTo: to, mailFrom: from = to[0] ?? '', smtp } = config.alerts;
      channels.push(new MailChannel({ settings: { ...smtp, from, to }, site: config.site.name, language, sentence }));
    }
    if (config.alerts.phones.length > 0) {
      channels.push(
        new TextChannel({
          door: acceptance,
          clock,
          to: config.alerts.phones,
          perDay: config.alerts.textsPerDay,
          site: config.site.name,
          language,
          readySims: () => dispatcher.order().filter(maySend),
          sentence,
        }),
      );
    }
    const alerts = new AlertWatch({
      store,
      clock,
      log,
      channels,
      language,
      quiet: config.alerts.quiet * 1000,
      box: (strangers) =>
        boxState({
          store,
          now: clock.now(),
          folder: config.store.path,
          sims: pool.sims(),
          modems: pool.modems(),
          lostTogether: pool.lostTogether,
          standings,
          damage,
          noBackup: backups.problem,
          clockTrusted: watch.trust.trusted,
          numbersBlocked: limits.blocks,
          costReached: dailyCost.isReached,
          strangers,
          simName,
          balanceBelow: (iccid) => config.sim.find((s) => s.iccid === iccid)?.balanceBelow ?? 0,
          outlookOf: (iccid) => simKeeper.of(iccid),
          urlOf: (endpoint) => endpoints.urlOf(endpoint),
        }),
    });

    const api = await buildApi({
      store,
      dialogues,
      rules,
      isAlarm,
      acceptance,
      lint,
      manners: policy,
      settings: new SiteSettings({ store, clock, file, hours: policy.hours, restart: world.restart }),
      sessions: world.sessions,
      restore: async (backup, by) => {
        if (!world.restart) throw new Fault('unavailable', 'Nothing can be restored here while it runs; stop it and run simpost restore.');
        const facts = await inspectStore(backup);
        world.restart(async () => {
          await restoreStore({ folder: config.store.path, file: backup, now: clock.now(), by });
        });
        return facts;
      },
      codes,
      sending,
      notices,
      occasions: new OccasionDesk({
        store,
        clock,
        random,
        sequences,
        timeZone: config.site.timeZone,
        onChange: () => occasionRunner.wake(),
      }),
      missed,
      simKeeper,
      simNamed,
      campaigns,
      wake: () => dispatcher.wake(),
      onAllowed: (iccid) => dispatcher.allowed(iccid),
      time: watch,
      backups,
      webhooks: endpoints,
      alerts,
      clock,
      random,
      log,
      version: VERSION,
      modems: () => pool.modems(),
      sims: () => pool.sims(),
      telephone: (iccid) => pool.telephone(iccid),
      simPurposes: purposesOf,
      simTrouble: (iccid) => standings.trouble(iccid),
      simTerms: (iccid, to) => {
        const number = to === undefined ? homePrefix : normalizeNumber(to);
        const plan = packages.of(iccid);
        return { price: tariff.priceOf(iccid, number), packaged: plan?.covers(number) ? plan.size : 0 };
      },
      simCaps: capsOf,
      simCarries: (iccid, to) => routes.carries(iccid, to),
      signals,
      givePin: (port, pin, switchOff) => pool.givePin(port, pin, switchOff),
      traces: {
        lines: (port) => pool.trace(port)?.lines() ?? [],
        recording: (port) => traces.recording(port),
        record: (port, seconds) => traces.record(port, traceOf(pool, port), seconds),
      },
      simName,
      normalizeNumber,
      readiness: howReady,
      metrics: () =>
        boxMetrics({
          store,
          meters,
          backups,
          folder: config.store.path,
          now: clock.now(),
          sims: pool.sims(),
          modems: pool.modems(),
          ready: howReady().ready,
          clockTrusted: watch.trust.trusted,
          simName,
          lifeOf: (iccid) => simKeeper.of(iccid),
          urlOf: (endpoint) => endpoints.urlOf(endpoint),
        }),
      limits: { ...SIZE_LIMITS, ...config.limits },
      tls: readTls(config.http),
      remoteSetup: remoteSetup(config, store),
      hosts: [...config.http.hosts, ...(world.hostNames ?? [])],
      timeZone: config.site.timeZone,
      site: { name: config.site.name, phone: config.site.phone, country: config.site.country ?? null, language },
      consoleFolder: consoleFolder(),
      phones: world.phones,
    });

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
    const ownReplies = new OwnReplies({
      store,
      door: acceptance,
      clock,
      log,
      words: (kind, heard) => ownReply(kind, heard, language, site),
    });
    stops.push(() => ownReplies.stop());
    // What a text may set going, in this order; the first that takes it ends it.
    const followers: Follower[] = [
      posterAnswers({ store, clock, onReply }),
      dialogues.follow,
      (text) => occasionAnswers.follow(text),
      rules.follow,
    ];
    if (config.alarm.phone !== undefined) {
      const { phone: to, perHour } = config.alarm;
      const words = (from: string, heard: string): string => alarmText(from, heard, language);
      followers.unshift(dutyPhone({ store, clock, to, perHour, isAlarm, words, onReply }));
    }
    if (config.away.phone !== undefined) {
      const { phone, text } = config.away;
      const words = (heard: string): string =>
        text?.replaceAll('{site}', site.site).replaceAll('{phone}', phone) ?? awayReply(heard, language, { site: site.site, phone });
      followers.push(awayText({ store, clock, presence: presenceOf(config), words, onReply }));
    }
    const followUp = new FollowUp({ store, clock, log, followers });
    stops.push(() => followUp.stop());
    await receiver.start();
    ownReplies.send();
    dialogues.start();
    stops.push(() => dialogues.stop());
    followUp.go();
    stops.push(() => receiver.stop());
    await checker.start();
    stops.push(() => checker.stop());
    await standings.start();
    stops.push(() => standings.stop());
    simKeeper.start();
    stops.push(() => simKeeper.stop());
    await callKeeper.start();
    stops.push(() => callKeeper.stop());
    stops.push(() => watch.stop());
    // What is on the air when the end comes gets its answer.
    stops.push(() => pool.stop(started ? grace : 0));
    stops.push(() => dispatcher.stop(started ? grace : 0));
    await watch.start();
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
        normalizeNumber,
        onReply,
      });
      stops.push(() => pages.close());
      log.info({ url: await listen(pages, config.public.listen, 'public.listen') }, 'the pages for clients are open');
    }
    stops.push(() => api.close());
    const url = await listen(api, config.http.listen, 'http.listen');
    const { text } = config.retention;
    const periods: RetentionPeriods = {
      otp: text.otp * 1000,
      urgent: text.urgent * 1000,
      service: text.service * 1000,
      promotional: text.promotional * 1000,
      inbound: text.inbound * 1000,
    };
    const housekeeping = every(clock, HOUSEKEEPING, () => {
      remembered.clear();
      simsChanged();
      // What is erased cannot be had back: that waits until somebody knows the time.
      if (!watch.trust.trusted) return;
      tidy(store, periods, clock, log).catch((error: unknown) =>
        log.error({ err: error }, 'what is only kept for a time could not be removed'),
      );
    });
    stops.push(() => housekeeping.cancel());
    backups.start();
    stops.push(() => backups.stop());
    alerts.start();
    stops.push(() => alerts.stop());
    signals.start();
    stops.push(() => signals.stop());
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

/** @throws Fault `notFound` when the modem is not there any more */
function traceOf(pool: ModemPool, port: string): Trace {
  const trace = pool.trace(port);
  if (!trace) throw new Fault('notFound', `There is no modem on ${port} any more.`);
  return trace;
}

/** As the installer granted it; what is left of that on a box with an owner or a key is removed. */
function remoteSetup({ http, store: { path } }: Config, store: Store): RemoteSetup | undefined {
  const used = (): void => endSetupGrant(path);
  if (store.accessible()) used();
  const grant = readSetupGrant(path);
  const listen = parseListen(http.setupListen);
  return grant && listen ? { ...grant, listen, used } : undefined;
}

/** @throws Fault `configInvalid` when the files cannot be read or do not belong together */
function readTls({ certFile, keyFile }: Config['http']): { cert: string; key: string } | undefined {
  if (certFile === undefined || keyFile === undefined) return undefined;
  try {
    const [cert, key] = [readFileSync(certFile, 'utf8'), readFileSync(keyFile, 'utf8')];
    createSecureContext({ cert, key });
    return { cert, key };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault('configInvalid', `http.certFile ${certFile} and http.keyFile ${keyFile} cannot be used (${why}).`, [], {
      cause: error,
    });
  }
}

/** Tries an address before anything is sent: what cannot be had is told while a start can still be taken back. @throws Fault `unavailable` */
async function mayListen(address: string, option: string): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(parseListen(address));
    await once(probe, 'listening');
  } catch (error) {
    throw taken(address, option, error);
  }
  probe.close();
  await once(probe, 'close');
}

/** @throws Fault `unavailable` when the address cannot be had */
async function listen(api: FastifyInstance, address: string, option: string): Promise<string> {
  try {
    return await api.listen(parseListen(address) ?? {});
  } catch (error) {
    throw taken(address, option, error);
  }
}

function taken(address: string, option: string, cause: unknown): Fault {
  const why = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE' ? 'another program listens there' : String(cause);
  return new Fault('unavailable', `Nothing can listen on ${address}: ${why}; stop that program, or choose another ${option}.`, [], {
    cause,
  });
}

/** Counts for the audit log what came to be sent, and rids the store of what is only kept for a time. */
async function tidy(store: Store, periods: RetentionPeriods, clock: Clock, log: Log): Promise<void> {
  await store.auditAccepted(clock.now());
  await store.purge(clock.now());
  const erased = await store.eraseTexts(periods, clock.now());
  if (erased.messages + erased.inbound > 0) log.info(erased, 'texts were erased, as retention says');
}
