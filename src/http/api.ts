import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Timer } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { Keys } from './auth.ts';
import { batchRoutes } from './batch.ts';
import { eventRoutes } from './events.ts';
import { faultsPage } from './faults-page.ts';
import { hardwareRoutes } from './hardware.ts';
import { healthRoutes } from './health.ts';
import { IdempotencyKeys } from './idempotency.ts';
import { inboundRoutes } from './inbound.ts';
import { parseJson, rawBody } from './json-body.ts';
import { messageRoutes } from './messages.ts';
import { answerTheRest } from './not-found.ts';
import { describeApi, openApiRoute } from './openapi.ts';
import type { ApiParts } from './parts.ts';
import { previewRoutes } from './preview.ts';
import { errorHandler, faultOf, PROBLEM_TYPE, problemOf, sendFault } from './problem.ts';
import { validatorCompiler } from './validation.ts';

/** Milliseconds that a client has to send its headers, and the whole of its request (slowloris). */
const HEADERS_TIMEOUT = 10_000;
const REQUEST_TIMEOUT = 30_000;
/** Milliseconds without an octet either way before a connection is dropped; live events beat four times as often. */
const SILENCE = 60_000;
/** Octets of the request line and headers. */
const HEADERS_MAX = 16_384;
/** Milliseconds that requests under way get when the server closes. */
const GRACE = 10_000;
/** Milliseconds between looks for connections that have become idle meanwhile. */
const SWEEP = 100;

/**
 * The HTTP API, ready to listen (`listen`) or to be asked in a test (`inject`). `close` stops taking connections, ends
 * live events, and resolves when the requests under way are answered, or cut after 10 s.
 */
export async function buildApi(parts: ApiParts): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: parts.limits.bodyBytes,
    connectionTimeout: SILENCE,
    requestTimeout: REQUEST_TIMEOUT,
    http: { headersTimeout: HEADERS_TIMEOUT, maxHeaderSize: HEADERS_MAX, connectionsCheckingInterval: 5000 },
    // A request that came in on an open connection while closing is answered as always, and the connection closed.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 100 },
    frameworkErrors: (error, _request, reply) => {
      sendFault(reply, faultOf(error, undefined) ?? new Fault('requestInvalid', 'The address cannot be read.'));
    },
    clientErrorHandler: answerBrokenRequest,
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.decorateRequest('keyId', '').decorateRequest('keyHash', '').decorateRequest('bodyHash', '');
  app.setValidatorCompiler(validatorCompiler);
  // The shapes are written out field by field in shape.ts, so nothing is left to filter, and this is the faster way.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler(errorHandler(parts));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) =>
    // Some clients announce JSON with every request, also where there is nothing to send.
    done(null, body.length === 0 && request.method === 'DELETE' ? undefined : parseJson(rawBody(request, body))),
  );
  app.addHook('onRequest', (_request, reply, done) => {
    // What is answered here is about people: no cache keeps it, and no browser guesses what it is.
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    done();
  });
  // JSON ends with a line feed, so that a shell's prompt is not glued to it.
  app.addHook('onSend', (_request, _reply, payload, done) => {
    done(null, typeof payload === 'string' && payload.startsWith('{') ? `${payload}\n` : payload);
  });

  // Connections that have asked nothing yet, such as a browser opens in advance: Node takes them for busy.
  const silent = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  app.server.on('request', (request) => silent.delete(request.socket));

  let sweep: Timer | undefined;
  app.addHook('preClose', (done) => {
    const end = parts.clock.monotonic() + GRACE;
    // A connection that answered its last request would be kept for another: it is closed as soon as it is idle.
    const again = (): void => {
      if (parts.clock.monotonic() >= end) {
        app.server.closeAllConnections();
        return;
      }
      app.server.closeIdleConnections();
      for (const socket of silent) if (socket.bytesRead === 0) socket.destroy();
      sweep = parts.clock.setTimer(SWEEP, again);
    };
    again();
    done();
  });
  app.addHook('onClose', (_instance, done) => {
    sweep?.cancel();
    done();
  });

  answerTheRest(app);
  await describeApi(app, parts.version, parts.limits.batchMessages);
  const keys = new Keys(parts.store, parts.clock);
  const idempotency = new IdempotencyKeys(parts.store);
  messageRoutes(app, parts, keys, idempotency);
  await batchRoutes(app, parts, keys, idempotency);
  inboundRoutes(app, parts, keys);
  previewRoutes(app, keys);
  eventRoutes(app, parts, keys);
  hardwareRoutes(app, parts, keys);
  healthRoutes(app, parts);
  openApiRoute(app);
  faultsPage(app);
  await app.ready();
  return app;
}

/** What did not become a request: rubbish, endless headers, a sender that is too slow. Answered on the bare socket. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
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
