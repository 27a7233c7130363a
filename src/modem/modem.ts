import type { Duplex } from 'node:stream';
import { Trace, type TraceLine } from '../at/trace.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import { Alarm, waitAtMost } from '../base/waits.ts';
import type { SubmitSegment } from '../pdu/submit.ts';
import type { HubTurns } from './hub-turns.ts';
import { afterAnswer, type KeptReference, nextReference } from './kept-reference.ts';
import { BORN, type Ending, type Lifecycle, type LifecycleInput, live, type ModemState, shown } from './lifecycle.ts';
import type { ModemNote } from './notes.ts';
import type { SendOutcome } from './outcome.ts';
import type { PinBook } from './pin.ts';
import type { Profiles } from './profile.ts';
import { afterOutcome, isFaulty, type Refusals, refusalNote } from './refusals.ts';
import { isNoPdu, mayBeAnew, SEND_LIMITS, type SendLimits, sendSegment } from './send.ts';
import { type Received, Session, type SimCall } from './session.ts';
import { meaningOf } from './session-end.ts';
import { startAnew } from './start-anew.ts';
import type { TraceShelf } from './trace-shelf.ts';
import { treatedBy, Watchdog, type WatchdogParts } from './watchdog.ts';

export interface ModemParts extends Pick<WatchdogParts, 'socket' | 'usb' | 'outage' | 'ladders' | 'known' | 'wasModem'> {
  /** What `open` takes. */
  readonly port: string;
  readonly limits?: Partial<SendLimits>;
  open(port: string): Promise<Duplex>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Resolves when it is on the disk; only then it is deleted from the modem, or acknowledged. */
  onReceived(received: Received): Promise<void>;
  /** Milliseconds after which a call is hung up; 0: it rings out. */
  readonly hangUpAfter: number;
  onCall(call: SimCall): void;
  onNetworkTime?: ((iccid: string, instants: readonly number[]) => void) | undefined;
  /** Anything that a view shows has changed. */
  onChange(): void;
  readonly pins: PinBook;
  readonly profiles: Profiles;
  /** Whether a SIM may send while it is abroad. */
  mayRoam(iccid: string): boolean;
  /** The USB hub that it hangs on, and who may begin there. Shared by all modems. */
  hub(): string | undefined;
  readonly turns: HubTurns;
  /** Something went wrong that its trace should be kept of. */
  onFault(fault: ModemFault): void;
  /** The dialogues of before. Shared by all modems. */
  readonly shelf: TraceShelf;
  /** The last TP-MR that each SIM was given, by ICCID: it goes on where it was in whichever modem the SIM is. */
  readonly references: Map<string, number>;
  /** What is known of modems, by IMEI: whether they leave our TP-MR as it is. Shared by all modems. */
  readonly kept: Map<string, KeptReference>;
  /** Whether that is to be found out of every modem, whatever its profile says. */
  readonly askKept: boolean;
}

/** What went wrong, with the last lines of the dialogue. */
export interface ModemFault {
  readonly port: string;
  readonly kind: 'uncertain' | 'mute' | 'rubbish';
  /** A cause as `EV-MODEM-MUTE`, or a sentence. */
  readonly detail: string;
  readonly lines: readonly TraceLine[];
}

/** Why a modem that is not ready sends nothing, as a cause. */
const HINDRANCES: Readonly<Record<Exclude<ModemState, 'ready'>, string>> = {
  absent: 'EV-PORT-GONE-BEFORE',
  opening: 'EV-PORT-GONE-BEFORE',
  identifying: 'EV-PORT-GONE-BEFORE',
  unlocking: 'EV-PORT-GONE-BEFORE',
  failed: 'EV-PORT-GONE-BEFORE',
  // No network service.
  registering: 'CMS-331',
  degraded: 'EV-NO-PROMPT',
};

/** (U)SIM busy: another segment is on its way. */
const BUSY = 'CMS-314';

/** One modem on one port: opens it, keeps it open, and is the only one who talks to it. */
export class Modem {
  /** The last lines of the dialogue, of this session and of those before it. */
  readonly trace = new Trace();
  readonly #parts: ModemParts;
  readonly #log: Log;
  readonly #limits: SendLimits;
  readonly #retry: Alarm;
  #life: Lifecycle = BORN;
  #session: Session | undefined;
  #running: Promise<void> = Promise.resolve();
  #sending: Promise<unknown> | undefined;
  #refusals: Refusals;
  readonly #watchdog: Watchdog;
  /** This session was ended to start the modem anew, since it or its SIM says again and again that it is faulty. */
  #faulty = false;
  #shelved = false;
  #lostAt: number | undefined;
  #lastSent = Number.NEGATIVE_INFINITY;
  #stopping = false;
  #ending: Ending | undefined;

  constructor(parts: ModemParts) {
    this.#parts = parts;
    this.#log = parts.log.child({ port: parts.port });
    this.#watchdog = new Watchdog({ ...parts, log: this.#log });
    this.#limits = { ...SEND_LIMITS, ...parts.limits };
    this.#retry = new Alarm(parts.clock, () => this.#input({ type: 'open' }));
  }

  get life(): Lifecycle {
    return this.#life;
  }

  /** Whether it was a modem at some time, however silent it is now. */
  get known(): boolean {
    return this.#watchdog.profile !== undefined;
  }

  /** Whether something was done to it just now, such as a reset, after which it may leave its port for a moment. */
  get treated(): boolean {
    return this.#watchdog.treated;
  }

  /** Why the last session ended, or the port could not be opened; undefined before the first end. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** The opening of the port that is in use now. */
  get session(): Session | undefined {
    return this.#session;
  }

  /** What is wrong besides. */
  get notes(): readonly ModemNote[] {
    const refused = refusalNote(this.#refusals)?.note;
    return [...(refused === undefined ? [] : [refused]), ...(this.#session?.notes ?? [])];
  }

  /** When it was last lost, milliseconds of the monotonic clock; undefined once it has been ready again. */
  get lostAt(): number | undefined {
    return this.#lostAt;
  }

  /** What a person can do; null when nothing needs doing. */
  get nextStep(): string | null {
    return shown(this.#life).nextStep ?? refusalNote(this.#refusals)?.nextStep ?? null;
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
    if (this.#sending) await waitAtMost(this.#parts.clock, graceMs, this.#sending);
    await this.#session?.channel.close();
    await this.#running;
    this.#parts.shelf.end(this.trace);
    this.#input({ type: 'stopped' });
  }

  // ---- sending ----------------------------------------------------------------------------------------------------

  /** Why a segment could not be begun now, as a cause; undefined when it could. */
  get hindrance(): string | undefined {
    if (this.#stopping) return HINDRANCES.absent;
    const { state } = this.#life;
    if (state !== 'ready') return HINDRANCES[state];
    return this.#sending ? BUSY : undefined;
  }

  /** Whether others on its hub send, and as many as may. */
  get waitsForHub(): boolean {
    return !this.#sending && this.#parts.turns.isFull(this.#parts.hub());
  }

  /** Sends one segment; one at a time, another meanwhile is `not-sent`. Resolves always. */
  async send(segment: SubmitSegment): Promise<SendOutcome> {
    const session = this.#session;
    const hindrance = this.hindrance;
    if (hindrance !== undefined || !session?.sim) return { kind: 'not-sent', cause: hindrance ?? HINDRANCES.absent };
    const sending = this.#transmit(session, session.sim.iccid, segment);
    this.#sending = sending;
    try {
      return await sending;
    } finally {
      this.#sending = undefined;
      this.#lastSent = this.#parts.clock.monotonic();
      if (this.#parts.turns.limited) this.#parts.onChange();
    }
  }

  async #transmit(session: Session, iccid: string, segment: SubmitSegment): Promise<SendOutcome> {
    await session.settled();
    const { turns, hub } = this.#parts;
    const end = await turns.transmit(hub());
    try {
      return await this.#putOnAir(session, iccid, segment);
    } finally {
      end();
    }
  }

  async #putOnAir(session: Session, iccid: string, segment: SubmitSegment): Promise<SendOutcome> {
    await session.assurePduMode(this.#lastSent);
    const { state } = this.#life;
    if (this.#stopping || state !== 'ready') return { kind: 'not-sent', cause: state === 'ready' ? HINDRANCES.absent : HINDRANCES[state] };
    const { references, kept, onChange } = this.#parts;
    const keeping = this.#kept(session);
    const own = keeping === 'asked' || keeping === 'keeps';
    // A copy of what may be held already goes with the TP-MR of the first; of a modem that writes its own that says nothing.
    const copyOf = segment.rejectDuplicates && keeping === 'keeps' ? (segment.mr ?? null) : null;
    const predicted = copyOf ?? nextReference(keeping, references.get(iccid));
    const { mr: _mr, rejectDuplicates: _rejects, ...plain } = segment;
    const given = { ...plain, ...(own && predicted !== null ? { mr: predicted } : {}), rejectDuplicates: copyOf !== null };
    const { answerSeconds, vendorErrors } = session.profile;
    const limits = { ...this.#limits, answer: Math.max(this.#limits.answer, (answerSeconds ?? 0) * 1000) };
    const put = () => sendSegment(session.channel, given, limits, predicted, vendorErrors);
    let { outcome, transmission } = await put();
    if (isNoPdu(transmission)) session.takeUpAgain();
    // It said something of its SIM or of a start before its prompt, as some do now and then, or took what came for no PDU, since octets were
    // lost on the line to it or it was back in text mode: nothing went out, and it is not the segment's fault, unless it is so again.
    const isItsOwn = transmission?.kind === 'startedAnew' || isNoPdu(transmission);
    if (isItsOwn && (await this.#isWellAgain(session))) ({ outcome, transmission } = await put());
    const noted = refusalNote(this.#refusals);
    this.#refusals = afterOutcome(this.#refusals, outcome);
    if (isFaulty(this.#refusals) && this.#watchdog.faulty()) {
      this.#faulty = true;
      void session.channel.close();
    }
    if ((refusalNote(this.#refusals) === undefined) !== (noted === undefined)) onChange();
    switch (outcome.kind) {
      case 'ok':
        if (outcome.earlier !== true) kept.set(session.imei, afterAnswer(keeping, own ? predicted : null, outcome.mr, predicted));
        // The copy of an earlier one has an earlier TP-MR: the count goes on from the last.
        if (copyOf !== outcome.mr) references.set(iccid, outcome.mr);
        if (kept.get(session.imei) !== keeping)
          this.#log.info({ keeps: kept.get(session.imei) === 'keeps' }, 'whether the modem keeps our TP-MR');
        break;
      case 'unknown':
        // It may well have been given the next one, so the one after it is the better guess; any answer corrects it.
        if (predicted !== null && copyOf === null) references.set(iccid, predicted);
        this.#log.warn({ cause: outcome.cause, trace: this.trace.lines().slice(-20) }, 'nobody knows whether a segment went out');
        this.#tellFault('uncertain', outcome.cause);
        break;
      case 'refused':
      case 'not-sent':
        this.#log.info({ cause: outcome.cause }, 'a segment was not sent');
        break;
    }
    if (mayBeAnew(transmission)) session.takeUpAgain();
    return outcome;
  }

  /** Waits until a modem that seemed to start anew is known to be of use with the same SIM; false when it is not. */
  async #isWellAgain(session: Session): Promise<boolean> {
    await session.settled();
    return !this.#stopping && this.#life.state === 'ready' && this.#session === session && !session.channel.over;
  }

  /** The TP-MR that the next segment should get: the last one and 1, modulo 256 (TS 23.040 9.2.3.6). */
  get predictedMr(): number | null {
    const session = this.#session;
    if (!session?.sim) return null;
    return nextReference(this.#kept(session), this.#parts.references.get(session.sim.iccid));
  }

  /** Whether it leaves our TP-MR as it is, as its last answers have shown, and the SMSC may be asked to refuse copies because of it. */
  get keepsReference(): boolean {
    return this.#session !== undefined && this.#mayAsk(this.#session) && this.#kept(this.#session) === 'keeps';
  }

  #kept(session: Session): KeptReference {
    return this.#parts.kept.get(session.imei) ?? (this.#mayAsk(session) ? 'asked' : 'unasked');
  }

  /** Whether the configuration or the profile says so. */
  #mayAsk({ profile }: Session): boolean {
    return this.#parts.askKept || profile.keepsReference;
  }

  #tellFault(kind: ModemFault['kind'], detail: string): void {
    this.#parts.onFault({ port: this.#parts.port, kind, detail, lines: this.trace.lines() });
  }

  // ---- the life of the port ---------------------------------------------------------------------------------------

  #input(input: LifecycleInput): void {
    if (this.#stopping && input.type !== 'stopped') return;
    const before = this.#life;
    const { state, effects } = live(before, input);
    this.#life = state;
    if (state.state === 'ready') {
      if (this.#session) this.#watchdog.identified(this.#session.imei, this.#session.profile);
      this.#watchdog.well();
      this.#lostAt = undefined;
    }
    if (input.type === 'ended') this.#ending = input.why;
    if (state.state !== before.state) this.#log.info({ state: state.state, sentence: state.sentence }, 'modem');
    for (const effect of effects) {
      if (effect.type === 'openPort') this.#running = this.#run();
      // A little apart, so that modems that vanished together do not all come back in one moment.
      else this.#retry.in(Math.round(effect.ms * (0.9 + 0.2 * this.#parts.random.float())));
    }
    if (state.state !== before.state || state.sentence !== before.sentence) this.#parts.onChange();
  }

  /** As soon as it is known who it is. */
  #shelve({ facts }: Session): void {
    if (this.#shelved || facts?.imei == null) return;
    this.#shelved = true;
    this.#parts.shelf.begin(facts.imei, this.#watchdog.place, this.trace);
  }

  /** One session, from the opening of the port to its end, or what is done to the modem instead. Never rejects. */
  async #run(): Promise<void> {
    const remedy = this.#watchdog.takeRemedy();
    if (remedy !== undefined && remedy !== 'startAnew' && !this.#stopping) {
      this.#input({ type: 'ended', why: 'startingAnew', sentence: await this.#watchdog.treatFromOutside(remedy) });
      return;
    }
    let port: Duplex;
    try {
      await this.#parts.turns.begin(this.#parts.hub());
      port = await this.#parts.open(this.#parts.port);
    } catch (error) {
      this.#input(meaningOf({ reason: error, strange: 0 }, this.#parts.port));
      return;
    }
    const command = this.#watchdog.profile?.resetCommand;
    if (remedy === 'startAnew' && command !== undefined && !this.#stopping) {
      this.#log.warn({ command }, 'a modem that does not answer is told to start anew');
      await startAnew(port, command, this.#parts.clock, this.trace);
      this.#input({ type: 'ended', why: 'startingAnew', sentence: treatedBy(remedy) });
      return;
    }
    const { clock, random, pins, profiles, hangUpAfter, onReceived, onCall, onNetworkTime, onChange } = this.#parts;
    const session = new Session({
      port,
      nameless: `port-${this.#parts.port}`,
      clock,
      random,
      log: this.#log,
      trace: this.trace,
      pins,
      profiles,
      mayRoam: (iccid) => this.#parts.mayRoam(iccid),
      hangUpAfter,
      onReceived,
      onCall,
      onNetworkTime,
      onChange: () => {
        this.#shelve(session);
        onChange();
      },
      onLife: (input) => this.#input(input),
      lastTraffic: () => (this.#sending ? clock.monotonic() : this.#lastSent),
    });
    // Opened too late: nothing is said on it.
    if (this.#stopping) {
      await session.channel.close();
      return;
    }
    this.#session = session;
    this.#refusals = undefined;
    this.#faulty = false;
    this.#input({ type: 'opened' });
    const end = await session.run();
    this.#session = undefined;
    if (session.facts) this.#watchdog.identified(session.imei, session.profile);
    if (session.sim && !this.#stopping) {
      this.#lostAt = clock.monotonic();
      this.#parts.outage.lost(this.#parts.port);
    }
    // What was a modem before is one that only echoes now.
    this.#end(this.#faulty ? FAULTY : meaningOf(!this.known ? end : { ...end, strange: 0 }, this.#parts.port));
  }

  /** The end of a session; where the modem was silent, with the next rung of the ladder. */
  #end(input: LifecycleInput): void {
    if (input.type === 'ended' && (input.why === 'mute' || input.why === 'rubbish') && this.#life.attempts === 0)
      // One that stays away is tried again and again: the first time tells all.
      this.#tellFault(input.why, input.sentence);
    const silent = input.type === 'ended' && input.why === 'mute' && this.known && !this.#faulty;
    const dead = silent ? this.#watchdog.silent() : undefined;
    this.#input(dead === undefined ? input : { type: 'ended', why: 'dead', sentence: dead });
  }
}

const FAULTY: LifecycleInput = { type: 'ended', why: 'mute', sentence: 'The modem or its SIM says again and again that it is faulty.' };
