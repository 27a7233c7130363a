import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { FastifyInstance } from 'fastify';
import { Fault } from '../base/fault.ts';
import { HEADERS_MAX, HEADERS_TIMEOUT, REQUEST_TIMEOUT } from './broken-request.ts';
import type { ApiParts, RemoteSetup } from './parts.ts';
import { PROBLEM_TYPE, problemOf } from './problem.ts';
import { SETUP_LASTS } from './setup-token.ts';

/** Milliseconds without an octet after which a connection is dropped; there is one person who sets up the box. */
const SILENCE = 20_000;
const CONNECTIONS = 20;

/**
 * A box without a screen is set up from the network: while it has neither owner nor key, and for an hour, the API listens at a second address,
 * over TLS, and opens there what it opens anywhere then: health, setup, and the page that asks for it. With the owner it is over.
 * Resolves when it listens, or is not needed, or cannot (which is logged), with what ends it and cuts its connections.
 */
export async function listenForSetup(
  app: FastifyInstance,
  { store, clock, log }: Pick<ApiParts, 'store' | 'clock' | 'log'>,
  remote: RemoteSetup,
): Promise<() => void> {
  if (store.accessible()) return () => undefined;
  const server = createServer(
    {
      cert: remote.cert,
      key: remote.key,
      minVersion: 'TLSv1.2',
      headersTimeout: HEADERS_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      maxHeaderSize: HEADERS_MAX,
    },
    (request: IncomingMessage, response: ServerResponse) => {
      if (!store.accessible()) {
        app.routing(request, response);
        return;
      }
      refuse(response);
      end();
    },
  );
  server.timeout = SILENCE;
  server.maxConnections = CONNECTIONS;
  server.on('clientError', (_error, socket) => socket.destroy());
  const cut = (): void => {
    end();
    // A connection that is kept busy would outlive the hour.
    server.closeAllConnections();
  };
  const timer = clock.setTimer(SETUP_LASTS, cut);
  const end = (): void => {
    timer.cancel();
    if (!server.listening) return;
    server.close();
    server.closeIdleConnections();
    log.info('the setup from the network is over');
  };
  // The box goes on without: it can still be set up from itself.
  server.on('error', (error) => log.warn({ err: error }, 'the setup cannot be opened to the network'));
  server.listen(remote.listen);
  await once(server, 'listening').then(
    () => log.warn(remote.listen, 'this box may be set up from the network, over TLS, for an hour'),
    () => undefined,
  );
  return cut;
}

function refuse(response: ServerResponse): void {
  const fault = new Fault(
    'setupDone',
    'This box has an owner now, and listens where http.listen says: to reach it from other machines, run `simpost tls init` on it.',
  );
  const body = `${JSON.stringify(problemOf(fault))}\n`;
  response
    .writeHead(fault.status, { 'content-type': PROBLEM_TYPE, 'content-length': Buffer.byteLength(body), connection: 'close' })
    .end(body);
}
