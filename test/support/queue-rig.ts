import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../src/base/log.ts';
import type { Money } from '../../src/base/money.ts';
import { PURPOSES } from '../../src/base/purpose.ts';
import { seededRandom } from '../../src/base/random.ts';
import { Acceptance, type AcceptRequest } from '../../src/dispatch/accept.ts';
import type { SimFacts } from '../../src/dispatch/choose-sim.ts';
import { DailyCost } from '../../src/dispatch/daily-cost.ts';
import { Dispatcher } from '../../src/dispatch/dispatcher.ts';
import { Judge } from '../../src/dispatch/judge.ts';
import { type LimitRules, Limits } from '../../src/dispatch/limits.ts';
import type { Gap } from '../../src/dispatch/offer-gap.ts';
import { OptOutLinks } from '../../src/dispatch/opt-out-links.ts';
import { Pressure, type PressureRules } from '../../src/dispatch/pressure.ts';
import { Quotes } from '../../src/dispatch/quotes.ts';
import type { UncertainPolicy } from '../../src/dispatch/retry.ts';
import type { Sender, SendOutcome } from '../../src/dispatch/sender.ts';
import { Sending } from '../../src/dispatch/sending.ts';
import { StatusReports } from '../../src/dispatch/status-reports.ts';
import type { SubmitSegment } from '../../src/pdu/submit.ts';
import { Routes } from '../../src/policy/routes.ts';
import type { PolicySettings } from '../../src/policy/settings.ts';
import { Tariff } from '../../src/policy/tariff.ts';
import type { MessageView, NewMessage } from '../../src/store/records/message.ts';
import type { SimCaps, SimPlans } from '../../src/store/records/plan.ts';
import type { PackagePlan } from '../../src/store/records/sim-life.ts';
import type { Store } from '../../src/store/store.ts';
import { FakeClock } from './fake-clock.ts';
import { openStore } from './open-store.ts';
import { NO_RECIPIENT_LIMITS, policySettings } from './policy-settings.ts';

export interface Call {
  readonly iccid: string;
  readonly segment: SubmitSegment;
  /** Ends the call. */
  answer(outcome: SendOutcome): void;
}

/** Modems by script: every segment that the queue hands over waits in `calls` until the test answers it. */
export class ScriptedSender implements Sender {
  readonly calls: Call[] = [];
  /** Answers by itself when set, at once or in its time. */
  auto: ((iccid: string, segment: SubmitSegment) => SendOutcome | Promise<SendOutcome>) | undefined;
  readonly all: { readonly iccid: string; readonly segment: SubmitSegment }[] = [];
  /** The SIMs of real modems, where `auto` hands segments on to such. */
  facts: (() => readonly SimFacts[]) | undefined;
  #sims: SimFacts[];
  #mr = 0;

  constructor(iccids: readonly string[]) {
    this.#sims = iccids.map((iccid) => ({ iccid, imei: `imei-${iccid}`, ready: true, predictedMr: null }));
  }

  sims(): readonly SimFacts[] {
    return this.facts?.() ?? this.#sims;
  }

  setReady(iccid: string, ready: boolean): void {
    this.#sims = this.#sims.map((s) => (s.iccid === iccid ? { ...s, ready } : s));
  }

  /** The TP-MR that the modem of a SIM is expected to give next. */
  predict(iccid: string, predictedMr: number): void {
    this.#sims = this.#sims.map((s) => (s.iccid === iccid ? { ...s, predictedMr } : s));
  }

  nextMr(): number {
    this.#mr = (this.#mr + 1) % 256;
    return this.#mr;
  }

  send(iccid: string, segment: SubmitSegment): Promise<SendOutcome> {
    this.all.push({ iccid, segment });
    const { auto } = this;
    if (auto) return Promise.resolve().then(() => auto(iccid, segment));
    return new Promise((answer) => this.calls.push({ iccid, segment, answer }));
  }

  /** The oldest call that waits for its answer. */
  take(): Call {
    const call = this.calls.shift();
    if (!call) throw new Error('nothing was handed to a modem');
    return call;
  }
}

export const NO_CAPS: SimCaps = {
  perMinute: 0,
  perHour: 0,
  perDay: 0,
  perMonth: 0,
  uniquePerDay: 0,
  uniquePerMonth: 0,
  resetDay: 1,
};

const UNCERTAIN: UncertainPolicy = {
  otp: { as: 'resend', after: 30_000 },
  urgent: { as: 'resend', after: 120_000 },
  service: { as: 'resend', after: 900_000 },
  promotional: { as: 'hold', after: 900_000 },
};

/** A queue on a real store, a clock that the test moves, and modems by script. */
export interface QueueRig {
  /** The data folder. */
  readonly folder: string;
  readonly clock: FakeClock;
  readonly store: Store;
  readonly sender: ScriptedSender;
  /** What the store was told of the SIMs. */
  readonly plans: SimPlans;
  readonly dispatcher: Dispatcher;
  readonly reports: StatusReports;
  readonly acceptance: Acceptance;
  readonly sending: Sending;
  /** Accepts a message and lets the queue take note. Returns its id. */
  accept(request: Partial<AcceptRequest>): Promise<string>;
  /** Accepts many, without letting any time pass. */
  acceptMany(requests: readonly (Partial<AcceptRequest> & { readonly key?: string })[]): Promise<string[]>;
  view(id: string): Promise<MessageView>;
  /** Lets everything run that does not wait for time. */
  settle(): Promise<void>;
  /** The process dies with what is on the air, and the next one starts on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param options.caps of every SIM; none unless given
 * @param options.patience how long a message waits for the SIM that its client knows, milliseconds; not at all unless given
 * @param options.weights of the SIMs; all alike unless given
 * @param options.package of every SIM; none unless given
 * @param options.offerGap between two offers of a SIM, milliseconds; none unless given
 * @param options.routes what numbers each SIM may carry or is preferred for; all alike unless given
 * @param options.prices of segments; none is known unless given
 * @param options.hardLimit segments in the queue from which nothing more is taken; none unless given
 * @param options.quota of messages that a key hands over in an hour; none unless given
 * @param options.limits to one number; none unless given
 * @param options.mostPerDay what the messages of a day may cost; anything unless given
 * @param options.policy off unless given
 * @param options.purposes what may go through a SIM; everything unless given
 */
export async function queueRig(
  options: {
    sims?: readonly string[];
    uncertain?: UncertainPolicy;
    caps?: SimCaps;
    purposes?: SimPlans['purposesOf'];
    hardLimit?: number;
    quota?: PressureRules['quota'];
    limits?: LimitRules;
    mostPerDay?: Money;
    patience?: number;
    weights?: (iccid: string) => number;
    offerGap?: Gap;
    package?: PackagePlan;
    routes?: ConstructorParameters<typeof Routes>[0];
    prices?: ConstructorParameters<typeof Tariff>[0];
    policy?: PolicySettings;
  } = {},
): Promise<QueueRig> {
  const folder = mkdtempSync(join(tmpdir(), 'simpost-queue-'));
  const clock = new FakeClock();
  const sender = new ScriptedSender(options.sims ?? ['sim-a', 'sim-b']);
  const routes = new Routes(options.routes ?? []);
  const tariff = new Tariff(options.prices ?? { defaults: [], sims: [] });
  // One for all lives: a process that starts anew does not draw the same identifiers again.
  const random = seededRandom(7);
  const { caps = NO_CAPS, purposes = () => PURPOSES } = options;
  const plans: SimPlans = {
    capsOf: () => caps,
    purposesOf: purposes,
    priceOf: (iccid, to) => tariff.priceOf(iccid, to),
    carries: (iccid, number) => routes.carries(iccid, number),
    routeOf: (number) => routes.routeOf(number),
    prefers: (iccid, number) => routes.prefers(iccid, number),
    packageOf: () => options.package ?? null,
    warmUpDays: () => 0,
    timeZone: 'Europe/Kyiv',
    boot: 'one',
  };
  let life = await begin();

  async function begin(): Promise<Pick<QueueRig, 'store' | 'reports' | 'dispatcher' | 'acceptance' | 'sending'>> {
    const store = await openStore({
      path: folder,
      clock,
      random,
    });
    await store.setPlans(plans);
    const reports = new StatusReports(store, silentLog, 'UA');
    const judge = new Judge({ store, random, settings: options.policy ?? policySettings(), clockTrusted: () => true });
    const dispatcher = new Dispatcher({
      store,
      sender,
      reports,
      judge,
      clock,
      random,
      log: silentLog,
      uncertain: options.uncertain ?? UNCERTAIN,
      patience: options.patience ?? 0,
      weightOf: options.weights ?? (() => 1),
      offerGap: () => options.offerGap ?? { least: 0, most: 0 },
    });
    const simNamed = (name: string): string | undefined => (sender.sims().some((s) => s.iccid === name) ? name : undefined);
    const acceptance = new Acceptance({
      store,
      clock,
      random,
      rules: {
        country: 'UA',
        maxSegments: 10,
        validFor: { otp: 300, urgent: 86_400, service: 86_400, promotional: 86_400 },
        links: new OptOutLinks('https://s.clinic.example', Buffer.alloc(32, 5)),
        clockTrusted: () => true,
        lint: () => ({ advice: [], refusal: null }),
        simNamed,
        carries: (iccid, to) => routes.carries(iccid, to),
      },
      quotes: new Quotes({
        store,
        clock,
        priced: tariff.known,
        homePrefix: '+380',
        mayCarry: (iccid, purpose, to) => purposes(iccid).includes(purpose) && routes.carries(iccid, to),
        prefers: (iccid, to) => routes.prefers(iccid, to),
        sims: () => ({ ready: dispatcher.order(), others: [] }),
      }),
      judge,
      limits: new Limits({ store, clock, log: silentLog, rules: options.limits ?? NO_RECIPIENT_LIMITS }),
      dailyCost: new DailyCost({ store, clock, log: silentLog, most: options.mostPerDay ?? null }),
      pressure: new Pressure({
        store,
        clock,
        rules: {
          softLimit: 0,
          hardLimit: options.hardLimit ?? 0,
          quota: options.quota ?? { otp: 0, urgent: 0 },
          pace: () => dispatcher.pace(),
        },
      }),
      onAccepted: (messages: readonly NewMessage[]) => dispatcher.accepted(messages),
      onResolved: () => dispatcher.wake(),
    });
    const sending = new Sending({ store, clock, simNamed, onResumed: () => dispatcher.wake() });
    // A job behind all others: nothing is written, but it waits for them.
    clock.atRest = () => store.hasten([], clock.now()).catch(() => undefined);
    await dispatcher.start();
    await clock.advance(0);
    return { store, reports, dispatcher, acceptance, sending };
  }

  async function end(): Promise<void> {
    const stopped = life.dispatcher.stop(1);
    await clock.advance(1);
    await stopped;
    await life.store.close();
  }

  return {
    folder,
    clock,
    sender,
    plans,
    get store() {
      return life.store;
    },
    get dispatcher() {
      return life.dispatcher;
    },
    get reports() {
      return life.reports;
    },
    get acceptance() {
      return life.acceptance;
    },
    get sending() {
      return life.sending;
    },
    async accept(request) {
      const message = life.acceptance.prepare('key_test', { to: '+380501234567', text: 'Hello', ...request });
      await life.acceptance.commit([message]);
      // Lanes begin a little apart.
      await clock.advance(20);
      return message.id;
    },
    async acceptMany(requests) {
      const messages = requests.map(({ key = 'key_test', ...request }) =>
        life.acceptance.prepare(key, { to: '+380501234567', text: 'Hello', ...request }),
      );
      await life.acceptance.commit(messages);
      return messages.map((m) => m.id);
    },
    async view(id) {
      const view = await life.store.message(id);
      if (!view) throw new Error(`no message ${id}`);
      return view;
    },
    settle: () => clock.advance(20),
    async restart() {
      await end();
      sender.calls.splice(0);
      life = await begin();
    },
    async close() {
      await end();
      rmSync(folder, { recursive: true });
    },
  };
}
