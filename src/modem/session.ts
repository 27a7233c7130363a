import type { Duplex } from 'node:stream';
import { Channel } from '../at/channel.ts';
import type { Info } from '../at/lines.ts';
import type { Trace } from '../at/trace.ts';
import type { Clock } from '../base/clock.ts';
import type { Fault } from '../base/fault.ts';
import type { Log } from '../base/log.ts';
import { type Deferred, deferred } from '../base/waits.ts';
import { Direct } from './direct.ts';
import { Health, type NetworkFacts } from './health.ts';
import { awaitSim, identifyModem, identifySim, type ModemFacts, type SimFacts } from './identify.ts';
import type { LifecycleInput } from './lifecycle.ts';
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

export interface SessionParts {
  /** An open port. */
  readonly port: Duplex;
  /** What stands for the IMEI of a modem that tells none. */
  readonly nameless: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly trace: Trace;
  /** Resolves when it is on the disk; only then it is deleted from the modem, or acknowledged. */
  onReceived(received: Received): Promise<void>;
  /** What the lifecycle should know. */
  onLife(input: LifecycleInput): void;
  /** Something that is shown has changed. */
  onChange(): void;
  /** When something was last sent, milliseconds of the monotonic clock; now, while something is. */
  lastTraffic(): number;
}

/** How a session ended. */
export interface SessionEnd {
  readonly reason: unknown;
  /** Lines heard of something that never told who it is: on such a port is no modem, or not its AT port. */
  readonly strange: number;
}

const NOWHERE: NetworkFacts = { registered: false, operator: null, signalDbm: null };

/** Lines kept until the SIM is known; more than that is noise. */
const MAX_EARLY = 200;

/** Signs that a modem has started anew, and so forgotten its settings. */
const RESTARTED = /^(?:RDY|START|Call Ready|SMS Ready|SMS DONE|PB DONE|\^SYSSTART)$/;

/** A full memory takes no more messages until it is emptied. */
const FULL = /^(?:\^SMMEMFULL|\+CIEV: ?"?SMSFULL)/;

/** One opening of a modem's port, from its first `AT` to its end: who the modem and the SIM are, and all that comes in. */
export class Session {
  readonly channel: Channel;
  readonly #parts: SessionParts;
  readonly #gone: Deferred<Fault> = deferred();
  #facts: ModemFacts | undefined;
  #sim: SimFacts | undefined;
  #network: NetworkFacts = NOWHERE;
  #ears: { storage: Storage; direct: Direct; health: Health } | undefined;
  /** What came unasked before there was somebody to take it. */
  readonly #early: Info[] = [];
  #settling: Promise<void> = Promise.resolve();

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.channel = new Channel({
      port: parts.port,
      clock: parts.clock,
      trace: parts.trace,
      events: {
        onUnsolicited: (info) => this.#hear(info),
        onOutOfStep: () => parts.onLife({ type: 'outOfStep' }),
        onInStep: () => parts.onLife({ type: 'inStep' }),
        onGone: (fault) => this.#gone.resolve(fault),
      },
    });
  }

  get facts(): ModemFacts | undefined {
    return this.#facts;
  }

  /** Known from when the SIM can be used. */
  get sim(): SimFacts | undefined {
    return this.#sim;
  }

  get network(): NetworkFacts {
    return this.#network;
  }

  get imei(): string {
    return this.#facts?.imei ?? this.#parts.nameless;
  }

  /** Stored messages that are kept safe and that the modem does not delete. */
  get undeletable(): number {
    return this.#ears?.storage.undeletable ?? 0;
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

  /** Makes the settings again, after a sign that the modem forgot them: once for each sign, one after the other. */
  settleAgain(): void {
    this.#ears?.storage.forgetSelection();
    this.#settling = this.#settling.then(() => settleAgain(this.channel)).catch(() => undefined);
  }

  /** Resolves when the settings are made, as far as they are being made now. */
  settled(): Promise<void> {
    return this.#settling;
  }

  async #begin(): Promise<void> {
    const { channel } = this;
    const { clock, log, onLife, onChange, lastTraffic } = this.#parts;
    this.#facts = await identifyModem(channel);
    onChange();
    await awaitSim(channel, clock, (lock) => onLife({ type: 'locked', lock }));
    const sim = await identifySim(channel, clock, this.imei);
    const { memories, acknowledges } = await settle(channel);
    this.#sim = sim;
    const storage = new Storage({ channel, clock, log, memories, commit: (message) => this.#commit(sim, message.pdu, message.stat) });
    const direct = new Direct({
      channel,
      clock,
      log,
      acknowledges,
      commit: (pdu) => this.#commit(sim, pdu, null),
      reassert: () => void setIndications(channel).catch(() => undefined),
    });
    const health = new Health({
      channel,
      clock,
      lastTraffic,
      changed: (facts) => this.#heardOfNetwork(facts),
      looked: () => storage.look(),
    });
    this.#ears = { storage, direct, health };
    onLife({ type: 'unlocked' });
    for (const info of this.#early.splice(0)) this.#hear(info);
    await health.start();
    storage.drain();
  }

  #heardOfNetwork(facts: NetworkFacts): void {
    this.#network = facts;
    this.#parts.onLife({ type: 'registration', registered: facts.registered });
    this.#parts.onChange();
  }

  #commit(sim: SimFacts, pdu: string, stat: number | null): Promise<void> {
    const kind = stat === 2 || stat === 3 ? 'stored-submit' : 'deliver-or-report';
    return this.#parts.onReceived({ iccid: sim.iccid, imei: this.imei, pdu, stat, kind });
  }

  #hear(info: Info): void {
    const ears = this.#ears;
    if (!ears) {
      if (this.#early.length < MAX_EARLY) this.#early.push(info);
      return;
    }
    if (ears.direct.hear(info) || ears.storage.hear(info.text) || ears.health.hear(info.text)) return;
    if (RESTARTED.test(info.text)) this.settleAgain();
    else if (FULL.test(info.text)) ears.storage.drain();
  }
}
