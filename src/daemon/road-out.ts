import { readPrice } from '../base/price-list.ts';
import { Acceptance } from '../dispatch/accept.ts';
import { CODE_SECRET, Codes } from '../dispatch/codes.ts';
import { DailyCost } from '../dispatch/daily-cost.ts';
import { Dispatcher } from '../dispatch/dispatcher.ts';
import { Judge } from '../dispatch/judge.ts';
import { Limits } from '../dispatch/limits.ts';
import { Missed } from '../dispatch/missed.ts';
import { LINK_SECRET, OptOutLinks } from '../dispatch/opt-out-links.ts';
import { Pressure } from '../dispatch/pressure.ts';
import { Quotes } from '../dispatch/quotes.ts';
import { Sending } from '../dispatch/sending.ts';
import { SimKeeper } from '../dispatch/sim-keeper.ts';
import { simNames } from '../dispatch/sim-named.ts';
import type { StatusReports } from '../dispatch/status-reports.ts';
import type { Meters } from '../metrics/meters.ts';
import { toE164 } from '../policy/e164.ts';
import { type Lint, makeLint } from '../policy/lint/lint.ts';
import { otpTemplates } from '../policy/otp-template.ts';
import type { PolicySettings } from '../policy/settings.ts';
import { secretFile } from '../store/secret-file.ts';
import type { Modems } from './modems.ts';
import type { SimTerms } from './sim-terms.ts';
import { sitePolicy } from './site-policy.ts';
import type { Ground } from './world.ts';

/** The road out: what takes messages in, decides when each may go, and drives the SIMs. */
export interface RoadOut {
  readonly policy: PolicySettings;
  readonly lint: Lint;
  readonly acceptance: Acceptance;
  readonly codes: Codes;
  readonly dispatcher: Dispatcher;
  readonly limits: Limits;
  readonly dailyCost: DailyCost;
  readonly sending: Sending;
  readonly missed: Missed;
  readonly simKeeper: SimKeeper;
  /** Of which the links in texts are made, octets. */
  readonly linkSecret: Buffer;
  /** The ICCID of a configured name, or of an ICCID that is known. */
  simNamed(name: string): string | undefined;
  normalizeNumber(written: string): string;
  /** A SIM is here, that may be new. */
  know(iccid: string): void;
}

export async function buildRoadOut(
  { world, config, store, clock, random, log, time, language }: Ground,
  terms: SimTerms,
  { pool, standings, maySend }: Modems,
  { reports, meters }: { readonly reports: StatusReports; readonly meters: Meters },
): Promise<RoadOut> {
  const clockTrusted = (): boolean => time.trust.trusted;
  const policy = sitePolicy(config);
  const judge = new Judge({ store, random, settings: policy, clockTrusted });
  const dispatcher = new Dispatcher({
    store,
    sender: {
      send: (iccid, segment) => standings.watch(iccid, segment.to, () => meters.watch(iccid, () => pool.send(iccid, segment))),
      sims: () => pool.sims().map((s) => ({ ...s, ready: s.state === 'ready' && !s.waitsForHub && maySend(s.iccid) })),
    },
    reports,
    judge,
    clock,
    random,
    log,
    patience: config.simChoice.patience * 1000,
    weightOf: terms.weightOf,
    offerGap: (iccid) => {
      const { offerGapMin, offerGapMax } = terms.limitsOf(iccid);
      return { least: offerGapMin * 1000, most: offerGapMax * 1000 };
    },
    uncertain: uncertainRules(config.delivery),
  });

  const known = new Set([...(await store.sims()), ...config.sim].map((s) => s.iccid));
  const simNamed = simNames(config.sim, known);
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
      clockTrusted,
      links: new OptOutLinks(config.public.baseUrl, linkSecret),
      lint,
      // What is asked of a SIM that is retired is asked of the one that stands in for it.
      simNamed: (name) => {
        const iccid = simNamed(name);
        return iccid === undefined ? undefined : store.standIn(iccid);
      },
      carries: (iccid, to) => terms.routes.carries(iccid, to),
    },
    judge,
    pressure,
    limits,
    dailyCost,
    quotes: new Quotes({
      store,
      clock,
      priced: terms.tariff.known,
      homePrefix: terms.homePrefix,
      mayCarry: (iccid, purpose, to) =>
        !store.retirement(iccid) && terms.purposesOf(iccid).includes(purpose) && terms.routes.carries(iccid, to),
      prefers: (iccid, to) => terms.routes.prefers(iccid, to),
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
    clockTrusted,
    templates: otpTemplates(config.otpTemplate),
    language,
    site: config.site.name,
    validFor: config.messages.validFor.otp,
    normalizeNumber,
  });
  return {
    policy,
    lint,
    acceptance,
    codes,
    dispatcher,
    limits,
    dailyCost,
    sending: new Sending({
      store,
      clock,
      simNamed,
      onResumed(iccid) {
        standings.retry(iccid);
        dispatcher.wake();
      },
    }),
    missed: new Missed({ store, clock, onDecided: () => dispatcher.wake() }),
    simKeeper: new SimKeeper({ store, clock, log, limitsOf: terms.limitsOf, isTimeKnown: clockTrusted }),
    linkSecret,
    simNamed,
    normalizeNumber,
    know: (iccid) => known.add(iccid),
  };
}

/** What is done with a segment of which nobody knows, and after how many milliseconds. */
function uncertainRules({
  uncertain,
  uncertainAfter: after,
}: Ground['config']['delivery']): ConstructorParameters<typeof Dispatcher>[0]['uncertain'] {
  return {
    otp: { as: uncertain.otp, after: after.otp * 1000 },
    urgent: { as: uncertain.urgent, after: after.urgent * 1000 },
    service: { as: uncertain.service, after: after.service * 1000 },
    promotional: { as: uncertain.promotional, after: after.promotional * 1000 },
  };
}
