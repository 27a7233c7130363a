import type { Duplex } from 'node:stream';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import type { SubmitSegment } from '../pdu/submit.ts';
import type { ModemFacts } from './identify.ts';
import type { ModemState } from './lifecycle.ts';
import { Modem } from './modem.ts';
import type { SendOutcome } from './outcome.ts';
import type { PinBook } from './pin.ts';
import type { Received, SimCall } from './session.ts';
import type { Telephone } from './telephone.ts';

export interface ModemConfig {
  /** What `open` takes: a device, `tcp://host:port`, `sim://NAME`. */
  readonly port: string;
  readonly name?: string | undefined;
  /** Seconds from Ctrl-Z to the outcome; 130 unless given. */
  readonly answerLimit?: number | undefined;
}

/** A modem, as it is shown. */
export interface ModemView {
  readonly port: string;
  readonly name: string | null;
  /** Null while unknown, and for a modem that does not tell it; of one that is gone, what it last said, as with the next two. */
  readonly imei: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly state: ModemState;
  /** What is going on, in one plain sentence, and what to do about it, if anything. */
  readonly sentence: string;
  readonly nextStep: string | null;
  /** ICCID. */
  readonly sim: string | null;
}

/** A SIM that is in a modem now. */
export interface SimView {
  readonly iccid: string;
  readonly imsi: string | null;
  readonly number: string | null;
  readonly state: 'ready' | 'notReady';
  readonly operator: string | null;
  readonly signalDbm: number | null;
  readonly imei: string;
  /** The TP-MR that the next segment should get, once one is known. */
  readonly predictedMr: number | null;
  readonly smsc: string | null;
  readonly registered: boolean;
}

export interface PoolParts {
  readonly modems: readonly ModemConfig[];
  /** Opens a port; each time a new stream. Rejects with a Fault such as `portGone` or `portBusy`, whose sentence is shown. */
  open(port: string): Promise<Duplex>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly pins: PinBook;
  /** The TP-MR that each SIM gave last, by ICCID, as far as it is remembered from before the start. */
  readonly references?: ReadonlyMap<string, number>;
  /** Resolves after the commit; only then the message is deleted from the modem, or acknowledged. */
  onReceived(received: Received): Promise<void>;
  /** Milliseconds after which a call is hung up; 0: it rings out. */
  readonly hangUpAfter: number;
  /** A call to a SIM has begun, its caller is known, or it is over. */
  onCall(call: SimCall): void;
  /** What the network's time may be, milliseconds since 1970; without it no modem is asked. */
  onNetworkTime?: ((iccid: string, instants: readonly number[]) => void) | undefined;
  /** A SIM became ready or ceased to be, or something that the views show has changed. */
  onChange(): void;
}

/**
 * All modems, each with its port, told apart by port: some pools of 16 answer one IMEI from all of them. A modem that
 * fails, vanishes or is none concerns no other.
 */
export class ModemPool {
  readonly #modems: readonly { readonly config: ModemConfig; readonly modem: Modem }[];
  /** What each modem last said of itself, so that one that is unplugged can still be told from the others. */
  readonly #facts = new Map<Modem, ModemFacts>();

  constructor(parts: PoolParts) {
    const references = new Map(parts.references);
    this.#modems = parts.modems.map((config) => ({
      config,
      modem: new Modem({
        port: config.port,
        ...(config.answerLimit === undefined ? {} : { limits: { answer: config.answerLimit * 1000 } }),
        open: (port) => parts.open(port),
        clock: parts.clock,
        random: parts.random,
        log: parts.log,
        pins: parts.pins,
        onReceived: (received) => parts.onReceived(received),
        onChange: () => {
          this.#remember();
          parts.onChange();
        },
        hangUpAfter: parts.hangUpAfter,
        onCall: (call) => parts.onCall(call),
        onNetworkTime: parts.onNetworkTime,
        references,
      }),
    }));
  }

  #remember(): void {
    for (const { modem } of this.#modems) {
      const facts = modem.session?.facts;
      if (facts) this.#facts.set(modem, facts);
    }
  }

  start(): void {
    for (const { modem } of this.#modems) modem.start();
  }

  /**
   * Begins no transmission any more, lets those in progress end, and closes all ports.
   * @param graceMs milliseconds that they may take
   */
  async stop(graceMs: number): Promise<void> {
    await Promise.all(this.#modems.map(({ modem }) => modem.stop(graceMs)));
  }

  /**
   * Sends one segment through a SIM, one at a time. Resolves always: `not-sent` for a SIM that is in no modem, is busy,
   * or cannot send now.
   */
  send(iccid: string, segment: SubmitSegment): Promise<SendOutcome> {
    const holders = this.#modems.filter(({ modem }) => modem.session?.sim?.iccid === iccid);
    const holder = holders.find(({ modem }) => modem.hindrance === undefined) ?? holders[0];
    return holder ? holder.modem.send(segment) : Promise.resolve({ kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' });
  }

  /** What a SIM can do besides messages; undefined while it is in no modem that is ready. */
  telephone(iccid: string): Telephone | undefined {
    const holder = this.#modems.find(({ modem }) => modem.life.state === 'ready' && modem.session?.sim?.iccid === iccid);
    return holder?.modem.session?.telephone;
  }

  modems(): ModemView[] {
    return this.#modems.map(({ config, modem }) => {
      const facts = modem.session?.facts ?? this.#facts.get(modem);
      return {
        port: config.port,
        name: config.name ?? null,
        imei: facts?.imei ?? null,
        manufacturer: facts?.manufacturer ?? null,
        model: facts?.model ?? null,
        state: modem.life.state,
        sentence: modem.sentence,
        nextStep: modem.nextStep,
        sim: modem.session?.sim?.iccid ?? null,
      };
    });
  }

  /** The SIMs that are in modems now, each once. */
  sims(): SimView[] {
    const views = new Map<string, SimView>();
    for (const { modem } of this.#modems) {
      const { session } = modem;
      if (!session?.sim) continue;
      const { sim, network, imei } = session;
      const ready = modem.life.state === 'ready';
      if (!ready && views.has(sim.iccid)) continue;
      views.set(sim.iccid, {
        iccid: sim.iccid,
        imsi: sim.imsi,
        number: sim.number,
        state: ready ? 'ready' : 'notReady',
        operator: network.operator,
        signalDbm: network.signalDbm,
        imei,
        predictedMr: modem.predictedMr,
        smsc: sim.smsc,
        registered: network.registered,
      });
    }
    return [...views.values()];
  }
}
