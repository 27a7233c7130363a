import { basename } from 'node:path';
import type { UsbPort } from './usb-ports.ts';

/** A port at which a modem may be spoken to. */
export interface StickPort {
  /** The name to open and show it by: one that stays, where there is one. */
  readonly port: string;
  /** What it really is, after all symbolic links. */
  readonly device: string;
}

/** What is plugged in and may be one modem: a stick with all its ports, or one port of an adapter. */
export interface Stick {
  /** Where: `1-1.4`; of an adapter with several ports `1-1.4:0`, the interface, and `1-1.4:0.1` the second port of one interface. */
  readonly usbPath: string;
  /** The same as `/dev/serial/by-path` calls it, for who names it so. */
  readonly otherNames: readonly string[];
  /** `adapter`: a serial line comes out of it, and what is on that nobody can know without asking. */
  readonly kind: 'modem' | 'adapter';
  /** `vendor:product`. */
  readonly id: string;
  /** The number that the bus gave it: another one after each time it was plugged in or started anew. */
  readonly enumeration: number;
  /** At which it may be spoken to, best first. */
  readonly ports: readonly StickPort[];
  /** All its devices, also those that speak something else. */
  readonly devices: readonly string[];
}

/** Drivers of the kernel that are for modems alone. */
const MODEM_DRIVERS = new Set(['option', 'sierra', 'qcserial', 'hso', 'ipw']);

/**
 * Which modems may be plugged in, from the ports that there are.
 * @param at the USB interfaces that speak AT, best first, by `vendor:product`: what the profiles of modems say
 * @returns one for each USB device that is a modem; one for each port of anything else, since every port of an adapter
 *   with four may have a modem of its own
 */
export function sticksOf(ports: readonly UsbPort[], at: ReadonlyMap<string, readonly number[]>): Stick[] {
  const bySocket = groups(ports, (port) => port.socket);
  const shared = sharedSerials(ports);
  const found = [...bySocket].flatMap(([socket, members]): Stick[] => {
    const sorted = members.toSorted((a, b) => a.interfaceNumber - b.interfaceNumber || a.portNumber - b.portNumber);
    const known = sorted.map((port) => at.get(port.id)).find((numbers) => numbers !== undefined);
    const isModem = known !== undefined || sorted.some((port) => port.driver !== null && MODEM_DRIVERS.has(port.driver));
    if (isModem) {
      const chosen = known === undefined ? sorted : bestOf(sorted, known);
      const otherNames = unique(sorted.flatMap((port) => port.byPath).map((path) => basename(path).replace(PORT_OF_PATH, '')));
      return [
        {
          usbPath: socket,
          otherNames,
          kind: 'modem',
          id: sorted[0]?.id ?? '',
          enumeration: sorted[0]?.enumeration ?? 0,
          ports: chosen.map((port) => named(port, shared)),
          devices: sorted.map((port) => port.device),
        },
      ];
    }
    return sorted.map((port) => ({
      usbPath: sorted.length === 1 ? socket : `${socket}:${port.interfaceNumber}${port.portNumber > 0 ? `.${port.portNumber}` : ''}`,
      otherNames: unique(
        port.byPath.flatMap((path) => [basename(path), ...(sorted.length === 1 ? [basename(path).replace(PORT_OF_PATH, '')] : [])]),
      ),
      kind: 'adapter',
      id: port.id,
      enumeration: port.enumeration,
      ports: [named(port, shared)],
      devices: [port.device],
    }));
  });
  return found.toSorted((a, b) => a.usbPath.localeCompare(b.usbPath, 'en', { numeric: true }));
}

/** `:1.0-port0` of `pci-0000:00:14.0-usb-0:1.4:1.0-port0`: what follows the socket. */
const PORT_OF_PATH = /:\d+\.\d+(?:-port\d+)?$/;

/** The ports that speak AT, in the order of the profile; all of them where it names none that is there. */
function bestOf(sorted: readonly UsbPort[], at: readonly number[]): readonly UsbPort[] {
  const best = at.flatMap((number) => sorted.filter((port) => port.interfaceNumber === number));
  return best.length > 0 ? best : sorted;
}

/** A name by serial number says which device it is, if it has one of its own; else the name by socket says at least where. */
function named(port: UsbPort, shared: ReadonlySet<string>): StickPort {
  const ownSerial = port.serialNumber !== null && !shared.has(serialKey(port));
  return { port: (ownSerial ? port.byId[0] : undefined) ?? port.byPath[0] ?? port.device, device: port.device };
}

/** Devices that have one serial number among them, each group with its sockets and what is named by that number. */
export function alike(ports: readonly UsbPort[]): { id: string; sockets: string[]; names: string[] }[] {
  const shared = sharedSerials(ports);
  return [...groups(ports, serialKey)].flatMap(([key, members]) =>
    shared.has(key) && members[0]?.serialNumber != null
      ? [{ id: members[0].id, sockets: unique(members.map((m) => m.socket)), names: unique(members.flatMap((m) => m.byId)) }]
      : [],
  );
}

/** Serial numbers that several devices have: some batches all say `0123456789ABCDEF`. */
function sharedSerials(ports: readonly UsbPort[]): ReadonlySet<string> {
  const sockets = groups(ports, serialKey);
  return new Set([...sockets].filter(([, members]) => new Set(members.map((m) => m.socket)).size > 1).map(([key]) => key));
}

const serialKey = (port: UsbPort): string => `${port.id} ${port.serialNumber}`;

function groups(ports: readonly UsbPort[], keyOf: (port: UsbPort) => string): Map<string, UsbPort[]> {
  const byKey = new Map<string, UsbPort[]>();
  for (const port of ports) byKey.set(keyOf(port), [...(byKey.get(keyOf(port)) ?? []), port]);
  return byKey;
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
