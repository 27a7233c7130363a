import type { Timer } from '../../src/base/clock.ts';
import { Fault } from '../../src/base/fault.ts';
import { every } from '../../src/base/waits.ts';
import type { ModemConfig } from '../../src/modem/config.ts';
import type { PoolParts } from '../../src/modem/pool.ts';
import type { PluggedIn, PortSource } from '../../src/modem/ports.ts';
import type { FakeModem } from './fake-modem.ts';
import { ModemRig, PinTable } from './modem-rig.ts';

/** What is inside a stick: a SIM may be moved to another one. */
export interface Body {
  readonly imei: string;
  iccid: string;
}

/** A port of a stick, and who answers there: nobody where it is undefined. */
export type PortOfBench = readonly [device: string, body: Body | undefined];

interface Plugged extends PluggedIn {
  /** Who answers at each device; undefined: nobody. */
  readonly bodies: ReadonlyMap<string, Body | undefined>;
}

/** A machine with USB sockets, a pool that watches them, and fake modems that are plugged in, moved and renamed. */
export class UsbBench implements PortSource {
  readonly rig: ModemRig;
  readonly #plugged = new Map<string, Plugged>();
  /** Names that lead to devices. */
  readonly links = new Map<string, string>();
  readonly others = new Map<string, readonly string[]>();
  readonly #changed = new Set<() => void>();
  #enumerations = 0;
  /** All that was ever opened, in order. */
  readonly openings: string[] = [];
  /** The fake that answers at a device now. */
  readonly live = new Map<string, FakeModem>();
  /** Every fake that ever answered, until it is taken out. */
  readonly every: FakeModem[] = [];

  constructor(entries: readonly ModemConfig[] = [], discover = true, adapters = false, more: Partial<PoolParts> = {}) {
    this.rig = new ModemRig(entries, new PinTable(), 0, { discover, adapters, ports: this, ...more });
    this.rig.open = (port) => {
      const device = this.links.get(port) ?? port;
      this.openings.push(port);
      const stick = [...this.#plugged.values()].find((s) => s.devices.includes(device));
      return stick ? undefined : Promise.reject(new Fault('portGone', `There is no port ${port}.`));
    };
    this.rig.prepare = (fake, port) => {
      const device = this.links.get(port) ?? port;
      const body = [...this.#plugged.values()].map((s) => s.bodies.get(device)).find((b) => b !== undefined);
      if (body) Object.assign(fake, { imei: body.imei, iccid: body.iccid, imsi: `25506${body.iccid.slice(-10)}` });
      else for (const command of ['AT', 'ATE0', 'ATV1']) fake.instead.set(command, null);
      this.live.set(device, fake);
      this.every.push(fake);
    };
  }

  /** @param devices who answers at each of the stick's AT ports, best first */
  plug(usbPath: string, devices: readonly PortOfBench[], kind: 'modem' | 'adapter' = 'modem'): void {
    const names = devices.map(([device]) => device);
    this.#enumerations += 1;
    this.#plugged.set(usbPath, {
      usbPath,
      otherNames: [`pci-0-usb-0:${usbPath}`],
      kind,
      id: '12d1:1506',
      enumeration: this.#enumerations,
      ports: names.map((device) => ({ port: device, device })),
      devices: names,
      bodies: new Map(devices),
    });
    this.stir();
  }

  unplug(usbPath: string): void {
    for (const device of this.#plugged.get(usbPath)?.devices ?? []) {
      this.live.get(device)?.unplug();
      this.live.delete(device);
    }
    this.#plugged.delete(usbPath);
    this.stir();
  }

  stir(): void {
    for (const tell of this.#changed) tell();
  }

  async settle(ready: number): Promise<void> {
    await this.rig.until(() => this.rig.pool.modems().filter((m) => m.state === 'ready').length === ready, 120_000);
  }

  pluggedIn(): Promise<readonly PluggedIn[]> {
    return Promise.resolve([...this.#plugged.values()]);
  }

  deviceOf(port: string): Promise<string | undefined> {
    const device = this.links.get(port) ?? port;
    return Promise.resolve([...this.#plugged.values()].some((s) => s.devices.includes(device)) ? device : undefined);
  }

  openersOf(devices: ReadonlySet<string>): Promise<ReadonlyMap<string, readonly string[]>> {
    return Promise.resolve(new Map([...this.others].filter(([device]) => devices.has(device))));
  }

  watch(_named: readonly string[], changed: () => void): Timer {
    this.#changed.add(changed);
    const slow = every(this.rig.clock, 10_000, changed);
    return {
      cancel: () => {
        slow.cancel();
        this.#changed.delete(changed);
      },
    };
  }
}
