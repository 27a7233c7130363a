import { realpath } from 'node:fs/promises';
import type { Clock, Timer } from '../base/clock.ts';
import { openersOf } from './openers.ts';
import { watchPorts } from './port-watch.ts';
import { type Stick, sticksOf } from './sticks.ts';
import type { UsbHelper } from './usb-helper.ts';
import { usbPorts } from './usb-ports.ts';

/** What this machine knows of its serial ports; none of it rejects, and what cannot be seen is not there. */
export class SystemPorts {
  readonly #parts: {
    readonly at: ReadonlyMap<string, readonly number[]>;
    readonly clock: Clock;
    readonly helper?: UsbHelper;
    readonly root?: string;
  };

  /**
   * @param parts.at the USB interfaces that speak AT, best first, by `vendor:product`
   * @param parts.helper sees the open files of all users
   * @param parts.root of the file system, `/` unless given
   */
  constructor(parts: { at: ReadonlyMap<string, readonly number[]>; clock: Clock; helper?: UsbHelper; root?: string }) {
    this.#parts = parts;
  }

  async pluggedIn(): Promise<readonly Stick[]> {
    return sticksOf(await usbPorts(this.#parts.root), this.#parts.at);
  }

  async deviceOf(port: string): Promise<string | undefined> {
    return port.startsWith('/') ? await realpath(port).catch(() => undefined) : undefined;
  }

  async openersOf(devices: ReadonlySet<string>): Promise<ReadonlyMap<string, readonly string[]>> {
    return (await this.#parts.helper?.openersOf(devices)) ?? openersOf(devices);
  }

  watch(named: readonly string[], changed: () => void): Timer {
    const { root = '/', clock } = this.#parts;
    return watchPorts({ root, named: named.filter((port) => port.startsWith('/')), clock, changed });
  }
}
