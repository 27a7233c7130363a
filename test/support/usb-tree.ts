import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

interface TtyOptions {
  /** `12d1:1506` */
  readonly id: string;
  readonly interfaceNumber?: number;
  readonly serialNumber?: string;
  readonly driver?: string;
  readonly devnum?: number;
  readonly portNumber?: number;
  /** What the device leads to; a plain file unless given. */
  readonly leadsTo?: string;
  /** Links below /dev/serial, such as `by-id/usb-HUAWEI-if00-port0`. */
  readonly links?: readonly string[];
}

/** `/sys` and `/dev` of a machine with USB serial ports, in a folder, as Linux lays them out. */
export class UsbTree {
  readonly root = mkdtempSync(join(tmpdir(), 'simpost-usb-'));

  constructor() {
    for (const folder of ['sys/class/tty', 'dev']) mkdirSync(join(this.root, folder), { recursive: true });
  }

  /** The device of a tty. */
  device(name: string): string {
    return join(this.root, 'dev', name);
  }

  /** @param socket bus and chain of ports, `1-1.4` */
  plug(name: string, socket: string, options: TtyOptions): void {
    const { id, interfaceNumber = 0, driver = 'option' } = options;
    const [vendor = '', product = ''] = id.split(':');
    const usb = join(this.root, 'sys/devices/pci0000:00/0000:00:14.0/usb1', socket);
    const iface = join(usb, `${socket}:1.${interfaceNumber}`);
    const tty = join(iface, name, 'tty', name);
    mkdirSync(tty, { recursive: true });
    const facts = new Map([
      [join(usb, 'idVendor'), vendor],
      [join(usb, 'idProduct'), product],
      [join(usb, 'devnum'), String(options.devnum ?? 1)],
      [join(iface, 'bInterfaceNumber'), interfaceNumber.toString(16).padStart(2, '0')],
      [join(iface, name, 'port_number'), String(options.portNumber ?? 0)],
      ...(options.serialNumber === undefined ? [] : [[join(usb, 'serial'), options.serialNumber] as const]),
    ]);
    for (const [path, value] of facts) writeFileSync(path, `${value}\n`);
    rmSync(join(iface, 'driver'), { force: true });
    symlinkSync(`../../../../../bus/usb/drivers/${driver}`, join(iface, 'driver'));
    symlinkSync(tty, join(this.root, 'sys/class/tty', name));
    if (options.leadsTo === undefined) writeFileSync(this.device(name), '');
    else symlinkSync(options.leadsTo, this.device(name));
    for (const link of options.links ?? []) {
      const path = join(this.root, 'dev/serial', link);
      mkdirSync(dirname(path), { recursive: true });
      symlinkSync(this.device(name), path);
    }
  }

  /** A network card, as an interface of the device in a socket. */
  plugNetwork(name: string, socket: string, interfaceNumber: number): void {
    const card = join(this.root, 'sys/devices/pci0000:00/0000:00:14.0/usb1', socket, `${socket}:1.${interfaceNumber}`, 'net', name);
    mkdirSync(card, { recursive: true });
    mkdirSync(join(this.root, 'sys/class/net'), { recursive: true });
    symlinkSync(card, join(this.root, 'sys/class/net', name));
  }

  /** Takes a tty away, with its links by the given names. */
  unplug(name: string, links: readonly string[] = []): void {
    for (const link of links) rmSync(join(this.root, 'dev/serial', link), { force: true });
    rmSync(this.device(name), { force: true });
    rmSync(join(this.root, 'sys/class/tty', name), { force: true });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
