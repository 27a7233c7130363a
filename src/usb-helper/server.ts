import { createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../base/clock.ts';
import { LONGEST_REQUEST, readUsbRequest, type UsbAnswer, type UsbRequest } from '../serial/usb-request.ts';

/** Connections at a time, and milliseconds that one may take to say what it wants. */
const MOST = 8;
const PATIENCE = 5_000;

/** Takes one request on each connection, answers it, and closes. Who may connect, the rights of the socket say. */
export function helperServer(parts: { clock: Clock; answer(request: UsbRequest): Promise<UsbAnswer> }): Server {
  // Who has said all may close its side before it has the answer.
  const server = createServer({ allowHalfOpen: true }, (socket) => serve(socket, parts));
  server.maxConnections = MOST;
  return server;
}

function serve(socket: Socket, { clock, answer }: { clock: Clock; answer(request: UsbRequest): Promise<UsbAnswer> }): void {
  let heard = '';
  let asked = false;
  const timer = clock.setTimer(PATIENCE, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('close', () => timer.cancel());
  socket.on('end', () => {
    if (!asked) socket.end();
  });
  socket.on('data', (octets) => {
    if (asked) return;
    heard += octets.toString('latin1');
    const end = heard.indexOf('\n');
    if (end < 0 && heard.length <= LONGEST_REQUEST) return;
    asked = true;
    timer.cancel();
    const request = end < 0 ? undefined : readUsbRequest(heard.slice(0, end));
    const told: Promise<UsbAnswer> = request ? answer(request) : Promise.resolve({ ok: false, why: 'That is no request.' });
    void told.then((what) => socket.end(`${JSON.stringify(what)}\n`));
  });
}
