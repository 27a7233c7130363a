import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A serial port on USB, as the system tells of it; nothing here asks the device itself. */
export interface UsbPort {
  /** What it really is, after all symbolic links: `/dev/ttyUSB0`. */
  readonly device: string;
  /** Other names of it that udev gives: below `/dev/serial/by-id` and `/dev/serial/by-path`. */
  readonly byId: readonly string[];
  readonly byPath: readonly string[];
  /** The USB socket that its device is in: bus and chain of hub ports, `1-1.4`, as `lsusb -t` and uhubctl count them. */
  readonly socket: string;
  /** bInterfaceNumber of USB. */
  readonly interfaceNumber: number;
  /** Which port of that interface, for adapters with several; 0 otherwise. */
  readonly portNumber: number;
  /** `vendor:product` in hex, `12d1:1506`. */
  readonly id: string;
  /** devnum of the bus, which counts on with each device that is plugged in or starts anew. */
  readonly enumeration: number;
  /** Null for a device that has none. */
  readonly serialNumber: string | null;
  /** The driver of the interface, `option`; null where none is named. */
  readonly driver: string | null;
}

/** A USB interface in a path of sysfs, `1-1.4:1.0`, after the device that it belongs to, `1-1.4`. */
const INTERFACE = /^(.*\/(\d+-\d+(?:\.\d+)*)\/\2:\d+\.\d+)(?:\/|$)/;

/** The USB interface that a place in sysfs belongs to, and the socket of its device; undefined where it is not on USB. */
export function usbInterface(place: string): { readonly iface: string; readonly socket: string } | undefined {
  const [, iface, socket] = INTERFACE.exec(place) ?? [];
  return iface === undefined || socket === undefined ? undefined : { iface, socket };
}

/**
 * All serial ports on USB that there are now. What vanishes while it is looked at is left out.
 * @param root of the file system: `/`, or a folder with a `sys` and a `dev` of its own
 */
export async function usbPorts(root = '/'): Promise<UsbPort[]> {
  const ttys = join(root, 'sys/class/tty');
  const names = await readdir(ttys).catch(() => []);
  const found = names.map((name) => onePort(root, join(ttys, name)).catch(() => undefined));
  const [byId, byPath, ports] = await Promise.all([
    linksIn(join(root, 'dev/serial/by-id')),
    linksIn(join(root, 'dev/serial/by-path')),
    Promise.all(found),
  ]);
  return ports.flatMap((port) => (port ? [{ ...port, byId: byId.get(port.device) ?? [], byPath: byPath.get(port.device) ?? [] }] : []));
}

/** @throws when it is not, or no longer, a port on USB */
async function onePort(root: string, entry: string): Promise<Omit<UsbPort, 'byId' | 'byPath'> | undefined> {
  const place = await realpath(entry);
  const { iface, socket } = usbInterface(place) ?? {};
  if (iface === undefined || socket === undefined) return undefined;
  const fact = async (path: string): Promise<string | null> => (await readFile(path, 'latin1').catch(() => null))?.trim() || null;
  const usb = dirname(iface);
  const [device, vendor, product, serialNumber, devnum, number, portNumber, driver] = await Promise.all([
    realpath(join(root, 'dev', basename(entry))),
    fact(join(usb, 'idVendor')),
    fact(join(usb, 'idProduct')),
    fact(join(usb, 'serial')),
    fact(join(usb, 'devnum')),
    fact(join(iface, 'bInterfaceNumber')),
    fact(join(dirname(dirname(place)), 'port_number')),
    readlink(join(iface, 'driver')).catch(() => null),
  ]);
  const interfaceNumber = Number.parseInt(number ?? '', 16);
  if (vendor === null || product === null || Number.isNaN(interfaceNumber)) return undefined;
  return {
    device,
    socket,
    interfaceNumber,
    portNumber: Number(portNumber ?? 0) || 0,
    id: `${vendor}:${product}`.toLowerCase(),
    enumeration: Number(devnum ?? 0) || 0,
    serialNumber,
    driver: driver === null ? null : basename(driver),
  };
}

/** The symbolic links in a folder, by what they really lead to. */
async function linksIn(folder: string): Promise<Map<string, string[]>> {
  const links = new Map<string, string[]>();
  for (const name of (await readdir(folder).catch(() => [])).sort()) {
    const path = join(folder, name);
    const target = await realpath(path).catch(() => undefined);
    if (target !== undefined) links.set(target, [...(links.get(target) ?? []), path]);
  }
  return links;
}
