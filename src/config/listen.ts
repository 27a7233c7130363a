import { BlockList, isIP } from 'node:net';

/** Where the API listens: `host` as `net.Server.listen` takes it, without brackets. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * Reads `127.0.0.1:8025`, `[::1]:8025` or `localhost:8025`.
 * @returns undefined for anything else; port 0 stands for any free one
 */
export function parseListen(text: string): ListenAddress | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([0-9.]+)|(localhost)):(\d{1,5})$/.exec(text);
  if (!match) return undefined;
  const [, six, four, name] = match;
  const port = Number(match[4]);
  if (port > 65_535) return undefined;
  if (six !== undefined) return isIP(six) === 6 ? { host: six, port } : undefined;
  if (four !== undefined) return isIP(four) === 4 ? { host: four, port } : undefined;
  return name === undefined ? undefined : { host: name, port };
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether only programs on this machine can reach the address (RFC 1122 3.2.1.3, RFC 4291 2.5.3). */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  const family = isIP(host);
  return family !== 0 && LOOPBACK.check(host, family === 6 ? 'ipv6' : 'ipv4');
}
