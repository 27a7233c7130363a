import { createSocket } from 'node:dgram';
import { type Clock, sleep } from '../base/clock.ts';
import { deferred } from '../base/waits.ts';

/** Milliseconds; it runs on this machine. */
const PATIENCE = 1000;

/** Sends a datagram to chronyd on this machine; resolves with its answer, or undefined when there is none. */
export async function askChrony(request: Uint8Array, clock: Clock, port = 323): Promise<Uint8Array | undefined> {
  const socket = createSocket('udp4');
  const { promise, resolve } = deferred<Uint8Array | undefined>();
  socket.on('message', resolve);
  // Nobody listens there, as a rule.
  socket.on('error', () => resolve(undefined));
  // Connected: an answer from anywhere else is not heard.
  socket.connect(port, '127.0.0.1', () => socket.send(request));
  const answer = await Promise.race([promise, sleep(clock, PATIENCE).then(() => undefined)]);
  socket.close();
  return answer;
}
