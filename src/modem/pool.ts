import type { Duplex } from 'node:stream';
import type { Trace } from '../at/trace.ts';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import type { SubmitSegment } from '../pdu/submit.ts';
import type { ModemConfig } from './config.ts';
import { HubTurns } from './hub-turns.ts';
import type { KeptReference } from './kept-reference.ts';
import type { Ladder } from './ladder.ts';
import { Modem, type ModemFault } from './modem.ts';
import { type ModemView, modemViews } from './modem-view.ts';
import { Onlookers } from './onlookers.ts';
import { Outage } from './outage.ts';
import type { SendOutcome } from './outcome.ts';
import type { PinBook } from './pin.ts';
import type { PortSource } from './ports.ts';
import type { Profiles } from './profile.ts';
import { Roster } from './roster.ts';
import { SEND_LIMITS } from './send.ts';
import type { Received, SimCall } from './session.ts';
import type { Telephone } from './telephone.ts';
import { TraceShelf } from './trace-shelf.ts';
import { NO_USB_REMEDIES, type UsbRemedies } from './usb-remedies.ts';
import type { KnownModem } from './watchdog.ts';

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
  /** Its modem leaves our TP-MR as it is. */
  readonly keepsReference: boolean;
  readonly smsc: string | null;
  readonly registered: boolean;
  /** Others on its hub send, and as many as may. */
  readonly waitsForHub: boolean;
}

export interface PoolParts {
  readonly modems: readonly ModemConfig[];
  /** Whether modems on USB that `modems` does not name are used as well; and whether they are looked for behind adapters. */
  readonly discover?: boolean;
  readonly adapters?: boolean;
  /** Transmissions at a time on one USB hub; 0, and unless given: as many as there are modems. */
  readonly transmissionsPerHub?: number;
  /** Which ports there are; without it there are those of `modems`. */
  readonly ports?: PortSource | undefined;
  /** Milliseconds from Ctrl-Z to the outcome; 130,000 unless given. */
  readonly answerLimit?: number;
  /** Opens a port; each time a new stream. Rejects with a Fault such as `portGone` or `portBusy`, whose sentence is shown. */
  open(port: string, baudRate: number | undefined): Promise<Duplex>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly pins: PinBook;
  readonly profiles: Profiles;
  /** What can be done about a modem that hangs, by its USB socket; nothing where it is missing. */
  readonly usb?: UsbRemedies | undefined;
  /** Whether a SIM may send while it is in a network abroad. */
  mayRoam(iccid: string): boolean;
  /** The TP-MR that each SIM gave last, by ICCID, as far as it is remembered from before the start. */
  readonly references?: ReadonlyMap<string, number>;
  /** Whether it is found out of every modem if it leaves our TP-MR as it is, and not only where its profile says so. */
  readonly askKept?: boolean;
  /** Resolves after the commit; only then the message is deleted from the modem, or acknowledged. */
  onReceived(received: Received): Promise<void>;
  /** Milliseconds after which a call is hung up; 0: it rings out. */
  readonly hangUpAfter: number;
  /** A call to a SIM has begun, its caller is known, or it is over. */
  onCall(call: SimCall): void;
  /** Something went wrong with a modem that its trace should be kept of. */
  onFault?(fault: ModemFault): void;
  /** What the network's time may be, milliseconds since 1970; without it no modem is asked. */
  onNetworkTime?: ((iccid: string, instants: readonly number[]) => void) | undefined;
  /** Several modems went at once, or another program has a port of ours open: somebody should hear of it without delay. */
  onTrouble?(): void;
  /** A SIM became ready or ceased to be, or something that the views show has changed. */
  onChange(): void;
}

/** Milliseconds that what is settled after an answer may take. */
const AFTER_ANSWER = 5_000;

/**
 * All modems, told apart by where they are: some pools of 16 answer one IMEI from all of them. A modem that fails, vanishes
 * or is none concerns no other.
 */
export class ModemPool {
  readonly #entries: readonly ModemConfig[];
  readonly #roster: Roster;
  readonly #parts: PoolParts;
  readonly #outage: Outage;
  #onlookers: Onlookers | undefined;

  constructor(parts: PoolParts) {
    this.#parts = parts;
    this.#entries = parts.modems;
    const { clock, random, log, pins, profiles, hangUpAfter, answerLimit = SEND_LIMITS.answer } = parts;
    const references = new Map(parts.references);
    const outage = new Outage(clock, log, () => parts.onTrouble?.());
    this.#outage = outage;
    const kept = new Map<string, KeptReference>();
    const turns = new HubTurns(clock, parts.transmissionsPerHub ?? 0);
    const ladders = new Map<string, Ladder>();
    const shelf = new TraceShelf();
    const known = new Map<string, KnownModem>();
    this.#roster = new Roster({
      entries: parts.modems,
      discover: parts.discover ?? false,
      adapters: parts.adapters ?? false,
      ports: parts.ports,
      clock,
      log,
      grace: answerLimit + AFTER_ANSWER,
      open: (port, baudRate) => parts.open(port, baudRate),
      onLost: (port) => outage.lost(port),
      modem: (port, { open, socket, hub, wasModem, onChange }) =>
        new Modem({
          port,
          limits: { answer: answerLimit },
          open,
          clock,
          random,
          log,
          pins,
          profiles,
          mayRoam: (iccid) => parts.mayRoam(iccid),
          outage,
          socket,
          hub,
          turns,
          wasModem,
          usb: parts.usb ?? NO_USB_REMEDIES,
          ladders,
          known,
          shelf,
          onReceived: (received) => parts.onReceived(received),
          onChange,
          hangUpAfter,
          onCall: (call) => parts.onCall(call),
          onNetworkTime: parts.onNetworkTime,
          onFault: (fault) => parts.onFault?.(fault),
          references,
          kept,
          askKept: parts.askKept ?? false,
        }),
      onChange: () => parts.onChange(),
    });
  }

  /** The drivers that are in use now. */
  get #modems(): readonly Modem[] {
    return this.#roster.seats.flatMap(({ modem }) => (modem ? [modem] : []));
  }

  start(): void {
    this.#roster.start();
    const { ports, clock, log } = this.#parts;
    if (!ports) return;
    this.#onlookers = new Onlookers({
      ports,
      clock,
      log,
      seats: () => this.#roster.seats,
      changed: () => {
        this.#parts.onChange();
        this.#parts.onTrouble?.();
      },
    });
  }

  /**
   * Begins no transmission any more, lets those in progress end, and closes all ports.
   * @param graceMs milliseconds that they may take
   */
  async stop(graceMs: number): Promise<void> {
    this.#onlookers?.stop();
    await this.#roster.stop(graceMs);
  }

  /**
   * Sends one segment through a SIM, one at a time. Resolves always: `not-sent` for a SIM that is in no modem, is busy,
   * or cannot send now.
   */
  send(iccid: string, segment: SubmitSegment): Promise<SendOutcome> {
    const holders = this.#modems.filter((modem) => modem.session?.sim?.iccid === iccid);
    const holder = holders.find((modem) => modem.hindrance === undefined) ?? holders[0];
    return holder ? holder.send(segment) : Promise.resolve({ kind: 'not-sent', cause: 'EV-PORT-GONE-BEFORE' });
  }

  /** What a SIM can do besides messages; undefined while it is in no modem that is ready. */
  telephone(iccid: string): Telephone | undefined {
    const holder = this.#modems.find((modem) => modem.life.state === 'ready' && modem.session?.sim?.iccid === iccid);
    return holder?.session?.telephone;
  }

  /**
   * Gives the SIM in the modem on a port its PIN, once. Rejects with a Fault that says why it was not taken or not tried.
   * @param switchOff whether the SIM is to ask for it no more
   */
  async givePin(port: string, pin: string, switchOff: boolean): Promise<{ asksAgain: boolean }> {
    const modem = this.#roster.seats.find((seat) => seat.port === port)?.modem;
    if (!modem?.session || modem.life.state !== 'unlocking') {
      throw new Fault('pinNotTried', 'The SIM in this modem does not ask for its PIN now; GET /v1/modems says how it is.');
    }
    return modem.session.pin.give(pin, switchOff);
  }

  /** The dialogue of the modem on a port; undefined when there is none. */
  trace(port: string): Trace | undefined {
    return this.#roster.seats.find((seat) => seat.port === port)?.modem?.trace;
  }

  /** All modems that are here, and those that were or should be, as what they last said or are named by. */
  modems(): ModemView[] {
    return modemViews(
      this.#roster.seats,
      this.#roster.absents,
      this.#entries,
      (seat) => this.#onlookers?.at(seat),
      (lostAt) => this.#outage.took(lostAt),
    );
  }

  /** How many modems went in one moment, of which some are not back yet or the moment was just now; 0 where none did. */
  get lostTogether(): number {
    const missing = this.modems().some((m) => m.wentWithOthers && (m.state === 'absent' || m.state === 'failed'));
    return this.#outage.on || missing ? this.#outage.size : 0;
  }

  /** The SIMs that are in modems now, each once. */
  sims(): SimView[] {
    const views = new Map<string, SimView>();
    for (const modem of this.#modems) {
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
        keepsReference: modem.keepsReference,
        smsc: sim.smsc,
        registered: network.registered,
        waitsForHub: modem.waitsForHub,
      });
    }
    return [...views.values()];
  }
}
