import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { usbInterface } from './usb-ports.ts';

/** A network card on USB. */
export interface UsbNetwork {
  /** `wwan0`. */
  readonly name: string;
  /** The USB socket that its device is in, `1-1.4`. */
  readonly socket: string;
}

/**
 * All network cards on USB that there are now.
 * @param root of the file system: `/`, or a folder with a `sys` of its own
 */
export async function usbNetworks(root: string): Promise<UsbNetwork[]> {
  const folder = join(root, 'sys/class/net');
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names.sort().map(async (name) => {
      const place = await realpath(join(folder, name)).catch(() => '');
      const { socket } = usbInterface(place) ?? {};
      return socket === undefined ? [] : [{ name, socket }];
    }),
  );
  return found.flat();
}
