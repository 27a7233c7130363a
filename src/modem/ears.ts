import type { Channel } from '../at/channel.ts';
import type { Info } from '../at/lines.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import type { Call } from './calls.ts';
import { Direct } from './direct.ts';
import { Health, type NetworkFacts } from './health.ts';
import type { Profile } from './profile-schema.ts';
import { type Settings, setIndicationsAgain } from './settings.ts';
import { Storage } from './storage.ts';
import { Telephone } from './telephone.ts';

export interface EarsParts {
  readonly channel: Channel;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly profile: Profile;
  /** Tells the country of the SIM. */
  readonly imsi: string | null;
  /** Milliseconds after which a call is hung up; 0: it rings out. */
  readonly hangUpAfter: number;
  /** When something was last sent, milliseconds of the monotonic clock; now, while something is. */
  lastTraffic(): number;
  /** Resolves when it is on the disk. @param stat <stat> of a stored message; null for one handed over at once */
  commit(pdu: string, stat: number | null, isDamaged: boolean): Promise<void>;
  /** The modem has forgotten its settings, PDU mode among them. */
  onTextMode(): void;
  onCall(call: Call): void;
  onNetwork(facts: NetworkFacts): void;
  /** After each look at the network. */
  onLooked(registered: boolean): void;
}

/** A full memory takes no more messages until it is emptied. */
const FULL = /^(?:\^SMMEMFULL|\+CIEV: ?"?SMSFULL)/;

/** All who take what comes unasked from a modem whose SIM can be used: messages, reports, the network, calls and USSD. */
export class Ears {
  readonly telephone: Telephone;
  readonly #storage: Storage;
  readonly #direct: Direct;
  readonly #health: Health;

  constructor(parts: EarsParts, settings: Settings) {
    const { channel, clock, random, log, profile, hangUpAfter } = parts;
    this.#storage = new Storage({
      channel,
      clock,
      log,
      slotsLie: profile.slotNumbersLie,
      onTextMode: () => parts.onTextMode(),
      commit: ({ pdu, stat }) => parts.commit(pdu, stat, false),
    });
    this.#direct = new Direct({
      channel,
      clock,
      log,
      commit: (pdu, isDamaged) => parts.commit(pdu, null, isDamaged),
      onTextMode: () => parts.onTextMode(),
      reassert: () => void setIndicationsAgain(channel, clock, profile).catch(() => undefined),
    });
    this.#health = new Health({
      channel,
      clock,
      names: profile.registration,
      imsi: parts.imsi,
      lastTraffic: () => parts.lastTraffic(),
      changed: (facts) => parts.onNetwork(facts),
      looked: (registered) => parts.onLooked(registered),
    });
    const dress = { form: profile.ussd, dcs: profile.ussdDcs };
    this.telephone = new Telephone({ channel, clock, random, dress, hangUpAfter, onCall: (call) => parts.onCall(call) });
    this.obey(settings);
  }

  /** What comes in is taken as the settings say, which were made for the first time or again. */
  obey(settings: Settings): void {
    this.#direct.acknowledges = settings.acknowledges;
    this.#storage.use(settings.memories);
  }

  /** Looks for the network anew, and reads all that is stored. */
  async start(): Promise<void> {
    await this.#health.start();
    this.#storage.drain();
  }

  /** Looks how full the memories are. */
  look(): void {
    this.#storage.look();
  }

  hear(info: Info): void {
    const { text } = info;
    if (this.#direct.hear(info) || this.#storage.hear(text) || this.#health.hear(text) || this.telephone.hear(info)) return;
    if (FULL.test(text)) this.#storage.drain();
  }

  /** Percent of the fullest memory that were in use when it was last looked at. */
  get filled(): number {
    return this.#storage.filled;
  }

  /** Stored messages that the modem does not delete. */
  get undeletable(): number {
    return this.#storage.undeletable;
  }
}
