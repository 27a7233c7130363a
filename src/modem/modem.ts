import type { Duplex } from 'node:stream';
import { Channel } from '../at/channel.ts';
import type { Info } from '../at/lines.ts';
import { Trace } from '../at/trace.ts';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import { Alarm, deferred } from '../base/waits.ts';
import type { SubmitSegment } from '../pdu/submit.ts';
import { Direct } from './direct.ts';
import { Health, type NetworkFacts } from './health.ts';
import { awaitSim, identifyModem, identifySim, type ModemFacts, type SimFacts } from './identify.ts';
import { BORN, type Lifecycle, type LifecycleInput, live } from './lifecycle.ts';
import type { SendOutcome } from './outcome.ts';
import { SEND_LIMITS, type SendLimits, sendSegment } from './send.ts';
import { setIndications, settle, settleAgain } from './settings.ts';
import { Storage } from './storage.ts';

/** What a modem received, or had stored. */
export interface Received {
  readonly iccid: string;
  readonly imei: string;
  /** Hex as it was read, the SMSC address included. */
  readonly pdu: string;
  /** <stat> of TS 27.005 3.1 of a stored message; null for one handed over at once. */
  readonly stat: number | null;
  readonly kind: 'deliver-or-report' | 'stored-submit';
}

export interface ModemParts {
  /** What `open` takes. */
  readonly port: string;
  readonly limits?: Partial<SendLimits>;
  open(port: string): Promise<Duplex>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Resolves when it is on the disk; only then it is deleted from the modem, or acknowledged. */
  onReceived(received: Received): Promise<void>;
  /** Anything that a view shows has changed. */
  onChange(): void;
  /** The last TP-MR that each SIM was given, by ICCID: it goes on where it was in whichever modem the SIM is. */
  readonly references: Map<string, number>;
}

/** What belongs to one opening of the port. */
interface Session {
  readonly channel: Channel;
  facts: ModemFacts | undefined;
  sim: SimFacts | undefined;
  network: NetworkFacts;
  storage: Storage | undefined;
  direct: Direct | undefined;
  health: Health | undefined;
  /** What came unasked before there was somebody to take it. */
  early: Info[];
}

const NOWHERE: NetworkFacts = { registered: false, operator: null, signalDbm: null };

/** Lines kept until the SIM is known; more than that is noise. */
const MAX_EARLY = 200;

/** Signs that a modem has started anew, and so forgotten its settings. */
const RESTARTED = /^(?:RDY|START|Call Ready|SMS Ready|SMS DONE|PB DONE|\^SYSSTART)$/;

/** One modem on one port: opens it, keeps it open, and is the only one who talks to it. */
export class Modem {
  readonly trace = new Trace();
  readonly #parts: ModemParts;
  readonly #log: Log;
  readonly #limits: SendLimits;
  readonly #retry: Alarm;
  #life: Lifecycle = BORN;
  #session: Session | undefined;
  #opening: Promise<void> = Promise.resolve();
  #sending: Promise<unknown> | undefined;
  #lastSent = Number.NEGATIVE_INFINITY;
  #stopping = false;

  constructor(parts: ModemParts) {
    this.#parts = parts;
    this.#log = parts.log.child({ port: parts.port });
    this.#limits = { ...SEND_LIMITS, ...parts.limits };
    this.#retry = new Alarm(parts.clock, () => this.#input({ type: 'open' }));
  }

  get life(): Lifecycle {
    return this.#life;
  }

  get facts(): ModemFacts | undefined {
    return this.#session?.facts;
  }

  get sim(): SimFacts | undefined {
    return this.#session?.sim;
  }

  get network(): NetworkFacts {
    return this.#session?.network ?? NOWHERE;
  }

  /** Stands for the modem where an IMEI is wanted: two without one stay apart by their ports. */
  get imei(): string {
    return this.#session?.facts?.imei ?? `port-${this.#parts.port}`;
  }

  /** One sentence on what is going on, with what is wrong besides. */
  get sentence(): string {
    const stuck = this.#session?.storage?.undeletable ?? 0;
    return stuck > 0 ? `${this.#life.sentence} It does not delete ${stuck} of its stored messages.` : this.#life.sentence;
  }

  start(): void {
    this.#input({ type: 'open' });
  }

  /**
   * Begins no more transmissions, lets the one in progress end, and closes the port.
   * @param graceMs milliseconds that a transmission may still take
   */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    this.#retry.cancel();
    await this.#transmissionEnds(graceMs);
    await this.#session?.channel.close();
    await this.#opening;
    this.#input({ type: 'stopped' });
  }

  async #transmissionEnds(graceMs: number): Promise<void> {
    if (!this.#sending) return;
    const { promise, resolve } = deferred<void>();
    const timer = this.#parts.clock.setTimer(graceMs, resolve);
    void this.#sending.then(() => resolve());
    await promise;
    timer.cancel();
  }

  // ---- sending ----------------------------------------------------------------------------------------------------

  /** Why a segment could not be begun now, as a cause; undefined when it could. */
  get hindrance(): string | undefined {
    if (this.#stopping) return 'EV-PORT-GONE-BEFORE';
    switch (this.#life.state) {
      case 'ready':
        return this.#sending ? 'CMS-314' : undefined;
      case 'registering':
        return 'CMS-331';
      case 'degraded':
        return 'EV-NO-PROMPT';
      case 'absent':
      case 'opening':
      case 'identifying':
      case 'unlocking':
      case 'failed':
        return 'EV-PORT-GONE-BEFORE';
    }
  }

  /** Sends one segment; one at a time, another meanwhile is `not-sent`. Resolves always. */
  async send(segment: SubmitSegment): Promise<SendOutcome> {
    const session = this.#session;
    const hindrance = this.hindrance;
    if (hindrance !== undefined || !session?.sim) return { kind: 'not-sent', cause: hindrance ?? 'EV-PORT-GONE-BEFORE' };
    const sending = this.#transmit(session, session.sim.iccid, segment);
    this.#sending = sending;
    try {
      return await sending;
    } finally {
      this.#sending = undefined;
      this.#lastSent = this.#parts.clock.monotonic();
    }
  }

  async #transmit(session: Session, iccid: string, segment: SubmitSegment): Promise<SendOutcome> {
    const { references } = this.#parts;
    const predicted = this.predictedMr;
    const { outcome, transmission } = await sendSegment(session.channel, segment, this.#limits, predicted);
    switch (outcome.kind) {
      case 'ok':
        references.set(iccid, outcome.mr);
        break;
      case 'unknown':
        // It may well have been given the next one, so the one after it is the better guess; any answer corrects it.
        if (predicted !== null) references.set(iccid, predicted);
        this.#log.warn({ cause: outcome.cause, trace: this.trace.lines().slice(-20) }, 'nobody knows whether a segment went out');
        break;
      case 'refused':
      case 'not-sent':
        this.#log.info({ cause: outcome.cause }, 'a segment was not sent');
        break;
    }
    // An error without a code: the modem may have started anew and lost its settings (numeric errors among them).
    if ((transmission?.kind === 'errorBefore' || transmission?.kind === 'errorAfter') && transmission.result.kind === 'error') this.#settleAgain(session);
    return outcome;
  }

  /** The TP-MR that the next segment should get: the last one and 1, modulo 256 (TS 23.040 9.2.3.6). */
  get predictedMr(): number | null {
    const iccid = this.sim?.iccid;
    const last = iccid === undefined ? undefined : this.#parts.references.get(iccid);
    return last === undefined ? null : (last + 1) % 256;
  }

  // ---- the life of the port -----------------------------------------------------------------------------------------

  #input(input: LifecycleInput): void {
    if (this.#stopping && input.type !== 'stopped') return;
    const before = this.#life;
    const { state, effects } = live(before, input);
    this.#life = state;
    if (state.state !== before.state) this.#log.info({ state: state.state, sentence: state.sentence }, 'modem');
    for (const effect of effects) {
      if (effect.type === 'openPort') this.#opening = this.#run();
      // A little apart, so that modems that vanished together do not all come back in one moment.
      else this.#retry.in(effect.ms * (0.9 + 0.2 * this.#parts.random.float()));
    }
    if (state.state !== before.state || state.sentence !== before.sentence) this.#parts.onChange();
  }

  /** One session, from the opening of the port to its end. Never rejects. */
  async #run(): Promise<void> {
    let port: Duplex;
    try {
      port = await this.#parts.open(this.#parts.port);
    } catch (error) {
      this.#input(endingOf(error, 0));
      return;
    }
    if (this.#stopping) {
      port.once('error', () => undefined);
      port.destroy();
      return;
    }
    const gone = deferred<Fault>();
    const session: Session = {
      channel: new Channel({
        port,
        clock: this.#parts.clock,
        trace: this.trace,
        events: {
          onUnsolicited: (info) => this.#hear(session, info),
          onOutOfStep: () => this.#input({ type: 'outOfStep' }),
          onInStep: () => this.#input({ type: 'inStep' }),
          onGone: (fault) => gone.resolve(fault),
        },
      }),
      facts: undefined,
      sim: undefined,
      network: NOWHERE,
      storage: undefined,
      direct: undefined,
      health: undefined,
      early: [],
    };
    this.#session = session;
    this.#input({ type: 'opened' });
    let reason: unknown;
    try {
      await this.#begin(session);
      reason = await gone.promise;
    } catch (error) {
      reason = session.channel.over ?? error;
    }
    await session.channel.close();
    const strange = session.facts === undefined ? session.channel.linesHeard : 0;
    this.#session = undefined;
    this.#input(endingOf(reason, strange));
  }

  async #begin(session: Session): Promise<void> {
    const { channel } = session;
    const { clock } = this.#parts;
    session.facts = await identifyModem(channel);
    this.#parts.onChange();
    await awaitSim(channel, clock, (lock) => this.#input({ type: 'locked', lock }));
    const sim = await identifySim(channel, clock, this.imei);
    const settings = await settle(channel);
    session.sim = sim;
    session.storage = new Storage({
      channel,
      clock,
      log: this.#log,
      memories: settings.memories,
      commit: (message) => this.#commit(sim, message.pdu, message.stat),
    });
    session.direct = new Direct({
      channel,
      clock,
      log: this.#log,
      acknowledges: settings.acknowledges,
      commit: (pdu) => this.#commit(sim, pdu, null),
      reassert: () => void setIndications(channel).catch(() => undefined),
    });
    session.health = new Health({
      channel,
      clock,
      changed: (facts) => this.#network(session, facts),
      lastTraffic: () => (this.#sending ? clock.monotonic() : this.#lastSent),
      looked: () => session.storage?.look(),
    });
    this.#input({ type: 'unlocked' });
    for (const info of session.early.splice(0)) this.#hear(session, info);
    await session.health.start();
    session.storage.drain();
  }

  #network(session: Session, facts: NetworkFacts): void {
    session.network = facts;
    this.#input({ type: 'registration', registered: facts.registered });
    this.#parts.onChange();
  }

  #commit(sim: SimFacts, pdu: string, stat: number | null): Promise<void> {
    const kind = stat === 2 || stat === 3 ? 'stored-submit' : 'deliver-or-report';
    return this.#parts.onReceived({ iccid: sim.iccid, imei: this.imei, pdu, stat, kind });
  }

  // ---- what the modem says unasked -----------------------------------------------------------------------------------

  #hear(session: Session, info: Info): void {
    const { storage, direct, health } = session;
    if (!storage || !direct || !health) {
      if (session.early.length < MAX_EARLY) session.early.push(info);
      return;
    }
    if (direct.hear(info) || storage.hear(info.text) || health.hear(info.text)) return;
    if (RESTARTED.test(info.text)) this.#settleAgain(session);
    // A full memory takes no more messages until it is emptied.
    else if (/^(?:\^SMMEMFULL|\+CIEV: ?"?SMSFULL)/.test(info.text)) storage.drain();
  }

  #settleAgain(session: Session): void {
    session.storage?.forgetSelection();
    void settleAgain(session.channel).catch(() => undefined);
  }
}

/** What the end of a session means. `strange`: lines heard of something that never told who it is. */
function endingOf(reason: unknown, strange: number): LifecycleInput {
  const sentence = reason instanceof Error ? reason.message : 'The port is gone.';
  if (!(reason instanceof Fault)) return { type: 'ended', why: 'gone', sentence };
  switch (reason.code) {
    case 'portBusy':
      return { type: 'ended', why: 'busy', sentence };
    case 'modemRefused':
      return { type: 'ended', why: 'refused', sentence };
    case 'modemMute':
      if (strange > 0) return { type: 'ended', why: 'rubbish', sentence: 'What is on this port does not speak AT.' };
      return { type: 'ended', why: 'mute', sentence: 'The modem does not answer.' };
    default:
      return { type: 'ended', why: 'gone', sentence };
  }
}
