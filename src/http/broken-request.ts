import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Api } from './parts.ts';
import { PROBLEM_TYPE, problemOf } from './problem.ts';
import { announcesBody } from './unread-body.ts';

/** Milliseconds that a client has to send its headers, and the whole of its request (slowloris). */
export const HEADERS_TIMEOUT = 10_000;
export const REQUEST_TIMEOUT = 30_000;
/** The same for lists of contacts, which are read no faster than they are written down. */
export const LIST_TIMEOUT = 30 * 60_000;
/** Octets of such a list. */
export const LIST_MAX = 64 * 2 ** 20;
/** Octets of the request line and headers. */
export const HEADERS_MAX = 16_384;

/**
 * What did not become a request: rubbish, endless headers, a sender that is too slow. Answered on the bare socket.
 * @param last the answer to the last request on this connection, if there was one
 */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket, last: ServerResponse | undefined): void {
  if (error.code === 'ECONNRESET' || !socket.writable || !awaited(last)) {
    socket.destroy();
    return;
  }
  const fault = brokenRequest(error.code);
  const body = JSON.stringify(problemOf(fault));
  socket.end(
    [
      `HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status] ?? ''}`,
      'Connection: close',
      `Content-Type: ${PROBLEM_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}

/** Cuts what is too slow, lists apart: Node has one limit for all routes, and it is that of lists. */
export function limitBodies(app: Api, clock: Clock, last: (socket: Socket) => ServerResponse | undefined): void {
  app.addHook('onRequest', ({ raw, routeOptions }, _reply, done) => {
    if (announcesBody(raw) && !raw.complete && routeOptions.bodyLimit !== LIST_MAX) {
      const { socket } = raw;
      const timer = clock.setTimer(REQUEST_TIMEOUT, () => answerBrokenRequest(late(), socket, last(socket)));
      raw.once('end', () => timer.cancel()).once('close', () => timer.cancel());
    }
    done();
  });
}

const late = (): Error & { code?: string } => Object.assign(new Error('the request is late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });

/**
 * Whether what is written now would be taken for what it is. Behind rubbish that was sent after a request which is still at
 * work, it would be the answer to that request: refused, while it is accepted, and then sent again.
 */
function awaited(last: ServerResponse | undefined): boolean {
  if (!last) return true;
  return last.req.complete ? last.writableFinished : last.socket !== null && !last.headersSent;
}

function brokenRequest(code: string | undefined): Fault {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new Fault('headersTooLarge', `The request line and headers may have ${HEADERS_MAX} octets together; send less.`);
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new Fault(
      'requestTimeout',
      `Headers must be here within ${HEADERS_TIMEOUT / 1000} s and the whole request within ${REQUEST_TIMEOUT / 1000} s.`,
    );
  }
  return new Fault('requestInvalid', 'This is not an HTTP/1.1 request.');
}
