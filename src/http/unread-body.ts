import type { IncomingMessage } from 'node:http';
import type { Clock } from '../base/clock.ts';
import type { Api } from './parts.ts';

/** Octets of a body that is answered already which are still read, and milliseconds that they may take. */
const MOST = 32 * 2 ** 20;
export const LONGEST = 10_000;

/**
 * A body that is refused before it was read (too large, no key, no such address) is still on its way. Most clients write it to
 * its end before they read the answer, and a connection that is closed meanwhile takes the answer with it (RFC 9112 9.6). So
 * what comes is thrown away for a while, and only then the connection is cut.
 */
export function readOn(app: Api, clock: Clock): void {
  app.addHook('onSend', (request, reply, _payload, done) => {
    const { raw } = request;
    if (!raw.readableEnded && announcesBody(raw)) {
      const wantsClose = !reply.raw.shouldKeepAlive;
      // Node and Fastify would close as soon as the answer is written; while the server closes, that is right.
      reply.removeHeader('connection');
      reply.raw.shouldKeepAlive = true;
      throwAway(raw, clock, wantsClose);
    }
    done();
  });
}

export const announcesBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

function throwAway(request: IncomingMessage, clock: Clock, thenClose: boolean): void {
  const patience = clock.setTimer(LONGEST, () => request.destroy());
  let read = 0;
  request.on('data', (chunk: Buffer) => {
    read += chunk.length;
    if (read > MOST) request.destroy();
  });
  request.once('end', () => {
    if (thenClose) request.socket.end();
  });
  request.once('close', () => patience.cancel());
}
