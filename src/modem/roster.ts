import type { Duplex } from 'node:stream';
import type { Clock, Timer } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { hubOf } from '../base/usb-path.ts';
import { Alarm } from '../base/waits.ts';
import type { ModemConfig } from './config.ts';
import type { Ending } from './lifecycle.ts';
import type { Modem } from './modem.ts';
import type { PluggedIn, PortSource } from './ports.ts';
import { SEARCH_BEGINS, type SearchInput, search } from './search.ts';
import { type Absent, entryAt, entryOf, gone, ownSocket, type Seat, sameModem, without } from './seat.ts';

/** What a driver gets of its seat. */
interface ModemSeatParts {
  open(): Promise<Duplex>;
  /** The USB socket that holds this modem alone, while it does. */
  socket(): string | undefined;
  readonly wasModem: boolean;
  /** The USB hub that it hangs on. */
  hub(): string | undefined;
  onChange(): void;
}

export interface RosterParts {
  readonly entries: readonly ModemConfig[];
  /** Whether modems that no entry names are used as well, and whether they are looked for behind adapters. */
  readonly discover: boolean;
  readonly adapters: boolean;
  /** Undefined where ports neither come nor go. */
  readonly ports: PortSource | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds for which a transmission may still go on at a port that is to be left. */
  readonly grace: number;
  open(port: string, baudRate: number | undefined): Promise<Duplex>;
  /** The driver of one port, not yet started. */
  modem(port: string, parts: ModemSeatParts): Modem;
  /** A modem that was of use was unplugged. */
  onLost(port: string): void;
  onChange(): void;
}

/** Endings after which what is on a port is no modem, or not its AT port. */
const NO_MODEM: ReadonlySet<Ending | undefined> = new Set(['mute', 'rubbish', 'refused', 'notSerial']);

/**
 * Which modems there are, and at which ports. A port that the configuration names has a seat for good; what is found on
 * USB has one while it is plugged in. Who is in a seat is asked anew at each opening, so nothing is ever believed of a path.
 */
export class Roster {
  readonly #parts: RosterParts;
  readonly #log: Log;
  #seats: readonly Seat[];
  #absents: readonly Absent[] = [];
  readonly #rests = new Map<Seat, Alarm>();
  /** Drivers that are being stopped. */
  readonly #closing = new Set<Promise<void>>();
  #watch: Timer | undefined;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #stopping = false;

  constructor(parts: RosterParts) {
    this.#parts = parts;
    this.#log = parts.log;
    this.#seats = parts.entries.flatMap((entry) => (entry.port === undefined ? [] : [seatAt(entry.port, entry)]));
    for (const seat of this.#seats) this.#seatModem(seat);
  }

  get seats(): readonly Seat[] {
    return this.#seats;
  }

  get absents(): readonly Absent[] {
    return this.#absents;
  }

  start(): void {
    for (const { modem } of this.#seats) modem?.start();
    const { ports } = this.#parts;
    if (!ports) return;
    this.#watch = ports.watch(
      this.#seats.map((seat) => seat.port),
      () => this.#look(),
    );
    this.#look();
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    this.#watch?.cancel();
    for (const rest of this.#rests.values()) rest.cancel();
    const stopped = this.#seats.map(({ modem }) => modem?.stop(graceMs));
    await Promise.all([this.#looking, ...this.#closing, ...stopped]);
  }

  // ---- ports that come and go -------------------------------------------------------------------------------------

  /** One look at a time; a sign meanwhile is answered by one more. */
  #look(): void {
    this.#lookAgain = true;
    this.#looking ??= this.#lookAround().finally(() => {
      this.#looking = undefined;
      if (this.#lookAgain && !this.#stopping) this.#look();
    });
  }

  async #lookAround(): Promise<void> {
    const { ports } = this.#parts;
    while (ports && this.#lookAgain && !this.#stopping) {
      this.#lookAgain = false;
      const named = this.#seats.filter((seat) => !seat.search);
      const [plugged, ...devices] = await Promise.all([ports.pluggedIn(), ...named.map((seat) => ports.deviceOf(seat.port))]);
      if (this.#stopping) return;
      for (const [i, seat] of named.entries()) this.#followNamed(seat, devices[i], plugged);
      const taken = new Set(devices);
      const free = plugged.filter((stick) => !stick.devices.some((device) => taken.has(device)));
      for (const seat of this.#seats.filter((s) => s.search)) this.#followFound(seat, free);
      for (const stick of free) this.#welcome(stick);
      for (const seat of this.#seats) this.#untwin(seat);
      this.#parts.onChange();
    }
  }

  /** A name may lead to another device than the one that is open; that one goes on working, but it is not who is meant. */
  #followNamed(seat: Seat, device: string | undefined, plugged: readonly PluggedIn[]): void {
    if (device !== undefined) seat.stick = plugged.find((stick) => stick.devices.includes(device));
    if (device === undefined || device === seat.device || seat.twin) return;
    const { state } = seat.modem?.life ?? {};
    const open = seat.modem?.session !== undefined;
    // One that is being opened just now is looked at again the next time.
    if (!open && state !== 'absent' && state !== 'failed') return;
    if (open) this.#log.info({ port: seat.port }, 'the port leads to another device now, so it is opened anew');
    seat.facts = open ? undefined : seat.facts;
    this.#reseat(seat, { port: seat.port, device });
  }

  #followFound(seat: Seat, free: readonly PluggedIn[]): void {
    const before = seat.stick;
    const stick = free.find((s) => s.usbPath === before?.usbPath);
    if (!stick) {
      this.#leave(seat);
      return;
    }
    const sameDevices = stick.devices.join() === before?.devices.join();
    const stillThere = sameDevices || (seat.search?.at === 'found' && stick.ports.some(({ device }) => device === seat.device));
    // Plugged in anew between two looks: it may be another one, and its ports may have changed places.
    if (stick.id !== before?.id || stick.enumeration !== before.enumeration || !stillThere) this.#leave(seat);
    else seat.stick = stick;
  }

  #welcome(stick: PluggedIn): void {
    if (this.#seats.some((seat) => seat.search && seat.stick?.usbPath === stick.usbPath)) return;
    const { entries, discover, adapters } = this.#parts;
    const entry = entryAt(stick, entries);
    const missing = entries.some(({ imei }) => imei !== undefined && !this.#seats.some((seat) => seat.facts?.imei === imei));
    if (!entry && !((discover || missing) && (stick.kind === 'modem' || adapters))) return;
    const before = this.#absents.find((a) => a.treated && a.usbPath === stick.usbPath && a.id === stick.id && a.index < stick.ports.length);
    const search = before ? { ...SEARCH_BEGINS, index: before.index } : SEARCH_BEGINS;
    const seat: Seat = { ...seatAt('', entry), stick, search, wasAt: before?.index };
    this.#seats = [...this.#seats, seat];
    this.#log.info({ usbPath: stick.usbPath, id: stick.id, ports: stick.ports.length }, 'something that may be a modem is plugged in');
    this.#tryPort(seat);
  }

  #leave(seat: Seat): void {
    this.#seats = this.#seats.filter((s) => s !== seat);
    this.#rests.get(seat)?.cancel();
    this.#rests.delete(seat);
    const inUse = seat.modem?.session?.sim !== undefined;
    if (inUse) this.#parts.onLost(seat.port);
    const lostAt = inUse ? this.#parts.clock.monotonic() : seat.modem?.lostAt;
    const treated = seat.modem?.treated ?? false;
    void this.#letGo(seat);
    const { stick, facts, search } = seat;
    if (stick && facts && search?.at === 'found') {
      this.#absents = gone(this.#absents, { usbPath: stick.usbPath, id: stick.id, index: search.index, treated, lostAt, facts });
    }
    this.#log.info({ usbPath: seat.stick?.usbPath, port: seat.port }, 'it was unplugged');
  }

  // ---- drivers ----------------------------------------------------------------------------------------------------

  #seatModem(seat: Seat): void {
    const { open, ports, modem } = this.#parts;
    const { port } = seat;
    const driver = modem(port, {
      open: async () => {
        if (!seat.search) seat.device = await ports?.deviceOf(port);
        return open(port, seat.entry?.baudRate);
      },
      socket: () => ownSocket(seat),
      hub: () => seat.stick && hubOf(seat.stick.usbPath).hub,
      wasModem: seat.search === undefined || (seat.search.at === 'trying' && seat.search.index === seat.wasAt),
      onChange: () => {
        if (seat.modem === driver) this.#heard(seat, driver);
      },
    });
    seat.modem = driver;
  }

  /** Stops the driver of a seat, if it has one; resolves when its port is closed. */
  #letGo(seat: Seat): Promise<void> {
    const { modem } = seat;
    if (!modem) return Promise.resolve();
    seat.modem = undefined;
    const closed = modem.stop(this.#parts.grace);
    this.#closing.add(closed);
    return closed.finally(() => this.#closing.delete(closed));
  }

  /** Opens a seat's port, after the one before is closed: two may not have one port open. */
  #reseat(seat: Seat, to: { port: string; device: string | undefined }): void {
    seat.port = to.port;
    seat.device = to.device;
    void this.#letGo(seat).then(() => {
      const here = this.#seats.includes(seat) && !seat.modem && !seat.twin && seat.port === to.port && seat.device === to.device;
      if (this.#stopping || !here || seat.search?.at === 'resting' || seat.search?.at === 'notWanted') return;
      this.#seatModem(seat);
      seat.modem?.start();
    });
  }

  #tryPort(seat: Seat): void {
    const next = seat.search?.at === 'trying' ? seat.stick?.ports[seat.search.index] : undefined;
    seat.facts = undefined;
    if (next) this.#reseat(seat, next);
  }

  #heard(seat: Seat, modem: Modem): void {
    const facts = modem.session?.facts;
    // An OK alone comes from much that is no modem: who tells no IMEI is believed when its SIM is known.
    if (facts && facts !== seat.facts && (facts.imei !== null || modem.session?.sim)) {
      seat.facts = facts;
      this.#identified(seat);
    }
    if (seat.search?.at === 'trying' && !facts && !modem.known && NO_MODEM.has(modem.ending) && modem.life.state === 'failed') {
      this.#searched(seat, { type: 'noModem' });
    }
    const twin = modem.session?.sim && this.#seats.find((other) => sameModem(seat, other));
    if (twin) {
      seat.twin = twin;
      this.#log.info({ port: seat.port, twin: twin.port }, 'this port is of a modem that is driven by another of its ports');
      void this.#letGo(seat);
    }
    this.#parts.onChange();
  }

  #identified(seat: Seat): void {
    const { entries, discover } = this.#parts;
    if (seat.search) this.#searched(seat, { type: 'modem', wanted: discover || entryOf(seat, entries) !== undefined });
    if (seat.stick && seat.facts) this.#absents = without(this.#absents, { usbPath: seat.stick.usbPath, facts: seat.facts });
  }

  #searched(seat: Seat, input: SearchInput): void {
    if (!seat.search) return;
    const before = seat.search;
    seat.search = search(before, input, seat.stick?.ports.length ?? 0);
    const now = seat.search;
    if (now === before) return;
    if (now.at === 'trying') this.#tryPort(seat);
    if (now.at === 'notWanted') void this.#letGo(seat);
    if (now.at === 'resting') {
      void this.#letGo(seat);
      this.#log.info({ usbPath: seat.stick?.usbPath, seconds: now.ms / 1000 }, 'none of its ports speaks AT; it is let be for a while');
      const rest = new Alarm(this.#parts.clock, () => this.#searched(seat, { type: 'rested' }));
      this.#rests.set(seat, rest);
      rest.in(now.ms);
    }
  }

  /** The other port is taken up when the one that was used is of no use any more. */
  #untwin(seat: Seat): void {
    const { twin } = seat;
    if (!twin) return;
    const { state } = twin.modem?.life ?? {};
    if (this.#seats.includes(twin) && state !== 'absent' && state !== 'failed') return;
    seat.twin = undefined;
    this.#reseat(seat, seat);
  }
}

const seatAt = (port: string, entry: ModemConfig | undefined): Seat => ({
  entry,
  port,
  device: undefined,
  stick: undefined,
  search: undefined,
  modem: undefined,
  facts: undefined,
  twin: undefined,
  wasAt: undefined,
});
