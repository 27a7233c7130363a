import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { MachineTime } from '../base/machine-time.ts';
import { Alarm } from '../base/waits.ts';
import type { MissedJudged, MissedRules } from '../store/records/time.ts';
import type { Store } from '../store/store.ts';
import { judgeTime, type NetworkTime, type Trust, type TrustSetting, UNTRUSTED } from './trust.ts';

/** From one look at the clock to the next, milliseconds: a clock that begins to lie is found out in five minutes (T06). */
const LOOK = 60_000;

/** So many looks after one another, it is kept that the box is on; more would only wear the disk. */
const ALIVE_EVERY = 5;

/** A clock that nobody sets drifts: what the network said is worth nothing after this, milliseconds. */
const WORTH = 86_400_000;

/** A stamp of the SMSC speaks of a segment sent at most so long ago, milliseconds. */
const FRESH = 3_600_000;

/** A source that says so nearly what it said before has no news, milliseconds: stamps are whole seconds, and take a while. */
const NO_NEWS = 2_000;

/** What a source of the network said: each instant that it may mean, less the monotonic clock then; the standard's meaning first. */
interface Heard {
  readonly bases: readonly number[];
  readonly at: number;
}

/**
 * Watches the clock: gathers what there is to say of it, judges it each minute and with all that comes, and has the store
 * follow jumps and verdicts. A jump is in the store before anything that is timed by the new time.
 */
export class TimeWatch {
  readonly #store: Store;
  readonly #clock: Clock & { readonly disputed: boolean };
  readonly #machine: MachineTime;
  readonly #log: Log;
  readonly #setting: TrustSetting;
  readonly #missed: MissedRules;
  readonly #onKnown: () => void;
  readonly #alarm: Alarm;
  readonly #heard = new Map<string, Heard>();
  #trust: Trust = UNTRUSTED;
  #word = false;
  #lastAlive: number | null = null;
  #looks = 0;
  /** The last jump, or the start, on the monotonic clock. */
  #steadySince: number;
  #running = false;
  #work: Promise<void> = Promise.resolve();
  #judged = false;

  /** @param parts.onKnown the time has become known, or is no more: what waits may be another */
  constructor(parts: {
    store: Store;
    clock: Clock & { readonly disputed: boolean };
    machine: MachineTime;
    log: Log;
    setting: TrustSetting;
    missed: MissedRules;
    onKnown: () => void;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#machine = parts.machine;
    this.#log = parts.log;
    this.#setting = parts.setting;
    this.#missed = parts.missed;
    this.#onKnown = parts.onKnown;
    this.#alarm = new Alarm(parts.clock, () => this.#lookAgain());
    this.#steadySince = parts.clock.monotonic();
  }

  get trust(): Trust {
    return this.#trust;
  }

  /** Before anything is sent: resolves when the store knows how it stands with time, and what was missed is judged if it can be. */
  async start(): Promise<void> {
    await this.#store.begin({
      bootId: this.#machine.bootId,
      base: this.#base(),
      now: this.#clock.now(),
      isTrusted: (lastAlive) => {
        this.#lastAlive = lastAlive;
        this.#trust = this.#judge();
        return this.#trust.trusted;
      },
    });
    this.#running = true;
    this.#log.info({ ...this.#trust }, 'the clock was judged');
    if (this.#trust.trusted) await this.#judgeMissed();
    this.#alarm.in(LOOK);
  }

  /** Looks no more, and keeps that the box was on until now. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#alarm.cancel();
    await this.#work;
    await this.#store.stayAlive(this.#clock.now());
  }

  /** The wall clock has jumped, and is followed. To be called before anybody acts on the new time. */
  jumped(): void {
    this.#steadySince = this.#clock.monotonic();
    // A person looked at the clock as it was.
    this.#word = false;
    if (!this.#running) return;
    this.#do(() => this.#store.rebase(this.#base()));
    this.#look();
  }

  /** The clock of a modem that the network sets says one of these, milliseconds since 1970; the first, if it keeps to the standard. */
  heardNetwork(iccid: string, instants: readonly number[]): void {
    this.#hear(`nitz ${iccid}`, instants);
  }

  /**
   * The SMSC has stamped a segment.
   * @param stamp when it took it, by its clock; milliseconds since 1970, as is `sentAt`
   * @param sentAt when it was handed over, by ours
   */
  heardStamp(iccid: string, stamp: number, sentAt: number): void {
    const age = this.#clock.now() - sentAt;
    // Over a jump it cannot be said how long ago it was sent.
    if (age < 0 || age > Math.min(FRESH, this.#clock.monotonic() - this.#steadySince)) return;
    this.#hear(`smsc ${iccid}`, [stamp + age]);
  }

  /** A person says that the clock is right, or takes it back. The word holds until the clock jumps or the process ends. */
  async say(right: boolean): Promise<void> {
    this.#word = right;
    this.#look();
    await this.#work;
  }

  #hear(source: string, instants: readonly number[]): void {
    const at = this.#clock.monotonic();
    const bases = instants.map((instant) => instant - at);
    const before = this.#heard.get(source)?.bases ?? [];
    this.#heard.set(source, { bases, at });
    // Every segment brings a stamp, and a look asks the battery's clock, which on a Pi hangs on a slow bus.
    const isNews = bases.length !== before.length || bases.some((base, i) => Math.abs(base - (before[i] ?? 0)) > NO_NEWS);
    if (isNews) this.#look();
  }

  #lookAgain(): void {
    // Asking for the time is what shows a jump.
    this.#clock.now();
    this.#look();
    this.#looks += 1;
    if (this.#looks % ALIVE_EVERY === 0) this.#do(() => this.#store.stayAlive(this.#clock.now()));
    this.#alarm.in(LOOK);
  }

  #look(): void {
    if (!this.#running) return;
    const before = this.#trust;
    this.#trust = this.#judge();
    if (this.#trust.trusted === before.trusted) return;
    const { trusted, reason } = this.#trust;
    if (trusted) this.#log.info({ reason }, 'the clock is trusted from now on');
    else this.#log.warn({ reason }, 'the clock is not trusted any more: offers, schedules and expiry wait');
    this.#do(async () => {
      await this.#store.setTrusted(trusted, this.#clock.now());
      if (trusted) await this.#judgeMissed();
      this.#onKnown();
    });
  }

  #judge(): Trust {
    const now = this.#clock.now();
    const offset = now - this.#clock.monotonic();
    const rtc = this.#machine.rtc();
    return judgeTime(this.#trust, {
      setting: this.#setting,
      now,
      lastAlive: this.#lastAlive,
      disputed: this.#clock.disputed,
      synchronized: this.#machine.synchronized(),
      virtual: this.#machine.virtual(),
      rtc: rtc === null ? null : rtc - now,
      network: this.#network(offset),
      word: this.#word,
    });
  }

  #network(offset: number): NetworkTime[] {
    const oldest = this.#clock.monotonic() - WORTH;
    return [...this.#heard]
      .filter(([, { at }]) => at >= oldest)
      .map(([source, { bases }]) => ({ source, ahead: bases.map((base) => base - offset) }));
  }

  /** Wall time less the time since the boot, milliseconds. */
  #base(): number {
    return Math.round(this.#clock.now() - this.#machine.uptime());
  }

  /** Judges what was missed, once; offers, of which there may be a million and which wait meanwhile, in the background. */
  async #judgeMissed(): Promise<void> {
    if (this.#judged) return;
    const found = { listed: 0, dropped: 0 };
    let more = await this.#judgePart(found);
    while (more === 'others') more = await this.#judgePart(found);
    this.#judged = true;
    this.#do(async () => {
      while (more !== 'none' && this.#running) more = await this.#judgePart(found);
      if (found.listed + found.dropped > 0) this.#log.warn(found, 'messages were due while the box was off');
      if (more !== 'none') return;
      await this.#store.stayAlive(this.#clock.now());
      this.#onKnown();
    });
  }

  async #judgePart(found: { listed: number; dropped: number }): Promise<MissedJudged['more']> {
    const { listed, dropped, more } = await this.#store.judgeMissed(this.#missed, this.#clock.now());
    found.listed += listed;
    found.dropped += dropped;
    return more;
  }

  /** Begun at once, so that it is in the store before what others ask of it later. */
  #do(work: () => Promise<void>): void {
    const done = work().catch((error: unknown) => this.#log.error({ err: error }, 'the store could not follow the clock'));
    this.#work = Promise.all([this.#work, done]).then(() => undefined);
  }
}
