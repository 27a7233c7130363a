import { isRegistered, isRoaming, readOperator, readOperatorCode, readRegistration, readSignal } from '../at/answers.ts';
import type { Channel, Urgency } from '../at/channel.ts';
import * as commands from '../at/commands.ts';
import type { Clock } from '../base/clock.ts';
import { Alarm } from '../base/waits.ts';
import { isAbroad } from './abroad.ts';
import { attempt, attemptOk, switchOn } from './ask.ts';

/** What the modem says of the network. */
export interface NetworkFacts {
  readonly registered: boolean;
  /** In a network of another country than the SIM's own. */
  readonly abroad: boolean;
  readonly operator: string | null;
  /** dBm. */
  readonly signalDbm: number | null;
}

/** Milliseconds between looks: while not registered; while all is well, which is also how soon a silent modem is noticed (requirement M01). */
const SEARCHING = 4_000;
const WELL = 30_000;

/** Milliseconds for which looks give way to traffic at most. */
const PATIENCE = 120_000;

/** Looks that may follow each other at once, however often the modem says that something changed. */
const MOST_ROUNDS = 3;

/** The operator's name hardly changes; one look in so many asks for it. */
const OPERATOR_EVERY = 10;

/**
 * Keeps looking whether the modem is registered, and how well it hears the network; only while nothing else uses the
 * line. Registered is who is registered for anything: circuit-switched, packet or LTE (TS 27.007 7.2, 10.1.20, 10.1.22).
 */
export class Health {
  readonly #channel: Channel;
  readonly #clock: Clock;
  readonly #names: readonly commands.RegistrationName[];
  readonly #imsi: string | null;
  readonly #alarm: Alarm;
  readonly #changed: (facts: NetworkFacts) => void;
  readonly #lastTraffic: () => number;
  readonly #looked: (registered: boolean) => void;
  /** Last <stat> by name; those that the modem does not know are left out. */
  readonly #stats = new Map<commands.RegistrationName, number>();
  readonly #unknown = new Set<commands.RegistrationName>();
  #facts: NetworkFacts = { registered: false, abroad: false, operator: null, signalDbm: null };
  /** What is found next is told even if it is what was known. */
  #untold = true;
  /** It was seen to that the modem is switched on. */
  #switchedOn = false;
  #looks = 0;
  #lookedAt = 0;
  #looking = false;
  /** The modem said that something changed. */
  #urgent = false;

  /**
   * @param parts.names what the make of modem tells registration by
   * @param parts.imsi tells the country of the SIM
   * @param parts.changed hears of every change
   * @param parts.lastTraffic when something was last sent, milliseconds of the monotonic clock; now, while something is
   * @param parts.looked is called after each look
   */
  constructor(parts: {
    channel: Channel;
    clock: Clock;
    names: readonly commands.RegistrationName[];
    imsi: string | null;
    changed: (facts: NetworkFacts) => void;
    lastTraffic: () => number;
    looked: (registered: boolean) => void;
  }) {
    this.#channel = parts.channel;
    this.#clock = parts.clock;
    this.#names = parts.names;
    this.#imsi = parts.imsi;
    this.#changed = parts.changed;
    this.#lastTraffic = parts.lastTraffic;
    this.#looked = parts.looked;
    this.#alarm = new Alarm(parts.clock, () => this.#due());
    parts.channel.whenOver(() => this.#alarm.cancel());
  }

  /** The first look, and all others after it; again, whatever was known counts no more. */
  async start(): Promise<void> {
    this.#stats.clear();
    this.#unknown.clear();
    this.#untold = true;
    this.#switchedOn = false;
    await attempt(this.#channel, commands.operatorAsName());
    // A modem that cannot announce it may still tell when it is asked.
    for (const name of this.#names) await attempt(this.#channel, commands.announceRegistration(name));
    await this.#look();
  }

  /** Takes a `+CREG`, `+CGREG` or `+CEREG` that came unasked; false for any other line. */
  hear(text: string): boolean {
    const said = readRegistration(text);
    if (!said) return false;
    const isNews = this.#stats.get(said.name) !== said.stat || isRoaming(said.stat);
    this.#stats.set(said.name, said.stat);
    // Some say it again with every cell that they move to, or each time that they are asked.
    if (!isNews) return true;
    // In a foreign network nothing is said before it is known which.
    this.#tell({ ...this.#facts, registered: this.#registered && (!this.#roaming || this.#facts.registered) });
    // What it said of one network may not be all: the others are asked at once, and the operator may be another.
    this.#urgent = true;
    if (!this.#looking) void this.#look();
    return true;
  }

  /** A modem that tells nothing of registration is taken to be registered. */
  get #registered(): boolean {
    return this.#stats.size === 0 || [...this.#stats.values()].some(isRegistered);
  }

  /** Registered, and nowhere at home. */
  get #roaming(): boolean {
    const stats = [...this.#stats.values()].filter(isRegistered);
    return stats.length > 0 && stats.every(isRoaming);
  }

  /** Whether the network is one of another country; one that does not tell its code is taken for a partner at home. */
  async #isAbroad(): Promise<boolean> {
    if (!this.#roaming || this.#imsi === null) return false;
    await attempt(this.#channel, commands.operatorAsCode());
    const answer = await attemptOk(this.#channel, commands.operator());
    await attempt(this.#channel, commands.operatorAsName());
    const code = answer && readOperatorCode(answer.info);
    return code !== undefined && isAbroad(this.#imsi, code);
  }

  #due(): void {
    if (this.#looking) return;
    const now = this.#clock.monotonic();
    const quietFor = now - this.#lastTraffic();
    if (this.#facts.registered && quietFor < 1_000 && now - this.#lookedAt < PATIENCE) {
      this.#alarm.in(1_000);
      return;
    }
    void this.#look();
  }

  /** Never rejects: without answers there is nothing new to tell, and the channel itself tells of silence. */
  async #look(): Promise<void> {
    this.#looking = true;
    try {
      let rounds = 0;
      do {
        const urgency = this.#urgent ? 'traffic' : 'idle';
        this.#urgent = false;
        await this.#ask(urgency);
        rounds += 1;
      } while (this.#urgent && rounds < MOST_ROUNDS);
    } catch {
      // The session is over.
    }
    this.#looking = false;
    if (this.#channel.over) return;
    this.#lookedAt = this.#clock.monotonic();
    this.#alarm.in(this.#facts.registered && !this.#urgent ? WELL : SEARCHING);
    this.#looked(this.#facts.registered);
  }

  async #ask(urgency: Urgency): Promise<void> {
    for (const name of this.#names) {
      if (this.#unknown.has(name)) continue;
      const answer = await attempt(this.#channel, commands.registrationState(name), urgency);
      const said = answer?.info.map((i) => readRegistration(i.text)).find((r) => r?.name === name);
      if (said) this.#stats.set(name, said.stat);
      else if (answer) this.#unknown.add(name);
      else return;
    }
    const registered = this.#registered;
    if (!registered && !this.#switchedOn) {
      this.#switchedOn = true;
      await switchOn(this.#channel);
    }
    const abroad = await this.#isAbroad();
    const signal = await attemptOk(this.#channel, commands.signalQuality(), 'idle');
    const signalDbm = (signal && readSignal(signal.info)) ?? null;
    // Whoever waits to send need not wait for a name.
    this.#tell({ registered, abroad, operator: registered ? this.#facts.operator : null, signalDbm });
    if (registered && (this.#facts.operator === null || this.#looks % OPERATOR_EVERY === 0)) {
      const named = await attemptOk(this.#channel, commands.operator(), 'idle');
      this.#tell({ ...this.#facts, operator: (named && readOperator(named.info)) ?? null });
    }
    this.#looks += 1;
  }

  #tell(facts: NetworkFacts): void {
    const before = this.#facts;
    this.#facts = facts;
    const same =
      before.registered === facts.registered &&
      before.abroad === facts.abroad &&
      before.operator === facts.operator &&
      before.signalDbm === facts.signalDbm;
    if (same && !this.#untold) return;
    this.#untold = false;
    this.#changed(facts);
  }
}
