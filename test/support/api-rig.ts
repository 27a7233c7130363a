import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';
import { type Log, silentLog } from '../../src/base/log.ts';
import type { Money } from '../../src/base/money.ts';
import { PURPOSES } from '../../src/base/purpose.ts';
import { systemRandom } from '../../src/base/random.ts';
import { CampaignDesk } from '../../src/campaigns/desk.ts';
import { CampaignRunner } from '../../src/campaigns/runner.ts';
import { ShortLinks } from '../../src/campaigns/short-links.ts';
import { contactFieldsOf, resourceFieldsOf, wantsCall } from '../../src/daemon/occasion-clients.ts';
import { openFrom } from '../../src/daemon/site-policy.ts';
import { SiteSettings } from '../../src/daemon/site-settings.ts';
import { Dialogues } from '../../src/dialogues/dialogues.ts';
import { Acceptance } from '../../src/dispatch/accept.ts';
import { Codes } from '../../src/dispatch/codes.ts';
import { DailyCost } from '../../src/dispatch/daily-cost.ts';
import { Judge } from '../../src/dispatch/judge.ts';
import { type LimitRules, Limits } from '../../src/dispatch/limits.ts';
import { Missed } from '../../src/dispatch/missed.ts';
import { OptOutLinks } from '../../src/dispatch/opt-out-links.ts';
import { Pressure, type PressureRules } from '../../src/dispatch/pressure.ts';
import { Quotes } from '../../src/dispatch/quotes.ts';
import { Sending } from '../../src/dispatch/sending.ts';
import { SimKeeper, type SimLimits } from '../../src/dispatch/sim-keeper.ts';
import { buildApi } from '../../src/http/api.ts';
import { type KeyWish, makeKey } from '../../src/http/new-key.ts';
import { type ApiParts, SIZE_LIMITS } from '../../src/http/parts.ts';
import { Passwords } from '../../src/http/passwords.ts';
import { SCOPES, type Scope } from '../../src/http/scopes.ts';
import { shapeEvent } from '../../src/http/shape.ts';
import { hasOneOf, SiteRules } from '../../src/inbound/rules/site-rules.ts';
import { OccasionDesk } from '../../src/occasions/desk.ts';
import { OccasionNotices } from '../../src/occasions/notices.ts';
import { OccasionRunner } from '../../src/occasions/runner.ts';
import { Sequences } from '../../src/occasions/sequences.ts';
import { Wording } from '../../src/occasions/wording.ts';
import { toE164 } from '../../src/policy/e164.ts';
import type { LintSettings } from '../../src/policy/lint/advice.ts';
import { makeLint } from '../../src/policy/lint/lint.ts';
import { otpTemplates } from '../../src/policy/otp-template.ts';
import type { PolicySettings } from '../../src/policy/settings.ts';
import { Tariff } from '../../src/policy/tariff.ts';
import { BackupSchedule } from '../../src/store/backup-schedule.ts';
import { inspectStore } from '../../src/store/inspect.ts';
import type { NewMessage } from '../../src/store/records/message.ts';
import { NO_PLANS } from '../../src/store/sim-caps.ts';
import type { Store } from '../../src/store/store.ts';
import { siteFields } from '../../src/templates/site-fields.ts';
import { textsOf } from '../../src/templates/stored.ts';
import { Destinations } from '../../src/webhooks/destinations.ts';
import { type ConfiguredWebhook, Endpoints } from '../../src/webhooks/endpoints.ts';
import { GuardedPost, type Resolve } from '../../src/webhooks/guarded-post.ts';
import { fetchPost } from '../../src/webhooks/post.ts';
import { WebhookSender } from '../../src/webhooks/sender.ts';
import { schemasOf } from './api-document.ts';
import { loadText } from './config-text.ts';
import { FakeClock } from './fake-clock.ts';
import { openStore } from './open-store.ts';
import { NO_RECIPIENT_LIMITS, policySettings } from './policy-settings.ts';

/** At a hundredth of the work: what a login does before and after it is the same, and a test has hundreds. */
export const quickPasswords = (): Passwords => new Passwords(systemRandom, 8);

/** As a file has it. */
const SITE = '[site]\nname = "Клініка"\ncountry = "UA"\ntimeZone = "Europe/Kyiv"\n';

export const ICCID = '8938001234567890123';
export const OTHER_ICCID = '8938007777777777777';

/** The HTTP API over the real store and the real door, on a folder of its own and a clock that a test moves. */
export interface ApiRig {
  readonly app: FastifyInstance;
  readonly store: Store;
  /** The data folder. */
  readonly path: string;
  readonly clock: FakeClock;
  /** A key with every scope. */
  readonly key: string;
  /** What was handed to the dispatcher. */
  readonly accepted: NewMessage[];
  makeKey(...scopes: Scope[]): Promise<string>;
  makeKeyAs(wish: Partial<KeyWish>): Promise<string>;
  /** Asks the API, and checks the answer against what `/openapi.json` promises for it. */
  call(method: Method, url: string, options?: CallOptions): Promise<LightMyRequestResponse>;
  /** Resolves when campaigns have done what is due. */
  campaignsDone(): Promise<void>;
  /** As `kill -9` and a start: a new process would see what this one does. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

type Method = 'GET' | 'POST' | 'DELETE' | 'PUT' | 'PATCH' | 'HEAD' | 'OPTIONS';

interface CallOptions {
  /** Sent as JSON; a string or octets as they are. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Null for none. */
  readonly key?: string | null;
}

/** Nothing is too much. */
const NO_LIMITS: PressureRules = { softLimit: 0, hardLimit: 0, quota: { otp: 0, urgent: 0 }, pace: () => 1 };

/** Nothing is said of texts. */
const NO_LINT: LintSettings = { shouting: 'off', threat: 'off', senderName: 'off', wayOut: 'off', confirmation: 'off' };

/** Where webhooks that are added by API may lead, what the names mean, and which ones the configuration has. */
export interface WebhookWorld {
  readonly allow?: readonly string[];
  readonly own?: readonly string[];
  readonly resolve?: Resolve;
  readonly configured?: readonly ConfiguredWebhook[];
}

export async function apiRig({
  pressure: pressureRules = NO_LIMITS,
  prices = [],
  lintSettings = NO_LINT,
  simLimits = {},
  webhookWorld = {},
  policy = policySettings(),
  limitRules = NO_RECIPIENT_LIMITS,
  mostPerDay = null,
  ...overrides
}: Partial<ApiParts> & {
  log?: Log;
  pressure?: PressureRules;
  prices?: readonly string[];
  lintSettings?: LintSettings;
  policy?: PolicySettings;
  limitRules?: LimitRules;
  mostPerDay?: Money | null;
  simLimits?: Partial<SimLimits>;
  webhookWorld?: WebhookWorld;
} = {}): Promise<ApiRig> {
  const path = await mkdtemp(join(tmpdir(), 'simpost-api-'));
  const clock = new FakeClock();
  const accepted: NewMessage[] = [];
  const tariff = new Tariff({ defaults: prices, sims: [] });
  interface Life {
    readonly store: Store;
    readonly app: FastifyInstance;
    readonly sender: WebhookSender;
    readonly runner: OccasionRunner;
    readonly campaignRunner: CampaignRunner;
  }
  const open = async (): Promise<Life> => {
    const store = await openStore({
      path,
      clock,
      random: systemRandom,
      // A restart here is that of a process, which loses nothing that was not synced; power cuts have tests of their own.
      synchronous: 'OFF',
    });
    await store.setPlans({ ...NO_PLANS, priceOf: (iccid, to) => tariff.priceOf(iccid, to) });
    const simNamed = (name: string): string | undefined =>
      name === ICCID || name === 'front desk' ? ICCID : name === OTHER_ICCID ? name : undefined;
    const lint = makeLint(lintSettings, ['Клініка Усмішка'], 'uk');
    const pressure = new Pressure({ store, clock, rules: pressureRules });
    await pressure.start();
    const limits = new Limits({ store, clock, log: silentLog, rules: limitRules });
    await limits.start();
    const dailyCost = new DailyCost({ store, clock, log: silentLog, most: mostPerDay });
    await dailyCost.start();
    const acceptance = new Acceptance({
      store,
      clock,
      random: systemRandom,
      rules: {
        country: 'UA',
        maxSegments: 10,
        validFor: { otp: 300, urgent: 3600, service: 86_400, promotional: 86_400 },
        links: new OptOutLinks('https://s.clinic.example', Buffer.alloc(32, 5)),
        clockTrusted: () => true,
        lint,
        simNamed,
        carries: () => true,
      },
      judge: new Judge({ store, random: systemRandom, settings: policy, clockTrusted: () => true }),
      limits,
      dailyCost,
      pressure,
      quotes: new Quotes({
        store,
        clock,
        priced: tariff.known,
        homePrefix: '+380',
        mayCarry: () => true,
        prefers: () => false,
        sims: () => ({ ready: [ICCID], others: [] }),
      }),
      onAccepted: (messages) => accepted.push(...messages),
      // Nothing here sends.
      onResolved: () => {},
    });
    const sending = new Sending({ store, clock, simNamed, onResumed: () => {} });
    const { allow = [], own = [], configured = [], resolve = () => Promise.reject(new Error('no such name')) } = webhookWorld;
    const guardedPost = new GuardedPost(new Destinations({ allow, own: () => own, ownPort: 8025 }), resolve);
    const webhooks = new Endpoints({
      store,
      clock,
      random: systemRandom,
      key: Buffer.alloc(32, 9),
      configured,
      check: (url) => guardedPost.check(url),
    });
    const sequences = new Sequences(store);
    await sequences.load();
    const wording = new Wording({
      site: { name: 'Клініка', phone: undefined, language: 'uk', timeZone: 'Europe/Kyiv' },
      ownTexts: (name) => textsOf(store.templates.of(name)),
      contact: (id) => contactFieldsOf(store, id),
      resource: (id) => resourceFieldsOf(store, id),
    });
    const notices = new OccasionNotices({
      store,
      door: acceptance,
      clock,
      random: systemRandom,
      sequences,
      wording,
      timeZone: 'Europe/Kyiv',
      openFrom: (to, at) => openFrom(policy, to, at),
      onChange: () => runner.wake(),
    });
    const runner = new OccasionRunner({
      store,
      door: acceptance,
      clock,
      log: silentLog,
      sequences,
      wording,
      timeZone: 'Europe/Kyiv',
      isTimeKnown: () => true,
      wantsCall: (occasion) => wantsCall(store, occasion),
      onTurn: () => notices.tell(),
    });
    runner.start();
    const campaignSite = {
      fields: siteFields({ name: 'Клініка', phone: undefined }),
      language: 'uk',
      timeZone: 'Europe/Kyiv',
      links: new ShortLinks('https://s.clinic.example', Buffer.alloc(32, 5)),
    } as const;
    const campaignRunner = new CampaignRunner({
      store,
      door: acceptance,
      clock,
      log: silentLog,
      site: campaignSite,
      isTimeKnown: () => true,
    });
    campaignRunner.start();
    const caps = { perMinute: 10, perHour: 100, perDay: 0, perMonth: 0, uniquePerDay: 200, uniquePerMonth: 0 };
    const campaigns = new CampaignDesk({
      store,
      door: acceptance,
      clock,
      random: systemRandom,
      runner: campaignRunner,
      site: campaignSite,
      sims: () => [{ ...caps, offers: true }],
      newSim: caps,
    });
    const app = await buildApi({
      store,
      webhooks,
      acceptance,
      lint,
      manners: policy,
      settings: new SiteSettings({ store, clock, file: loadText(SITE), hours: policy.hours, restart: undefined }),
      restore: async (file) => await inspectStore(file),
      secondFactorKey: Buffer.alloc(32, 8),
      codes: new Codes({
        store,
        door: acceptance,
        clock,
        random: systemRandom,
        secret: Buffer.alloc(32, 7),
        bootId: 'this boot',
        clockTrusted: () => true,
        templates: otpTemplates([
          { name: 'card', uk: '{code} - код видачі картки, {site}. Нікому його не кажіть.', webOtpDomain: 'clinic.example' },
        ]),
        language: 'uk',
        site: 'Клініка',
        validFor: 300,
        normalizeNumber: (written) => toE164(written, 'UA'),
      }),
      rules: new SiteRules({ store, clock, file: [], names: (text) => text, onReply: () => {} }),
      dialogues: new Dialogues({
        store,
        clock,
        log: silentLog,
        site: { name: 'Клініка', phone: undefined, language: 'uk', timeZone: 'Europe/Kyiv', day: (at) => Math.floor(at / 86_400_000) },
        onReply: () => {},
      }),
      isAlarm: hasOneOf(['кровотеча']),
      sending,
      notices,
      occasions: new OccasionDesk({
        store,
        clock,
        random: systemRandom,
        sequences,
        timeZone: 'Europe/Kyiv',
        onChange: () => runner.wake(),
      }),
      simNamed,
      campaigns,
      wake: () => {},
      onAllowed: () => {},
      simKeeper: new SimKeeper({
        store,
        clock,
        log: silentLog,
        limitsOf: () => ({ topUpDays: 0, paidDays: 0, warmUpDays: 0, ...simLimits }),
        isTimeKnown: () => true,
      }),
      backups: new BackupSchedule({
        folder: path,
        directory: join(path, 'backups'),
        every: 0,
        keep: 3,
        clock,
        log: silentLog,
        onFailed: () => {},
      }),
      missed: new Missed({ store, clock, onDecided: () => {} }),
      time: { trust: { trusted: true, reason: 'always' }, say: () => Promise.resolve() },
      modems: () => [],
      sims: () => [],
      telephone: () => undefined,
      givePin: () => Promise.reject(new Error('there is no SIM here')),
      signals: { since: () => Promise.resolve([]) },
      traces: { lines: () => [], recording: () => undefined, record: () => Promise.reject(new Error('nothing is recorded here')) },
      readiness: () => ({ ready: true, reasons: [] }),
      alerts: { sentence: ({ kind }) => kind, test: () => Promise.resolve([]) },
      metrics: () => Promise.reject(new Error('nothing is measured here')),
      clock,
      random: systemRandom,
      passwords: quickPasswords(),
      log: silentLog,
      limits: { ...SIZE_LIMITS, batchesAtOnce: 0, connections: 0, requestsPerSecond: 0 },
      hosts: ['x'],
      simPurposes: () => PURPOSES,
      simWeight: () => 1,
      simCarries: () => true,
      simTrouble: () => null,
      simTerms: (iccid, to) => ({ price: tariff.priceOf(iccid, to === undefined ? '+380' : toE164(to, 'UA')), packaged: 0 }),
      simCaps: () => ({ perMinute: 10, perHour: 100, perDay: 0, perMonth: 0, uniquePerDay: 200, uniquePerMonth: 0, resetDay: 1 }),
      simName: (iccid) => (iccid === ICCID ? 'front desk' : null),
      normalizeNumber: (written) => toE164(written, 'UA'),
      version: '0.0.0',
      timeZone: 'Europe/Kyiv',
      site: { name: 'Клініка', phone: '044 123 45 67', country: 'UA', language: 'uk' },
      consoleFolder: undefined,
      ...overrides,
    });
    const sender = new WebhookSender({
      store,
      endpoints: await webhooks.all(),
      post: fetchPost(fetch),
      guardedPost: guardedPost.post,
      clock,
      random: systemRandom,
      log: silentLog,
      shape: shapeEvent,
    });
    sender.start();
    webhooks.serve(sender);
    return { store, app, sender, runner, campaignRunner };
  };
  let live = await open();

  const newKey = async (wish: Partial<KeyWish>): Promise<string> => {
    const { key, record } = makeKey({ name: 'test', scopes: [], ...wish }, clock, systemRandom);
    await live.store.createKey(record);
    return key;
  };
  const key = await newKey({ scopes: SCOPES });

  return {
    get app() {
      return live.app;
    },
    get store() {
      return live.store;
    },
    path,
    clock,
    key,
    accepted,
    makeKey: (...scopes) => newKey({ scopes }),
    makeKeyAs: newKey,
    async call(method, url, options = {}) {
      const presented = options.key === undefined ? key : options.key;
      const { body } = options;
      const response = await live.app.inject({
        method,
        url,
        headers: {
          ...(presented === null ? {} : { authorization: `Bearer ${presented}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...options.headers,
        },
        ...(body === undefined ? {} : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
      });
      conforms(method, url, response);
      return response;
    },
    campaignsDone: () => live.campaignRunner.idle(),
    async restart() {
      await live.app.close();
      await live.sender.stop();
      await live.runner.stop();
      await live.campaignRunner.stop();
      await live.store.close();
      live = await open();
    },
    async close() {
      await live.app.close();
      await live.sender.stop();
      await live.runner.stop();
      await live.campaignRunner.stop();
      await live.store.close();
      await rm(path, { recursive: true, force: true });
    },
  };
}

interface Document {
  readonly paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>>;
}

/** The document that is committed (http-openapi.test.ts holds it to the one that the API serves), compiled once for all tests of a worker. */
const document: Document = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'));
const schemaAt = schemasOf(document);
const templates = Object.keys(document.paths).map((path) => ({ path, matches: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`) }));

/** Holds an answer against the document that the API gives of itself, extra fields included. */
function conforms(method: string, url: string, response: LightMyRequestResponse): void {
  const path = url.split('?', 1)[0] ?? '';
  const found = templates.find((t) => t.path === path) ?? templates.find((t) => t.matches.test(path));
  const operation = found && document.paths[found.path]?.[method.toLowerCase()];
  const type = String(response.headers['content-type']).split(';', 1)[0] ?? '';
  if (method === 'HEAD') return;
  const pointer = (...keys: string[]): string =>
    keys.map((key) => `/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');
  let schema = '#/components/schemas/Problem';
  if (operation && found) {
    const declared = operation.responses[String(response.statusCode)];
    expect(declared, `${method} ${found.path} does not promise ${response.statusCode}: ${response.body.slice(0, 300)}`).toBeDefined();
    expect(Object.keys(declared?.content ?? {})).toContain(type);
    schema = `#${pointer('paths', found.path, method.toLowerCase(), 'responses', String(response.statusCode), 'content', type)}/schema`;
  } else {
    expect(type).toBe('application/problem+json');
  }
  if (!type.endsWith('json')) return;
  const validate = schemaAt(schema);
  const valid = validate(response.json());
  expect(validate.errors ?? [], `${method} ${url}: ${response.body.slice(0, 2000)}`).toEqual([]);
  expect(valid).toBe(true);
}
