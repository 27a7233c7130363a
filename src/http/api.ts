import type { RequestListener, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { errorCodes, type FastifyInstance } from 'fastify';
import type { Timer } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { alertRoutes } from './alerts.ts';
import { allowanceRoutes } from './allowances.ts';
import { auditRoutes } from './audit.ts';
import { Keys } from './auth.ts';
import { backupRoutes } from './backups.ts';
import { batchRoutes } from './batch.ts';
import { answerBrokenRequest, HEADERS_MAX, HEADERS_TIMEOUT, LIST_TIMEOUT, limitBodies } from './broken-request.ts';
import { callRoutes } from './calls.ts';
import { campaignRoutes } from './campaigns.ts';
import { codeRoutes } from './codes.ts';
import { consentRoutes } from './consents.ts';
import { consoleFiles } from './console-files.ts';
import { contactListRoutes } from './contact-lists.ts';
import { contactRoutes } from './contacts.ts';
import { conversationRoutes } from './conversations.ts';
import { costRoutes } from './costs.ts';
import { dialogueRoutes } from './dialogues.ts';
import { estimateRoutes } from './estimate.ts';
import { eventRoutes } from './events.ts';
import { faultsPage } from './faults-page.ts';
import { guardRoutes } from './guard.ts';
import { hardwareRoutes } from './hardware.ts';
import { healthRoutes } from './health.ts';
import { checkHosts } from './host-check.ts';
import { IdempotencyKeys } from './idempotency.ts';
import { inboundRoutes } from './inbound.ts';
import { parseBody } from './json-body.ts';
import { KeyUses } from './key-uses.ts';
import { keyRoutes } from './keys.ts';
import { LoginDoor } from './login-door.ts';
import { LoginLimits } from './login-limits.ts';
import { mannersRoutes } from './manners.ts';
import { messageRoutes } from './messages.ts';
import { metricsRoute } from './metrics.ts';
import { missedRoutes } from './missed.ts';
import { answerTheRest } from './not-found.ts';
import { notifyRoutes } from './notify.ts';
import { occasionRoutes } from './occasions.ts';
import { describeApi, openApiRoute } from './openapi.ts';
import type { ApiParts } from './parts.ts';
import { personRoutes } from './persons.ts';
import { phoneRoutes } from './phones.ts';
import { posterRoutes } from './posters.ts';
import { previewRoutes } from './preview.ts';
import { errorHandler, faultOf, sendFault } from './problem.ts';
import { referencePage } from './reference.ts';
import { releaseRoutes } from './release.ts';
import { RequestLimits } from './request-limits.ts';
import { resourceRoutes } from './resources.ts';
import { ruleRoutes } from './rules.ts';
import { secondFactorRoutes } from './second-factor.ts';
import { SecondFactors } from './second-factors.ts';
import { segmentRoutes } from './segments.ts';
import { sendingRoutes } from './sending.ts';
import { sequenceRoutes } from './sequences.ts';
import { sessionRoutes } from './session.ts';
import { Sessions } from './sessions.ts';
import { settingRoutes } from './settings.ts';
import { signalRoutes } from './signal.ts';
import { simPinRoutes } from './sim-pin.ts';
import { simRoutes } from './sims.ts';
import { siteRoutes } from './site.ts';
import { Slices } from './slices.ts';
import { statisticsRoutes } from './statistics.ts';
import { stockRoutes } from './stock.ts';
import { suppressionRoutes } from './suppressions.ts';
import { taskRoutes } from './tasks.ts';
import { telephoneRoutes } from './telephone.ts';
import { templateRoutes } from './templates.ts';
import { timeRoutes } from './time.ts';
import { traceRoutes } from './traces.ts';
import { readOn } from './unread-body.ts';
import { userRoutes } from './users.ts';
import { validatorCompiler } from './validation.ts';
import { webhookRoutes } from './webhooks.ts';

const HTTP_OPTIONS = { headersTimeout: HEADERS_TIMEOUT, maxHeaderSize: HEADERS_MAX, connectionsCheckingInterval: 5000 };

const LINE_FEED = Buffer.from('\n');

/** Milliseconds without an octet either way before a connection is dropped; live events beat four times as often. */
const SILENCE = 60_000;
/** Milliseconds that requests under way get when the server closes. */
const GRACE = 10_000;
/** Milliseconds between looks for connections that have become idle meanwhile. */
const SWEEP = 100;

/**
 * The HTTP API, ready to listen (`listen`) or to be asked in a test (`inject`). `close` stops taking connections, ends
 * live events, and resolves when the requests under way are answered, or cut after 10 s.
 */
export async function buildApi(parts: ApiParts): Promise<FastifyInstance> {
  const lastAnswers = new WeakMap<Socket, ServerResponse>();
  const app = Fastify({
    logger: false,
    bodyLimit: parts.limits.bodyBytes,
    connectionTimeout: SILENCE,
    requestTimeout: LIST_TIMEOUT,
    http: HTTP_OPTIONS,
    ...(parts.tls ? { serverFactory: overTls(parts.tls) } : {}),
    // A request that came in on an open connection while closing is answered as always, and the connection closed.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 100 },
    frameworkErrors: (error, _request, reply) => {
      sendFault(reply, faultOf(error, undefined) ?? new Fault('requestInvalid', 'The address cannot be read.'));
    },
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, lastAnswers.get(socket)),
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.decorateRequest('keyId', '').decorateRequest('caller', null).decorateRequest('bodyHash', '');
  app.setValidatorCompiler(validatorCompiler);
  // The shapes are written out field by field in shape.ts, so nothing is left to filter, and this is the faster way.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler(errorHandler(parts));
  app.removeAllContentTypeParsers();
  // What comes with a call that takes no body is not looked at: many clients announce JSON or an empty form with every POST.
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) =>
    done(null, request.routeOptions.schema?.body === undefined ? undefined : parseBody(request, body)),
  );
  app.addContentTypeParser('*', ({ routeOptions: { schema } }, _payload, done) =>
    done(schema?.body === undefined && schema?.consumes === undefined ? null : new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE()),
  );
  limitBodies(app, parts.clock, (socket) => lastAnswers.get(socket));
  app.addHook('onRequest', (_request, reply, done) => {
    // What is answered here is about people: no cache keeps it, and no browser guesses what it is.
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    done();
  });
  // JSON ends with a line feed, so that a shell's prompt is not glued to it.
  app.addHook('onSend', (_request, _reply, payload, done) => {
    if (typeof payload === 'string' && payload.startsWith('{')) done(null, `${payload}\n`);
    else done(null, Buffer.isBuffer(payload) ? Buffer.concat([payload, LINE_FEED]) : payload);
  });

  // A parameter that a call does not read is a mistake of the caller, as an unknown field is; lists say which ones they know.
  app.addHook('preValidation', (request, _reply, done) => {
    const { url = '', schema } = request.routeOptions;
    const given = url.startsWith('/v1/') && schema?.querystring === undefined ? parametersOf(request.query) : [];
    done(given.length === 0 ? undefined : notRead(given));
  });

  // Connections that have asked nothing yet, such as a browser opens in advance: Node takes them for busy.
  const silent = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  app.server.on('request', (request, response) => {
    silent.delete(request.socket);
    lastAnswers.set(request.socket, response);
  });
  // Node drops headers beyond the first thousand in silence, and one of them may be the Idempotency-Key; HEADERS_MAX bounds them.
  app.server.maxHeadersCount = 0;

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

  if (parts.limits.connections > 0) app.server.maxConnections = parts.limits.connections;
  readOn(app, parts.clock);
  checkHosts(app, parts.hosts);
  answerTheRest(app);
  const uses = new KeyUses(parts);
  const keys = new Keys(parts.store, parts.clock, (id) => uses.used(id));
  app.addHook('onClose', () => uses.flush());
  const sessions = parts.sessions ?? new Sessions(parts.clock, parts.random);
  guardRoutes(app, {
    keys,
    sessions,
    accessible: () => parts.store.accessible(),
    limits: new RequestLimits(parts.clock, parts.limits.requestsPerSecond),
  });
  await describeApi(app, parts.version, parts.limits.batchMessages);
  const idempotency = new IdempotencyKeys(parts.store, parts.clock);
  const slices = new Slices(parts.clock);
  messageRoutes(app, parts, idempotency, slices);
  releaseRoutes(app, parts);
  await batchRoutes(app, parts, idempotency, slices);
  codeRoutes(app, parts, idempotency);
  inboundRoutes(app, parts, slices);
  callRoutes(app, parts, slices);
  conversationRoutes(app, parts);
  previewRoutes(app, parts);
  costRoutes(app, parts, slices);
  estimateRoutes(app, parts);
  eventRoutes(app, parts, slices);
  webhookRoutes(app, parts, slices);
  hardwareRoutes(app, parts);
  simRoutes(app, parts);
  allowanceRoutes(app, parts);
  traceRoutes(app, parts);
  simPinRoutes(app, parts);
  signalRoutes(app, parts);
  sendingRoutes(app, parts);
  backupRoutes(app, parts);
  missedRoutes(app, parts);
  await suppressionRoutes(app, parts);
  consentRoutes(app, parts, slices);
  taskRoutes(app, parts);
  occasionRoutes(app, parts, slices);
  notifyRoutes(app, parts);
  sequenceRoutes(app, parts);
  statisticsRoutes(app, parts, slices);
  ruleRoutes(app, parts);
  dialogueRoutes(app, parts);
  stockRoutes(app, parts);
  posterRoutes(app, parts);
  timeRoutes(app, parts);
  templateRoutes(app, parts);
  contactRoutes(app, parts, slices);
  await contactListRoutes(app, parts, slices);
  segmentRoutes(app, parts, slices);
  campaignRoutes(app, parts, slices);
  resourceRoutes(app, parts);
  telephoneRoutes(app, parts);
  keyRoutes(app, parts, keys, uses);
  const { store, clock, random, passwords, secondFactorKey: key } = parts;
  const factors = new SecondFactors({ key, store, clock, random });
  const door = new LoginDoor(store, clock, passwords, new LoginLimits(clock), factors);
  userRoutes(app, parts, { sessions, passwords });
  sessionRoutes(app, parts, { sessions, passwords, door });
  secondFactorRoutes(app, parts, { sessions, door, factors });
  auditRoutes(app, parts, slices);
  siteRoutes(app, parts);
  mannersRoutes(app, parts);
  settingRoutes(app, parts);
  phoneRoutes(app, parts);
  healthRoutes(app, parts);
  personRoutes(app, parts);
  metricsRoute(app, parts);
  alertRoutes(app, parts);
  openApiRoute(app);
  faultsPage(app);
  referencePage(app);
  consoleFiles(app, parts.consoleFolder);
  await app.ready();
  return app;
}

/** What Fastify sets on a server that it makes itself, it leaves to whoever makes another. */
const overTls =
  ({ cert, key }: { cert: string; key: string }) =>
  (handler: RequestListener): Server => {
    const server = createServer({ ...HTTP_OPTIONS, requestTimeout: LIST_TIMEOUT, cert, key, minVersion: 'TLSv1.2' }, handler);
    server.timeout = SILENCE;
    return server;
  };

const parametersOf = (query: unknown): string[] => (typeof query === 'object' && query !== null ? Object.keys(query) : []);

function notRead(names: readonly string[]): Fault {
  const why = 'is not known here; this call takes no parameters in its address';
  const places = names.slice(0, 20).map((name) => ({ pointer: `?${name.slice(0, 100)}`, detail: why }));
  return new Fault('requestInvalid', `The parameter ${places[0]?.pointer.slice(1)} ${why}.`, places);
}
