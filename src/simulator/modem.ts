import type { Duplex } from 'node:stream';
import type { Clock, Timer } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Random } from '../base/random.ts';
import type { Air, CallEnd, Inbound, ReceiveOutcome } from './air.ts';
import { AtSession, type Wakes } from './at-session.ts';
import { CallLine } from './call-line.ts';
import { type CommandTable, joinTables } from './command-table.ts';
import { CALL_COMMANDS } from './commands-calls.ts';
import { GENERAL_COMMANDS } from './commands-general.ts';
import { NETWORK_COMMANDS, registrationLines, timeLine } from './commands-network.ts';
import { SMS_COMMANDS } from './commands-sms.ts';
import { VENDOR_COMMANDS } from './commands-vendor.ts';
import type { FaultBook } from './faults.ts';
import { Inbox } from './inbox.ts';
import { defaultSettings, type IncomingCall, type Indications, type Me, type Registration, type Settings } from './me.ts';
import { type MemoryName, MessageMemory } from './message-memory.ts';
import { GENERIC, type ModemModel } from './models.ts';
import { ModemClock } from './modem-clock.ts';
import type { NetworkTime } from './network-time.ts';
import { Radio } from './radio.ts';
import { Registrar } from './registrar.ts';
import type { SimCard } from './sim-card.ts';
import { streamPair } from './stream-pair.ts';
import { Timers } from './timers.ts';

export interface ModemOptions {
  readonly name: string;
  readonly imei: string;
  readonly card: SimCard | undefined;
  readonly model?: ModemModel | undefined;
  /** From power to registration, milliseconds; 0 unless given: at once. */
  readonly registerMs?: number | undefined;
  /** How long +CFUN=1,1 takes the modem off the bus, milliseconds; 2,000. */
  readonly rebootMs?: number | undefined;
  /** How long the host has for +CNMA, milliseconds; 12,000, the least that TR2M may be (TS 24.011 10). */
  readonly acknowledgeMs?: number | undefined;
  /** Leaves the host's TP-MR in the SMS-SUBMIT instead of writing the SIM's next one. */
  readonly keepMr?: boolean | undefined;
  /** Capacity of the modem's own storages; 100 and 50. */
  readonly capacity?: { readonly ME?: number; readonly SR?: number } | undefined;
  /** What +CREG, +CGREG and +CEREG say when registered; 1, 1, 1 (home) unless given. */
  readonly registered?: Registration | undefined;
}

/** What a modem is handed. */
export interface ModemParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly air: Air;
  readonly faults: FaultBook;
}

/** The commands of a make of modem. */
function tableOf(model: ModemModel): CommandTable {
  const own = Object.entries(VENDOR_COMMANDS).filter(([name]) => model.knows.includes(name));
  const table = joinTables(GENERAL_COMMANDS, NETWORK_COMMANDS, CALL_COMMANDS, SMS_COMMANDS, Object.fromEntries(own));
  return new Map([...table].filter(([name]) => !model.lacks.includes(name)));
}

/** Stands for the SIM's storage while there is no SIM. Commands that would read it are refused before. */
const NO_CARD = new MessageMemory('SM', 0, 1);

/**
 * A virtual GSM modem.
 *
 * States: `unplugged` has no power and no port. Plugged in, it has power: settings are the defaults, the SIM asks for
 * its PIN if it has one, it looks for the network, and messages come in whether or not a host has the port open. One
 * host at a time has the port; another is turned away. When a host leaves, settings are the defaults again (a reconnect
 * is a replug), while storages, SIM and registration stay, and what is on the air goes on. `silent` is a modem that
 * hangs until something wakes it. Power off ends everything that was under way.
 */
export class VirtualModem implements Me {
  readonly name: string;
  readonly imei: string;
  readonly model: ModemModel;
  readonly clock: Clock;
  readonly random: Random;
  readonly air: Air;
  readonly faults: FaultBook;
  readonly keepMr: boolean;
  takesNetworkTime = true;
  signal = 20;
  functionality = 1;
  /** Called when power comes or goes, for those who keep its ports. */
  readonly onPower = new Set<(plugged: boolean) => void>();
  readonly #rebootMs: number;
  readonly #table: CommandTable;
  readonly #memories: Readonly<Record<'ME' | 'SR', MessageMemory>>;
  readonly #timers: Timers;
  readonly #radio: Radio;
  readonly #registrar: Registrar;
  readonly #inbox: Inbox;
  readonly #line: CallLine;
  readonly #ownClock: ModemClock;
  #settings: Settings;
  #card: SimCard | undefined;
  #plugged = false;
  /** When power came, milliseconds of the monotonic clock. */
  #poweredAt = 0;
  /** Whether a host has seen the lines of the start. */
  #greeted = false;
  #comeback: Timer | undefined;
  #session: AtSession | undefined;
  #silent: Wakes | undefined;

  constructor(options: ModemOptions, parts: ModemParts) {
    this.name = options.name;
    this.imei = options.imei;
    this.model = options.model ?? GENERIC;
    this.clock = parts.clock;
    this.random = parts.random;
    this.air = parts.air;
    this.faults = parts.faults;
    this.keepMr = options.keepMr ?? false;
    this.#rebootMs = options.rebootMs ?? 2_000;
    this.#card = options.card;
    this.#settings = defaultSettings(this.model);
    this.#table = tableOf(this.model);
    this.#memories = {
      ME: new MessageMemory('ME', options.capacity?.ME ?? 100, this.model.firstIndexInMe),
      SR: new MessageMemory('SR', options.capacity?.SR ?? 50, 1),
    };
    this.#timers = new Timers(parts.clock);
    const after = (ms: number, fn: () => void): void => this.after(ms, fn);
    const settings = (): Settings => this.#settings;
    const unsolicited = (line: string): void => this.unsolicited(line);
    this.#radio = new Radio(parts.clock, after);
    this.#ownClock = new ModemClock(parts.clock);
    this.#line = new CallLine({ settings, unsolicited, after });
    this.#registrar = new Registrar({
      able: () => this.#plugged && this.functionality === 1 && this.#card?.lock === 'READY',
      after,
      registerMs: options.registerMs ?? 0,
      whenRegistered: options.registered ?? { creg: 1, cgreg: 1, cereg: 1 },
      changed: (before, now) => this.#registrationChanged(before, now),
    });
    this.#inbox = new Inbox({
      clock: parts.clock,
      settings,
      memory: (name) => this.memory(name),
      reportsInto: this.model.reportsInto,
      reportIndication: this.model.reportIndication,
      unsolicited,
      acknowledgeMs: options.acknowledgeMs ?? 12_000,
    });
  }

  get settings(): Settings {
    return this.#settings;
  }

  get card(): SimCard | undefined {
    return this.#card;
  }

  get plugged(): boolean {
    return this.#plugged;
  }

  /** Whether a host has the port open. */
  get open(): boolean {
    return this.#session !== undefined;
  }

  get silent(): boolean {
    return this.#silent !== undefined;
  }

  get simBusy(): boolean {
    return this.clock.monotonic() < this.#poweredAt + this.model.simBusyMs;
  }

  get registration(): Registration {
    return this.#registrar.now;
  }

  get registered(): boolean {
    return this.#registrar.registered;
  }

  get call(): IncomingCall | undefined {
    return this.#line.call;
  }

  /** Milliseconds of radio time of the segments that were sent. */
  get radioBusyMs(): number {
    return this.#radio.busyMs;
  }

  /** How many segments went over the air. */
  get transmissions(): number {
    return this.#radio.transmissions;
  }

  memory(name: MemoryName): MessageMemory {
    return name === 'SM' ? (this.#card?.memory ?? NO_CARD) : this.#memories[name];
  }

  // ---- power and port -----------------------------------------------------------------------------------------

  /** Gives it power. */
  plug(): void {
    if (this.#plugged) return;
    this.#comeback?.cancel();
    this.#plugged = true;
    this.#greeted = false;
    this.#poweredAt = this.clock.monotonic();
    this.functionality = 1;
    this.resetSettings();
    this.#ownClock.powerUp();
    this.#card?.powerUp();
    this.#registrar.look();
    for (const told of this.onPower) told(true);
  }

  /** Pulls the plug: the host's stream is destroyed, what was under way is lost. It comes back after `backMs`, if given. */
  unplug(backMs?: number): void {
    if (!this.#plugged) return;
    this.#plugged = false;
    this.#silent = undefined;
    this.#timers.cancelAll();
    this.#radio.off();
    this.#registrar.off();
    const session = this.#session;
    this.#session = undefined;
    this.#line.end('missed');
    this.#inbox.hostGone();
    for (const told of this.onPower) told(false);
    session?.destroy();
    // Not one of the timers that a power cut cancels.
    if (backMs !== undefined) this.#comeback = this.clock.setTimer(backMs, () => this.plug());
  }

  reboot(): void {
    this.unplug(this.#rebootMs);
  }

  /** Unplugged for good: nothing brings it back by itself. */
  dispose(): void {
    this.unplug();
    this.#comeback?.cancel();
  }

  /**
   * Joins a host's stream to the port.
   * @throws Fault portGone when unplugged, portBusy when another host has the port
   */
  attach(stream: Duplex): void {
    if (!this.#plugged) throw new Fault('portGone', `The virtual modem ${this.name} is unplugged: plug it in first.`);
    if (this.#session) throw new Fault('portBusy', `The port of the virtual modem ${this.name} is open already: close it there first.`);
    this.resetSettings();
    const session = new AtSession(this, this.#table, stream, () => {
      if (this.#session !== session) return;
      this.#session = undefined;
      this.resetSettings();
      this.#inbox.hostGone();
    });
    this.#session = session;
    if (this.#silent) session.sleep(this.#silent);
    if (!this.#greeted) for (const line of this.model.boot) session.unsolicited(line);
    this.#greeted = true;
  }

  /**
   * Opens the port in memory.
   * @returns the host's end; destroying it closes the port, and it closes when the modem is unplugged
   * @throws Fault portGone, portBusy as `attach`
   */
  openPort(): Duplex {
    const [host, modem] = streamPair();
    this.attach(modem);
    return host;
  }

  fallSilent(silence: { readonly forMs?: number | undefined; readonly wakes: Wakes }): void {
    this.#silent = silence.wakes;
    this.#session?.sleep(silence.wakes);
    if (silence.forMs !== undefined) this.after(silence.forMs, () => this.wake());
  }

  wake(): void {
    this.#silent = undefined;
    this.#session?.wake();
    if (this.registered && this.#card) this.air.reachable(this.#card);
  }

  resetSettings(): void {
    this.#settings = defaultSettings(this.model);
  }

  unsolicited(line: string): void {
    this.#session?.unsolicited(line);
  }

  after(ms: number, fn: () => void): void {
    if (ms <= 0) fn();
    else this.#timers.in(ms, fn);
  }

  // ---- SIM and registration -----------------------------------------------------------------------------------

  /** Puts a card in, or takes it out; the modem notices at once. */
  insert(card: SimCard | undefined): void {
    this.#card = card;
    card?.powerUp();
    this.#registrar.look();
  }

  cardLockChanged(): void {
    this.#registrar.look();
  }

  setFunctionality(level: number): void {
    this.functionality = level;
    this.#registrar.look();
  }

  /** Registration is lost: `stat` for all three domains, until `forMs` have passed if that is given. */
  loseRegistration(stat: number, forMs: number | undefined): void {
    this.#registrar.lose(stat, forMs);
  }

  /** Registration becomes this: roaming (5), SMS only (6, 7), denied (3) ... */
  register(registration: Registration): void {
    this.#registrar.become(registration);
  }

  #registrationChanged(before: Registration, now: Registration): void {
    for (const line of registrationLines(this.#settings, before, now)) this.unsolicited(line);
    if (!this.registered || !this.#card) return;
    this.networkTime();
    this.air.reachable(this.#card);
  }

  // ---- sending and receiving ----------------------------------------------------------------------------------

  onAir(fn: () => void): void {
    this.#radio.send(this.air.radioMs(), fn);
  }

  /** Takes what the network has for the SIM; `done` is called once. */
  receive(item: Inbound, done: (outcome: ReceiveOutcome) => void): void {
    if (!this.registered || this.silent) {
      done('failed');
      return;
    }
    const full = this.faults.take('inbound', { modem: this.name, from: item.from });
    if (full) this.#inbox.refuseAsFull(done);
    else this.#inbox.receive(item, done);
  }

  /** Puts a message into a storage as if it had been there; false when that is full. */
  keep(name: MemoryName, pdu: string, length: number, stat: 0 | 1 | 2 | 3): boolean {
    const stored = this.memory(name).store(pdu, length, stat);
    if (stored && stat === 0) this.#inbox.stored(name, stored.index);
    return stored !== undefined;
  }

  acknowledge(good: boolean): (() => void) | undefined {
    return this.#inbox.acknowledge(good);
  }

  roomMade(): void {
    if (this.#inbox.roomMade() && this.#card) this.air.reachable(this.#card);
  }

  setIndications(indications: Indications): void {
    this.#settings.cnmi = indications;
  }

  flushIndications(): void {
    this.#inbox.flush();
  }

  // ---- calls and time -----------------------------------------------------------------------------------------

  /**
   * Somebody calls, and gives up after `forMs`.
   * @param ended told once how it ended
   * @returns false when the modem is busy or out of reach
   */
  ring(from: string, forMs: number, ended: (how: CallEnd) => void): boolean {
    return this.registered && !this.silent && this.#line.ring(from, forMs, ended);
  }

  answerCall(): void {
    this.#line.answer();
  }

  hangUp(): void {
    this.#line.end('rejected');
  }

  /** The network tells the time (NITZ, TS 22.042): the clock follows if +CTZU allows it, the host hears if +CTZR asks. */
  networkTime(): void {
    const time = this.air.time();
    if (this.takesNetworkTime) this.setLocalTime(time);
    const line = timeLine(this.#settings, time);
    if (line !== undefined) this.unsolicited(line);
  }

  localTime(): NetworkTime {
    return this.#ownClock.now();
  }

  setLocalTime(time: NetworkTime): void {
    this.#ownClock.set(time);
  }
}
