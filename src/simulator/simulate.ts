import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { type Log, maskNumber, silentLog } from '../base/log.ts';
import { type Random, seededRandom } from '../base/random.ts';
import { Ledger } from './ledger.ts';
import type { VirtualModem } from './modem.ts';
import { VirtualNetwork } from './network.ts';
import type { NetworkOptions, NewModem } from './network-options.ts';
import type { PhoneOptions } from './phone.ts';

export interface SimulateOptions extends Partial<Omit<NetworkOptions, 'ledger'>> {
  /** How many virtual modems, or what each is like. */
  readonly modems: number | readonly NewModem[];
  /** What all modems have in common when `modems` is a number. */
  readonly modem?: Omit<NewModem, 'name'> | undefined;
  /** The first modem listens on this TCP port, the others on the next ones; 0: each on any free port. */
  readonly tcp?: number | undefined;
  /** A folder for links to pseudo-terminals, one a modem, named as the modem. Needs socat. */
  readonly pty?: string | undefined;
  /** TCP port of the control port; 0 for any free one. */
  readonly control?: number | undefined;
  /** File for the ledger, appended to. */
  readonly ledger?: string | undefined;
  readonly phones?: readonly PhoneOptions[] | undefined;
  /** Makes chance repeatable; 1 unless given. */
  readonly seed?: number | undefined;
  readonly log?: Log | undefined;
}

export interface Simulation {
  readonly network: VirtualNetwork;
  readonly modems: readonly VirtualModem[];
  /** TCP ports, one a modem; empty without `tcp`. */
  readonly tcp: readonly number[];
  /** Paths of pseudo-terminals, one a modem; empty without `pty`. */
  readonly ptys: readonly string[];
  /** `http://127.0.0.1:PORT`, with `control`. */
  readonly control: string | undefined;
  /** Unplugs the modems and closes all ports, timers and files. */
  close(): Promise<void>;
}

function openLedger(path: string | undefined): Ledger {
  try {
    return new Ledger(path);
  } catch (error) {
    throw new Fault('requestInvalid', `The ledger file ${path} cannot be opened for writing: name another.`, [], { cause: error });
  }
}

/**
 * Starts a virtual network with modems, and opens its ports.
 *
 * In memory each modem is `network.open(name)`; `tcp`, `pty` and `control` add ports for other processes, on loopback.
 * @throws Fault portBusy, unavailable (no socat), requestInvalid
 */
export async function simulate(options: SimulateOptions): Promise<Simulation> {
  const clock: Clock = options.clock ?? systemClock;
  const random: Random = options.random ?? seededRandom(options.seed ?? 1);
  const log = options.log ?? silentLog;
  const network = new VirtualNetwork({ ...options, clock, random, ledger: openLedger(options.ledger) });
  const closers: (() => void | Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
    network.close();
  };
  try {
    for (const phone of options.phones ?? []) network.addPhone(phone);
    const wanted = typeof options.modems === 'number' ? Array.from({ length: options.modems }, () => options.modem ?? {}) : options.modems;
    for (const modem of wanted) network.addModem(modem);
    network.events.on('accepted', (entry) => log.debug({ to: maskNumber(entry.to), imsi: entry.imsi, mr: entry.mr }, 'segment accepted'));

    // Serial ports and HTTP are loaded only when asked for.
    const tcp: number[] = [];
    if (options.tcp !== undefined) {
      const { TcpPort } = await import('./tcp-port.ts');
      for (const [i, modem] of network.modems.entries()) {
        const port = await TcpPort.open(modem, options.tcp === 0 ? 0 : options.tcp + i);
        port.failed = (error) => log.error({ modem: modem.name, err: error }, 'the TCP port cannot be opened again');
        closers.push(() => port.close());
        tcp.push(port.port);
      }
    }
    const ptys: string[] = [];
    if (options.pty !== undefined) {
      const { PtyPort } = await import('./pty-port.ts');
      mkdirSync(options.pty, { recursive: true });
      for (const modem of network.modems) {
        const port = await PtyPort.open(modem, join(options.pty, modem.name));
        closers.push(() => port.close());
        ptys.push(port.path);
      }
    }
    let control: string | undefined;
    if (options.control !== undefined) {
      const { openControl } = await import('./control.ts');
      const port = await openControl(network, options.control);
      closers.push(() => port.close());
      control = port.url;
    }
    log.info({ modems: network.modems.length, tcp, ptys, control }, 'simulation started');
    return { network, modems: network.modems, tcp, ptys, control, close };
  } catch (error) {
    await close();
    throw error;
  }
}
