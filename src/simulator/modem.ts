import type { Duplex } from 'node:stream';
import type { Clock, Timer } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Random } from '../base/random.ts';
import type { Air, CallEnd, Inbound, ReceiveOutcome } from './air.ts';
import type { Wakes } from './at-session.ts';
import { CallLine } from './call-line.ts';
import { registrationLines, timeLine } from './commands-network.ts';
import type { FaultBook } from './faults.ts';
import { HostPort } from './host-port.ts';
import { Inbox } from './inbox.ts';
import { defaultSettings, type Me, type Registration, type Settings } from './me.ts';
import { Memories } from './memories.ts';
import type { MemoryName, MessageMemory } from './message-memory.ts';
import { GENERIC, type ModemModel } from './models.ts';
import { ModemClock } from './modem-clock.ts';
import type { ModemOptions, ModemParts } from './modem-options.ts';
import { Radio } from './radio.ts';
import { Registrar } from './registrar.ts';
import type { SimCard } from './sim-card.ts';
import { streamPair } from './stream-pair.ts';
import { Timers } from './timers.ts';

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
  readonly #memories: Memories;
  readonly #timers: Timers;
  readonly radio: Radio;
  readonly #registrar: Registrar;
  readonly #port: HostPort;
  readonly inbox: Inbox;
  readonly line: CallLine;
  readonly ownClock: ModemClock;
  #settings: Settings;
  #card: SimCard | undefined;
  #plugged = false;
  /** When power came, milliseconds of the monotonic clock. */
  #poweredAt = 0;
  #comeback: Timer | undefined;

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
    this.#memories = new Memories(options.capacity, this.model.firstIndexInMe);
    this.#timers = new Timers(parts.clock);
    const after = (ms: number, fn: () => void): void => this.after(ms, fn);
    const settings = (): Settings => this.#settings;
    const unsolicited = (line: string): void => this.unsolicited(line);
    this.radio = new Radio(parts.clock, after);
    this.ownClock = new ModemClock(parts.clock);
    this.line = new CallLine({ settings, unsolicited, after });
    this.#registrar = new Registrar({
      able: () => this.#plugged && this.functionality === 1 && this.#card?.lock === 'READY',
      after,
      registerMs: options.registerMs ?? 0,
      whenRegistered: options.registered ?? { creg: 1, cgreg: 1, cereg: 1 },
      changed: (before, now) => this.#registrationChanged(before, now),
    });
    this.#port = new HostPort(this, () => {
      this.resetSettings();
      this.inbox.hostGone();
    });
    this.inbox = new Inbox({
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
    return this.#port.open;
  }

  get silent(): boolean {
    return this.#port.silent;
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

  memory(name: MemoryName): MessageMemory {
    return this.#memories.named(name, this.#card);
  }

  // ---- power and port -----------------------------------------------------------------------------------------

  /** Gives it power. */
  plug(): void {
    if (this.#plugged) return;
    this.#comeback?.cancel();
    this.#plugged = true;
    this.#port.powerUp();
    this.#poweredAt = this.clock.monotonic();
    this.functionality = 1;
    this.resetSettings();
    this.ownClock.powerUp();
    this.#card?.powerUp();
    this.#registrar.look();
    for (const told of this.onPower) told(true);
  }

  /** Pulls the plug: the host's stream is destroyed, what was under way is lost. It comes back after `backMs`, if given. */
  unplug(backMs?: number): void {
    if (!this.#plugged) return;
    this.#plugged = false;
    this.#timers.cancelAll();
    this.radio.off();
    this.#registrar.off();
    const takeAway = this.#port.powerDown();
    this.line.end('missed');
    this.inbox.hostGone();
    for (const told of this.onPower) told(false);
    takeAway();
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
    this.#port.attach(stream);
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
    this.#port.sleep(silence.wakes);
    if (silence.forMs !== undefined) this.after(silence.forMs, () => this.wake());
  }

  wake(): void {
    this.#port.wake();
    if (this.registered && this.#card) this.air.reachable(this.#card);
  }

  resetSettings(): void {
    this.#settings = defaultSettings(this.model);
  }

  unsolicited(line: string): void {
    this.#port.unsolicited(line);
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
    this.radio.send(this.air.radioMs(), fn);
  }

  /** Takes what the network has for the SIM; `done` is called once. */
  receive(item: Inbound, done: (outcome: ReceiveOutcome) => void): void {
    if (!this.registered || this.silent) {
      done('failed');
      return;
    }
    const full = this.faults.take('inbound', { modem: this.name, from: item.from });
    if (full) this.inbox.refuseAsFull(done);
    else this.inbox.receive(item, done);
  }

  roomMade(): void {
    if (this.inbox.roomMade() && this.#card) this.air.reachable(this.#card);
  }

  // ---- calls and time -----------------------------------------------------------------------------------------

  /**
   * Somebody calls, and gives up after `forMs`.
   * @param ended told once how it ended
   * @returns false when the modem is busy or out of reach
   */
  ring(from: string, forMs: number, ended: (how: CallEnd) => void): boolean {
    return this.registered && !this.silent && this.line.ring(from, forMs, ended);
  }

  /** The network tells the time (NITZ, TS 22.042): the clock follows if +CTZU allows it, the host hears if +CTZR asks. */
  networkTime(): void {
    const time = this.air.time();
    if (this.takesNetworkTime) this.ownClock.set(time);
    const line = timeLine(this.#settings, time);
    if (line !== undefined) this.unsolicited(line);
  }
}
