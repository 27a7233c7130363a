import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { climb, type Ladder, type Remedy, type Rung, recovered, type Trouble, undone, WELL } from './ladder.ts';
import type { Outage } from './outage.ts';
import type { Profile } from './profile-schema.ts';
import { REMEDY_WORDS, type UsbRemedies } from './usb-remedies.ts';

export interface WatchdogParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly port: string;
  /** The USB socket of its own that it is in; undefined where it is in none, or shares it with others. */
  socket(): string | undefined;
  readonly usb: UsbRemedies;
  /** Shared by all modems, as are the next two. */
  readonly outage: Outage;
  /** How far each was helped, by IMEI and place, since pools answer one IMEI: the limits hold over replugs. */
  readonly ladders: Map<string, Ladder>;
  /** Who was last at each socket or port. */
  readonly known: Map<string, KnownModem>;
  /** A modem was here before, which may come back silent: then its silence is its trouble, and not that of what is no modem. */
  readonly wasModem: boolean;
}

/** A modem that said who it is. */
export interface KnownModem {
  readonly name: string;
  readonly profile: Profile;
}

/** Milliseconds after which a modem that was treated is back, or goes for another reason. */
const TREATED = 120_000;

/** Milliseconds that a modem gets to start anew whose make is not known. */
const STARTS_IN = 60_000;

/** Drives the ladder of one modem (`ladder.ts`): which remedy is next, and those that come from outside of it. */
export class Watchdog {
  readonly #parts: WatchdogParts;
  /** By what it goes down in the ladders: its IMEI and its place, once it is known. */
  #name: string;
  #profile: Profile | undefined;
  #remedy: Remedy | undefined;

  constructor(parts: WatchdogParts) {
    this.#parts = parts;
    const known = parts.wasModem ? parts.known.get(this.place) : undefined;
    this.#name = known?.name ?? parts.port;
    this.#profile = known?.profile;
  }

  /** Where it is: its socket, or its port where that is not known. */
  get place(): string {
    return this.#parts.socket() ?? this.#parts.port;
  }

  /** What is known of its make, from when it is known to be a modem. */
  get profile(): Profile | undefined {
    return this.#profile;
  }

  /** Whether something was done to it just now, such as a reset, after which it may leave its port for a moment. */
  get treated(): boolean {
    const last = this.#ladder.done.at(-1);
    return this.#ladder.inTrouble && last !== undefined && this.#parts.clock.monotonic() - last.at < TREATED;
  }

  /** It has said who it is. @param imei or what stands for it */
  identified(imei: string, profile: Profile): void {
    this.#name = `${imei} ${this.place}`;
    this.#profile = profile;
    this.#parts.known.set(this.place, { name: this.#name, profile });
  }

  /** It is ready. */
  well(): void {
    this.#parts.ladders.set(this.#name, recovered(this.#ladder));
  }

  /** It answers, again and again, that it is faulty. @returns whether it is to be started anew, for which its session must end */
  faulty(): boolean {
    return this.#climb('faulty') === 'startAnew';
  }

  /** It did not answer. @returns that it is dead, in a sentence, when nothing is left to be done */
  silent(): string | undefined {
    if (this.#climb('silent') !== 'dead') return undefined;
    const tried = [...new Set(this.#ladder.done.map(({ remedy }) => REMEDY_WORDS[remedy]))].join(', and ');
    return `The modem does not answer; it ${tried}, and that did not help.`;
  }

  /** What is to be done to it before its port is opened again; once. */
  takeRemedy(): Remedy | undefined {
    const remedy = this.#remedy;
    this.#remedy = undefined;
    return remedy;
  }

  /** Resets it or switches its power, while its port is closed. @returns what was done, in a sentence */
  async treatFromOutside(remedy: Exclude<Remedy, 'startAnew'>): Promise<string> {
    const { usb, log, ladders } = this.#parts;
    const socket = this.#parts.socket();
    // Unplugged since: nothing is done to whatever comes there next.
    const refused = socket === undefined ? 'It was unplugged meanwhile.' : await usb.apply(remedy, socket);
    if (refused === undefined) {
      log.warn({ socket, remedy }, `a modem that does not answer ${REMEDY_WORDS[remedy]}`);
      return treatedBy(remedy);
    }
    log.warn({ socket, remedy, refused }, 'a modem that does not answer could not be helped from outside');
    ladders.set(this.#name, undone(this.#ladder));
    return 'The modem does not answer.';
  }

  get #ladder(): Ladder {
    return this.#parts.ladders.get(this.#name) ?? WELL;
  }

  #climb(trouble: Trouble): Rung {
    const { clock, outage, usb, ladders, socket } = this.#parts;
    const able = socket() === undefined ? [] : usb.able();
    const startsIn = this.#profile ? this.#profile.resetSeconds * 1000 : STARTS_IN;
    const { ladder, rung } = climb(this.#ladder, trouble, { at: clock.monotonic(), outage: outage.on, usb: able, startsIn });
    ladders.set(this.#name, ladder);
    this.#remedy = rung === 'reopen' || rung === 'wait' || rung === 'dead' ? undefined : rung;
    return rung;
  }
}

/** What was done to a modem, for a sentence about it. */
export const treatedBy = (remedy: Remedy): string => `The modem did not answer and ${REMEDY_WORDS[remedy]}.`;
