import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { hubOf } from '../base/usb-path.ts';
import { deferred } from '../base/waits.ts';
import { openersOf } from '../serial/openers.ts';
import type { UsbAnswer, UsbRequest } from '../serial/usb-request.ts';

/** What the administrator allows, in the unit of the helper; nobody who speaks to it can change it. */
export interface HelperRules {
  /** Hubs (`1-1`) whose ports may be switched: somebody has seen that only one falls. */
  readonly hubs: ReadonlySet<string>;
  /** Also hubs that were not named, although all their ports may fall together. */
  readonly allowGanged: boolean;
  /** Reset by switching `authorized` off and on, which froze a Raspberry Pi, instead of by usbreset. */
  readonly authorized: boolean;
}

export interface HelperParts {
  readonly rules: HelperRules;
  readonly clock: Clock;
  /** Of the file system; `/` unless tested. */
  readonly root: string;
  /** Runs a program, without a shell; rejects when it fails. */
  run(program: string, args: readonly string[]): Promise<void>;
}

/** How often each is done to a socket at most, whoever asks (requirement M02), milliseconds. */
const LIMITS = {
  'usb-reset': { most: 2, within: 3_600_000 },
  'port-power': { most: 3, within: 86_400_000 },
} as const;

/** Seconds without power: long enough for the capacitors of a stick. */
const OFF_SECONDS = '10';

/** Milliseconds for which a device is not authorized. */
const UNAUTHORIZED = 1_000;

const HUB_CLASS = '09';

/** The three things that the helper does, and what it must see before it does them. */
export class Verbs {
  readonly #parts: HelperParts;
  /** When what was done, by verb and socket, milliseconds of the monotonic clock. */
  readonly #done = new Map<string, readonly number[]>();

  constructor(parts: HelperParts) {
    this.#parts = parts;
  }

  /** Never rejects. */
  async answer(request: UsbRequest): Promise<UsbAnswer> {
    try {
      if (request.verb === 'who-holds') {
        return { ok: true, holders: Object.fromEntries(await openersOf(new Set(request.devices), this.#parts.root)) };
      }
      const refused = await this.#refusal(request.verb, request.socket);
      if (refused !== undefined) return { ok: false, why: refused };
      await (request.verb === 'usb-reset' ? this.#reset(request.socket) : this.#cutPower(request.socket));
      return { ok: true };
    } catch (error) {
      return { ok: false, why: error instanceof Error ? error.message : String(error) };
    }
  }

  async #refusal(verb: keyof typeof LIMITS, socket: string): Promise<string | undefined> {
    const { clock, rules } = this.#parts;
    const { hub } = hubOf(socket);
    if (verb === 'port-power' && !rules.hubs.has(hub) && !rules.allowGanged) {
      return `Hub ${hub} is not among those whose power may be switched (--hub ${hub}).`;
    }
    if (!(await this.#holdsModem(socket))) return `There is no serial device in socket ${socket}.`;
    const { most, within } = LIMITS[verb];
    const key = `${verb} ${socket}`;
    const now = clock.monotonic();
    const before = (this.#done.get(key) ?? []).filter((at) => now - at < within);
    if (before.length >= most) return `That was done ${most} times to socket ${socket} of late, which is the most.`;
    this.#done.set(key, [...before, now]);
    return undefined;
  }

  #folder(socket: string): string {
    return join(this.#parts.root, 'sys/bus/usb/devices', socket);
  }

  async #fact(socket: string, name: string): Promise<string> {
    return (await readFile(join(this.#folder(socket), name), 'latin1').catch(() => '')).trim();
  }

  /** Whether what is there is no hub and has a serial port: nothing else is ever touched. */
  async #holdsModem(socket: string): Promise<boolean> {
    const kind = await this.#fact(socket, 'bDeviceClass');
    if (kind === '' || kind === HUB_CLASS) return false;
    const interfaces = (await readdir(this.#folder(socket)).catch(() => [])).filter((name) => name.startsWith(`${socket}:`));
    const inside = await Promise.all(interfaces.map((name) => readdir(join(this.#folder(socket), name)).catch(() => [])));
    // usb-serial has ttyUSB0 there, cdc_acm a folder tty.
    return inside.flat().some((name) => name === 'tty' || /^ttyUSB\d+$/.test(name));
  }

  async #reset(socket: string): Promise<void> {
    const { clock, rules, run } = this.#parts;
    if (rules.authorized) {
      const file = join(this.#folder(socket), 'authorized');
      await writeFile(file, '0');
      const { promise, resolve } = deferred<void>();
      clock.setTimer(UNAUTHORIZED, resolve);
      await promise;
      await writeFile(file, '1');
      return;
    }
    const [bus, device] = await Promise.all([this.#fact(socket, 'busnum'), this.#fact(socket, 'devnum')]);
    if (!/^\d{1,3}$/.test(bus) || !/^\d{1,3}$/.test(device)) throw new Error(`The kernel does not tell what is in socket ${socket}.`);
    await run('/usr/bin/usbreset', [`${bus.padStart(3, '0')}/${device.padStart(3, '0')}`]);
  }

  async #cutPower(socket: string): Promise<void> {
    const { hub, port } = hubOf(socket);
    await this.#parts.run('/usr/sbin/uhubctl', ['-l', hub, '-p', port, '-a', 'cycle', '-d', OFF_SECONDS]);
  }
}
