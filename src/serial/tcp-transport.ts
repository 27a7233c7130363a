import { connect, type Socket } from 'node:net';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { whyUnreached } from '../base/unreached.ts';

/** Milliseconds that a connection may take to come about. */
const CONNECT_LIMIT = 10_000;

/** Milliseconds of silence after which the system asks whether the far side still lives. */
const KEEP_ALIVE = 15_000;

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * Reads `tcp://host:port`; an IPv6 address stands in brackets: `tcp://[::1]:7001`.
 * @returns undefined when it is not such an address
 */
export function parseTcp(text: string): TcpAddress | undefined {
  const parts = /^tcp:\/\/(?:\[([0-9A-Fa-f:.]+(?:%[\w.-]+)?)\]|([\w.-]+)):(\d{1,5})\/?$/.exec(text);
  const host = parts?.[1] ?? parts?.[2];
  const port = Number(parts?.[3]);
  return host !== undefined && port >= 1 && port <= 65_535 ? { host, port } : undefined;
}

/**
 * Connects to a modem behind a TCP port, octets as they are: ser2net in mode `raw`, or the simulator.
 * @param address `tcp://host:port`
 * @throws Fault `portUnreachable` when nobody answers there
 */
export function openTcp(address: string, clock: Clock): Promise<Socket> {
  const target = parseTcp(address);
  if (!target) return Promise.reject(new Fault('portUnreachable', `${address} is not an address: it must read tcp://host:port.`));
  return new Promise((resolve, reject) => {
    const socket = connect({ ...target, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE });
    const timer = clock.setTimer(CONNECT_LIMIT, () => socket.destroy(new Error(`no answer within ${CONNECT_LIMIT / 1000} s`)));
    socket.once('error', (error) => {
      timer.cancel();
      reject(new Fault('portUnreachable', `Nobody answers at ${address}: ${whyUnreached(error)}.`, [], { cause: error }));
    });
    // Stays, so that a later error without another listener ends nothing.
    socket.on('error', () => undefined);
    socket.once('connect', () => {
      timer.cancel();
      resolve(socket);
    });
  });
}
