import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorCode } from '../base/error-code.ts';
import { Fault, type FaultCode, type FaultPlace, isTransient } from '../base/fault.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import type { Store } from '../store/store.ts';
import type { RefusedRow } from './schemas/common.ts';

/**
 * Refusals as RFC 9457 has them. `type` is a reference to the list of faults that every box serves at `/faults`, so that it
 * leads somewhere without the internet; `code` is what programs ask for.
 */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: FaultCode;
  readonly errors: readonly FaultPlace[];
  readonly reasons?: readonly string[];
  readonly retryAfter?: number;
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Seconds after which the same request may succeed, for those faults that pass. */
export const RETRY_AFTER = 5;

/** @param within where the request stands in a batch (`/messages/3`): put before each pointer into the body */
export function problemOf(fault: Fault, within = ''): Problem {
  return {
    type: `/faults#${fault.code}`,
    title: fault.title,
    status: fault.status,
    detail: fault.message,
    code: fault.code,
    errors: within === '' ? fault.places : fault.places.map((place) => ({ ...place, pointer: within + place.pointer })),
    // Alone it has a header for that.
    ...(within === '' || !isTransient(fault) ? {} : { retryAfter: retryAfterOf(fault) }),
  };
}

/** The same of one row of a list. @param row as the file has it, from 1 */
export const refusedRow = (row: number, { message: detail, code, places }: Fault): RefusedRow => ({
  row,
  detail,
  code,
  errors: places.map(({ pointer, detail: why, reason, limit }) => ({
    pointer,
    detail: why,
    ...(reason === undefined ? {} : { reason }),
    ...(limit === undefined ? {} : { limit }),
  })),
});

/** Seconds after which a request that met such a fault may succeed. */
const retryAfterOf = (fault: Fault): number => fault.retryAfter ?? RETRY_AFTER;

/** What Fastify itself refuses, by its own codes. */
const FRAMEWORK: Readonly<Record<string, FaultCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'mediaTypeUnsupported',
  FST_ERR_CTP_BODY_TOO_LARGE: 'bodyTooLarge',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bodyInvalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'bodyInvalid',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bodyInvalid',
  FST_ERR_BAD_URL: 'requestInvalid',
  FST_ERR_MAX_PARAM_LENGTH: 'notFound',
};

const SENTENCES: Readonly<Partial<Record<FaultCode, string>>> = {
  mediaTypeUnsupported:
    'Send the body as UTF-8 JSON, with the header Content-Type: application/json (curl sends a form unless told so by -H).',
  bodyInvalid: 'The body does not have the length that its Content-Length says; send it whole.',
  requestInvalid: 'The address has a % that is not followed by two hexadecimal digits of UTF-8; encode it again.',
  notFound: 'The last part of the address is too long for any id.',
};

const WANTS_CSV = 'Send the list as CSV, with the header Content-Type: text/csv (with curl: -H and --data-binary @FILE).';

/**
 * The fault behind whatever was thrown on the way to an answer; undefined for what nobody foresaw.
 * @param route what is known of the call that was asked for
 */
export function faultOf(
  error: unknown,
  route: Pick<FastifyRequest['routeOptions'], 'bodyLimit' | 'schema'> | undefined,
): Fault | undefined {
  if (error instanceof Fault) return error;
  const own = errorCode(error);
  if (!(error instanceof Error) || own === undefined) return undefined;
  const code = FRAMEWORK[own];
  if (code === 'bodyTooLarge') return new Fault(code, `The body may have at most ${route?.bodyLimit ?? 0} octets; send less at once.`);
  if (code === 'mediaTypeUnsupported' && route?.schema?.consumes?.includes('text/csv')) return new Fault(code, WANTS_CSV);
  if (code) return new Fault(code, SENTENCES[code] ?? error.message);
  // The connection broke while the body was read: nobody is left to read the answer, and it is no mistake of ours.
  if ('statusCode' in error && error.statusCode === 400) return new Fault('bodyInvalid', 'The body did not arrive whole; send it again.');
  return undefined;
}

/** Sends a fault, with the headers that go with it. */
export function sendFault(reply: FastifyReply, fault: Fault): FastifyReply {
  return sendProblem(reply, problemOf(fault), isTransient(fault) ? retryAfterOf(fault) : undefined);
}

/** @param retryAfter seconds after which the same request may succeed, where it may */
export function sendProblem(reply: FastifyReply, problem: Problem, retryAfter: number | undefined): FastifyReply {
  if (problem.status === 401 || problem.status === 403) reply.header('www-authenticate', challenge(problem.code));
  if (problem.code === 'idempotencyInFlight') reply.header('retry-after', '1');
  else if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  return reply.code(problem.status).header('content-type', PROBLEM_TYPE).send(JSON.stringify(problem));
}

/** RFC 6750 3. */
function challenge(code: FaultCode): string {
  if (code === 'keyInvalid') return 'Bearer realm="simpost", error="invalid_token"';
  if (code === 'scopeMissing') return 'Bearer realm="simpost", error="insufficient_scope"';
  return 'Bearer realm="simpost"';
}

/**
 * The last resort of every request. What was not foreseen is logged under a number that the answer names, and the answer
 * says nothing else: neither a text nor a number of a client leaves by an error.
 */
export function errorHandler(parts: { log: Log; random: Random; store: Pick<Store, 'faultOf'> }) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const fault = faultOf(error, request.routeOptions) ?? parts.store.faultOf(error);
    if (fault && fault.status < 500) {
      sendFault(reply, fault);
      return;
    }
    const incident = parts.random.bytes(6).toString('hex');
    const where = { incident, method: request.method, route: request.routeOptions.url ?? null };
    if (fault) {
      parts.log.warn({ ...where, code: fault.code }, 'a request failed');
      sendFault(reply, fault);
      return;
    }
    parts.log.error({ ...where, err: traceOf(error) }, 'a request met an unexpected error');
    sendFault(
      reply,
      new Fault('internal', `Simpost made a mistake; its log has it as incident ${incident}. Nothing says that the request was done.`),
    );
  };
}

/** Name, code and place of an error, without its message: that may quote what a client wrote. */
function traceOf(error: unknown): { name: string; code: string | null; stack: string | null } {
  if (!(error instanceof Error)) return { name: typeof error, code: null, stack: null };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { name: error.name, code: errorCode(error) ?? null, stack: frames?.join('\n') ?? null };
}
