import type { Duplex } from 'node:stream';
import { Channel } from '../at/channel.ts';
import * as commands from '../at/commands.ts';
import type { Info } from '../at/lines.ts';
import type { Trace } from '../at/trace.ts';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import { type Deferred, deferred } from '../base/waits.ts';
import { attempt, switchOn } from './ask.ts';
import type { Call } from './calls.ts';
import { Ears } from './ears.ts';
import type { NetworkFacts } from './health.ts';
import { awaitSim, identifyModem, identifySim, isTalkative, lockNow, type ModemFacts, quieten, type SimFacts } from './identify.ts';
import type { LifecycleInput } from './lifecycle.ts';
import { NetworkClock } from './network-clock.ts';
import { type ModemNote, modemNote } from './notes.ts';
import { enterPin, type PinBook } from './pin.ts';
import { PinEntry } from './pin-entry.ts';
import { linesOf, matchProfile, type Profiles } from './profile.ts';
import type { Profile } from './profile-schema.ts';
import type { SessionEnd } from './session-end.ts';
import { BUSY_PATIENCE, type Settings, setIndicationsAgain, settle } from './settings.ts';
import { announceCallers, type Telephone } from './telephone.ts';

/** What a modem received, or had stored. */
export interface Received {
  readonly iccid: string;
  readonly imei: string;
  /** Hex as it was read, the SMSC address included. */
  readonly pdu: string;
  /** <stat> of TS 27.005 3.1 of a stored message; null for one handed over at once. */
  readonly stat: number | null;
  readonly kind: 'deliver-or-report' | 'stored-submit';
  /** It lost octets on the line, and the network was asked to send it again. */
  readonly isDamaged: boolean;
}

/** A call to a SIM, so far or as it ended. */
export interface SimCall extends Call {
  readonly iccid: string;
  readonly imei: string;
}

export interface SessionParts {
  /** An open port. */
  readonly port: Duplex;
  /** What stands for the IMEI of a modem that tells none. */
  readonly nameless: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly trace: Trace;
  readonly pins: PinBook;
  readonly profiles: Profiles;
  /** Whether a SIM may send while it is abroad. */
  mayRoam(iccid: string): boolean;
  /** Milliseconds after which a call is hung up; 0: it rings out. */
  readonly hangUpAfter: number;
  onCall(call: SimCall): void;
  /** What the network's time may be, milliseconds since 1970; without it nobody asks. */
  onNetworkTime: ((iccid: string, instants: readonly number[]) => void) | undefined;
  /** Resolves when it is on the disk; only then it is deleted from the modem, or acknowledged. */
  onReceived(received: Received): Promise<void>;
  /** What the lifecycle should know. */
  onLife(input: LifecycleInput): void;
  /** Something that is shown has changed. */
  onChange(): void;
  /** When something was last sent, milliseconds of the monotonic clock; now, while something is. */
  lastTraffic(): number;
}

const NOWHERE: NetworkFacts = { registered: false, abroad: false, operator: null, signalDbm: null };

/** Percent of its storage from which on somebody should know that messages stay there: a full one takes no more. */
const FILLING = 80;

/** Lines kept until the SIM is known; more than that is noise. */
const MAX_EARLY = 200;

/** Milliseconds in which no modem starts anew. */
const SURELY_THE_SAME = 3_000;

/** Milliseconds before the settings for which a SIM was too busy are tried again. */
const BUSY_AGAIN = 20_000;

/** Milliseconds after which a modem is told again to announce what comes in. */
const ANNOUNCE_AGAIN = 120_000;

/** One opening of a modem's port, from its first `AT` to its end: who the modem and the SIM are, and all that comes in. */
export class Session {
  readonly channel: Channel;
  /** For a PIN that a person gives. */
  readonly pin: PinEntry;
  readonly #parts: SessionParts;
  readonly #networkClock: NetworkClock;
  readonly #gone: Deferred<Fault> = deferred();
  #facts: ModemFacts | undefined;
  #profile: Profile;
  #sim: SimFacts | undefined;
  #network: NetworkFacts = NOWHERE;
  /** Once the SIM can be used. */
  #ears: Ears | undefined;
  /** What came unasked before there was somebody to take it. */
  readonly #early: Info[] = [];
  #settings: Settings | undefined;
  /** Settles while the SIM is being taken up again, and when it turns out that it cannot be used. */
  #takingUp: Deferred<void> | undefined;
  /** There was a sign that what was taken up may be forgotten, or another's, since it was last asked. */
  #again = false;
  /** When the settings were last made, milliseconds of the monotonic clock. */
  #settledAt = 0;
  /** When the modem was last told to announce what comes in, milliseconds of the monotonic clock. */
  #announcedAt = 0;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#profile = parts.profiles.generic;
    this.channel = new Channel({
      port: parts.port,
      clock: parts.clock,
      trace: parts.trace,
      events: {
        onUnsolicited: (info) => this.#hear(info),
        onOutOfStep: () => parts.onLife({ type: 'outOfStep' }),
        onInStep: () => parts.onLife({ type: 'inStep' }),
        onStartedAnew: () => this.takeUpAgain(),
        onGone: (fault) => {
          if (fault.cause instanceof Error) parts.log.info({ why: fault.cause.message }, 'a port is gone');
          this.#gone.resolve(fault);
        },
      },
    });
    const { clock, pins, onNetworkTime } = parts;
    this.pin = new PinEntry({ channel: this.channel, clock, pins, profile: () => this.#profile, nameless: () => this.imei });
    const heard = onNetworkTime && ((instants: readonly number[]) => this.#sim && onNetworkTime(this.#sim.iccid, instants));
    this.#networkClock = new NetworkClock({ channel: this.channel, clock, heard });
  }

  get facts(): ModemFacts | undefined {
    return this.#facts;
  }

  /** What is known of its make. */
  get profile(): Profile {
    return this.#profile;
  }

  /** Known from when the SIM can be used. */
  get sim(): SimFacts | undefined {
    return this.#sim;
  }

  /** From when the SIM can be used. */
  get telephone(): Telephone | undefined {
    return this.#ears?.telephone;
  }

  get network(): NetworkFacts {
    return this.#network;
  }

  get imei(): string {
    return this.#facts?.imei ?? this.#parts.nameless;
  }

  /** What is wrong although the modem is of use. */
  get notes(): readonly ModemNote[] {
    const stuck = this.#ears?.undeletable ?? 0;
    const filled = this.#ears?.filled ?? 0;
    return [
      ...(this.#settings?.busy
        ? [modemNote('simBusy', 'Its SIM is still busy with its start, so messages that come in may wait there.')]
        : []),
      ...(this.#settings?.announces === false
        ? [modemNote('notAnnounced', 'It does not announce messages, so they are looked for every half minute.')]
        : []),
      ...(this.#settings?.reports === false
        ? [modemNote('noReports', 'It passes on no delivery reports, so what it sends stays at sent.')]
        : []),
      ...(stuck > 0 ? [modemNote('notDeleted', `It does not delete ${stuck} of its stored messages.`, { count: stuck })] : []),
      ...(filled >= FILLING ? [modemNote('storageFilling', `Its storage for messages is ${filled} % full.`, { count: filled })] : []),
    ];
  }

  /** Goes on until the port is gone or turns out to be of no use, and closes it. Never rejects. */
  async run(): Promise<SessionEnd> {
    let reason: unknown;
    try {
      await this.#begin();
      reason = await this.#gone.promise;
    } catch (error) {
      reason = this.channel.over ?? error;
    }
    await this.channel.close();
    return { reason, strange: this.#facts === undefined ? this.channel.linesHeard : 0 };
  }

  /**
   * Asks again who the SIM is and makes the settings again, after a sign that the modem forgot them or that the SIM is
   * another; until then nothing is sent. Another sign meanwhile is answered by one more round.
   * @param patienceSeconds for a SIM that is busy with its start
   */
  takeUpAgain(patienceSeconds = BUSY_PATIENCE): void {
    this.#again = true;
    if (!this.#ears || this.#takingUp) return;
    const done = deferred<void>();
    this.#takingUp = done;
    void this.#reassure(patienceSeconds)
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#takingUp = undefined;
        done.resolve();
      });
  }

  /** Resolves when the SIM is not, or no longer, being taken up again; or when it turns out that it cannot be used now. */
  settled(): Promise<void> {
    return this.#takingUp?.promise ?? Promise.resolve();
  }

  /**
   * Sets a modem to PDU mode again that may have started anew without a word since it last sent: it would send the hex of a PDU
   * as a text. If it echoes again, that is noticed here, and all settings are made.
   * @param lastSent milliseconds of the monotonic clock
   */
  async assurePduMode(lastSent: number): Promise<void> {
    if (this.#parts.clock.monotonic() - Math.max(lastSent, this.#settledAt) < SURELY_THE_SAME) return;
    // Whoever does not answer is out of step or gone, which shows in its state.
    await attempt(this.channel, commands.pduMode()).catch(() => undefined);
    await this.settled();
  }

  /** Ends the session from within. */
  #fail(error: unknown): void {
    this.#gone.resolve(error instanceof Fault ? error : new Fault('internal', String(error)));
  }

  async #begin(): Promise<void> {
    const { channel } = this;
    const { clock, random, log, hangUpAfter, onLife, onChange, lastTraffic } = this.#parts;
    this.#facts = await identifyModem(channel);
    this.#profile = matchProfile(this.#parts.profiles, this.#facts.manufacturer, this.#facts.model);
    const profile = this.#profile;
    channel.allow(linesOf(profile));
    channel.ignore(profile.noise);
    onChange();
    const { sim, settings } = await this.#takeUp(Math.max(BUSY_PATIENCE, profile.startSeconds));
    this.#ears = new Ears(
      {
        channel,
        clock,
        random,
        log,
        profile,
        imsi: sim.imsi,
        hangUpAfter,
        lastTraffic,
        commit: (pdu, stat, isDamaged) => this.#commit(sim, pdu, stat, isDamaged),
        onTextMode: () => this.takeUpAgain(),
        onCall: (call) => this.#parts.onCall({ ...call, iccid: sim.iccid, imei: this.imei }),
        onNetwork: (facts) => this.#heardOfNetwork(facts),
        onLooked: (registered) => (registered ? this.#looked() : void this.#askWhyNowhere()),
      },
      settings,
    );
    onLife({ type: 'unlocked' });
    for (const info of this.#early.splice(0)) this.#hear(info);
    await this.#ears.start();
  }

  /** Waits for the SIM, reads who it is, and makes the settings, until nothing speaks against them any more. */
  async #takeUp(patienceSeconds: number): Promise<{ sim: SimFacts; settings: Settings; wasLocked: boolean }> {
    const { channel } = this;
    const { clock, pins, onLife, onChange } = this.#parts;
    let wasLocked = false;
    for (;;) {
      this.#again = false;
      await quieten(channel);
      await awaitSim(
        channel,
        clock,
        () => this.pin.alone(() => enterPin(channel, clock, pins, this.#profile)),
        async (lock) => {
          const isFirst = !wasLocked;
          wasLocked = true;
          onLife({ type: 'locked', lock });
          this.#takingUp?.resolve();
          // Of a modem that is switched off the SIM is off too.
          if (isFirst) await switchOn(channel);
        },
      );
      const sim = await identifySim(channel, clock, this.imei, this.#profile);
      if (this.#sim && !isSame(this.#sim, sim)) throw new Fault('portGone', 'Another SIM was put in; the modem is taken up anew.');
      if (this.#facts?.imei === null && !sim.known && !(await isTalkative(channel)))
        throw new Fault('modemRubbish', 'What is on this port answers, but tells nothing of itself: it is no modem.');
      const settings = await settle(channel, clock, this.#profile, patienceSeconds);
      await announceCallers(channel);
      if (this.#again) continue;
      channel.settled();
      this.#sim ??= sim;
      this.#settings = settings;
      this.#settledAt = clock.monotonic();
      this.#announcedAt = this.#settledAt;
      onChange();
      return { sim: this.#sim, settings, wasLocked };
    }
  }

  async #reassure(patienceSeconds: number): Promise<void> {
    const { settings, wasLocked } = await this.#takeUp(patienceSeconds);
    const ears = this.#ears;
    if (!ears) return;
    ears.obey(settings);
    if (wasLocked) this.#parts.onLife({ type: 'unlocked' });
    await ears.start();
  }

  /** After each look at a network that was reached. */
  #looked(): void {
    if (this.#settings?.busy && this.#parts.clock.monotonic() - this.#settledAt >= BUSY_AGAIN) this.takeUpAgain(0);
    else this.#ears?.look();
    this.#announceAgain();
    void this.#networkClock.look();
  }

  /** A modem that started anew without a word may be in no network since its SIM asks for its PIN again, or is gone. */
  async #askWhyNowhere(): Promise<void> {
    // Once the port is gone nothing is left to ask.
    const lock = await lockNow(this.channel).catch(() => undefined);
    if (lock !== undefined) this.takeUpAgain();
  }

  /** A modem that waited in vain for an acknowledgement, of something that the line swallowed, hands nothing over any more (TS 27.005 3.4.4). */
  #announceAgain(): void {
    const { clock } = this.#parts;
    if (!this.#settings?.announces || clock.monotonic() - this.#announcedAt < ANNOUNCE_AGAIN) return;
    this.#announcedAt = clock.monotonic();
    void setIndicationsAgain(this.channel, clock, this.#profile).catch(() => undefined);
  }

  #heardOfNetwork(facts: NetworkFacts): void {
    const back = this.#network !== NOWHERE && !this.#network.registered && facts.registered;
    this.#network = facts;
    // Who comes back from nowhere may have another SIM.
    if (back) this.takeUpAgain();
    const { onLife, mayRoam } = this.#parts;
    const refused = facts.abroad && !mayRoam(this.#sim?.iccid ?? '');
    onLife({ type: 'registration', registered: facts.registered && !refused, abroad: refused });
    this.#parts.onChange();
  }

  #commit(sim: SimFacts, pdu: string, stat: number | null, isDamaged: boolean): Promise<void> {
    const kind = stat === 2 || stat === 3 ? 'stored-submit' : 'deliver-or-report';
    return this.#parts.onReceived({ iccid: sim.iccid, imei: this.imei, pdu, stat, kind, isDamaged });
  }

  #hear(info: Info): void {
    if (this.#ears) this.#ears.hear(info);
    else if (this.#early.length < MAX_EARLY) this.#early.push(info);
  }
}

/** Whether two readings are of one SIM: after a start its ICCID may not be readable at once. */
const isSame = (a: SimFacts, b: SimFacts): boolean => a.iccid === b.iccid || (a.imsi !== null && a.imsi === b.imsi);
