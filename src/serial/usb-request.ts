/**
 * What may be asked of the helper that runs as root, and the whole grammar of it (requirement X27): one line, a verb and its
 * arguments, each apart by one blank. Both sides use this, and the helper believes nothing that it does not match.
 *
 * | line | what |
 * |---|---|
 * | `usb-reset SOCKET` | resets the USB device in a socket, `1-1.4` |
 * | `port-power SOCKET` | switches the power of a socket off and on again |
 * | `who-holds DEVICE...` | who has these serial devices open, 1 to 64 of them |
 *
 * The answer is one line of JSON: `{"ok": true}`, with `holders` for `who-holds`, or `{"ok": false, "why": "..."}`.
 */
export type UsbRequest =
  | { readonly verb: 'usb-reset' | 'port-power'; readonly socket: string }
  | { readonly verb: 'who-holds'; readonly devices: readonly string[] };

/** Octets of a request line. */
export const LONGEST_REQUEST = 2_048;

const MOST_DEVICES = 64;

/** Bus, and the chain of hub ports, as the kernel writes it; a hub has 255 ports at most, and at most 6 follow each other. */
const SOCKET = /^[1-9]\d{0,2}-[1-9]\d{0,2}(?:\.[1-9]\d{0,2}){0,5}$/;
const DEVICE = /^\/dev\/tty(?:USB|ACM|AMA|HS|S)\d{1,3}$/;

/** @param line without its end @returns undefined for what is no request */
export function readUsbRequest(line: string): UsbRequest | undefined {
  if (line.length > LONGEST_REQUEST) return undefined;
  const [verb, ...rest] = line.split(' ');
  const [socket = ''] = rest;
  if (verb === 'usb-reset' || verb === 'port-power') return rest.length === 1 && SOCKET.test(socket) ? { verb, socket } : undefined;
  if (verb !== 'who-holds' || rest.length === 0 || rest.length > MOST_DEVICES) return undefined;
  return rest.every((device) => DEVICE.test(device)) ? { verb, devices: rest } : undefined;
}

/** A request as a line; undefined for one that the helper would not take. */
export function writeUsbRequest(request: UsbRequest): string | undefined {
  const line = [request.verb, ...(request.verb === 'who-holds' ? request.devices : [request.socket])].join(' ');
  return readUsbRequest(line) === undefined ? undefined : line;
}

/** The devices of which the helper can be asked who holds them. */
export const canBeAskedOf = (device: string): boolean => DEVICE.test(device);

/** The answer to a request. */
export type UsbAnswer =
  | { readonly ok: true; readonly holders?: Readonly<Record<string, readonly string[]>> }
  | { readonly ok: false; readonly why: string };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** @returns a refusal for what is no answer */
export function readUsbAnswer(line: string): UsbAnswer {
  try {
    const value: unknown = JSON.parse(line);
    if (isRecord(value) && value.ok === true) {
      const said = isRecord(value.holders) ? Object.entries(value.holders) : [];
      return { ok: true, holders: Object.fromEntries(said.map(([device, who]) => [device, Array.isArray(who) ? who.map(String) : []])) };
    }
    return { ok: false, why: isRecord(value) && typeof value.why === 'string' ? value.why : 'It gave no answer that can be understood.' };
  } catch {
    return { ok: false, why: 'It gave no answer that can be understood.' };
  }
}
