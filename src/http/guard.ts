import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault } from '../base/fault.ts';
import { ROLES } from '../store/records/user.ts';
import { ACCESS, type Access, rolesWith, UNMASKED } from './access.ts';
import type { Caller, Keys } from './auth.ts';
import type { Api } from './parts.ts';
import type { RequestLimits } from './request-limits.ts';
import type { Scope } from './scopes.ts';
import type { Sessions } from './sessions.ts';

/** What opens a route. */
export interface Doors {
  readonly keys: Keys;
  readonly sessions: Sessions;
  /** Whether there is a key or a user. */
  accessible(): boolean;
  readonly limits: RequestLimits;
}

/**
 * Puts a guard before every route, as the table of access says; must come before the routes.
 * @throws Error for a route that the table does not have
 */
export function guardRoutes(app: Api, doors: Doors): void {
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      // What may be read may be asked for without its body.
      const line = `${method === 'HEAD' ? 'GET' : method} ${route.url}`;
      const access = ACCESS[line];
      if (access === undefined) throw new Error(`${method} ${route.url} has no line in the table of src/http/access.ts`);
      route.schema = { ...route.schema, security: securityOf(access, UNMASKED.has(line)) };
      if (access === 'always') continue;
      route.onRequest = (request, reply, done) => {
        try {
          letIn(request, access, UNMASKED.has(line), doors);
          doors.limits.take(request.caller?.id ?? request.ip, reply);
          done();
        } catch (error) {
          done(refused(error, request, reply, doors.limits));
        }
      };
    }
  });
}

/** Who is let in is counted as who it is, and everybody else by the address: guesses too. */
function refused(error: unknown, request: FastifyRequest, reply: FastifyReply, limits: RequestLimits): Error {
  try {
    if (error instanceof Fault && error.code !== 'rateLimited') limits.take(request.ip, reply);
    return error instanceof Error ? error : new Error(String(error));
  } catch (limited) {
    return limited instanceof Error ? limited : new Error(String(limited));
  }
}

/** As the document has it (OpenAPI 3.1, Security Requirement Object): any one of these. */
function securityOf(access: Access, isUnmasked: boolean): Record<string, string[]>[] {
  if (access === 'always' || access === 'open') return [];
  if (access === 'anyone') return [{ apiKey: [] }, { session: [...ROLES] }];
  return [...access.map((scope) => ({ apiKey: [scope] })), { session: rolesWith(access, isUnmasked) }];
}

function letIn(
  request: FastifyRequest,
  access: Exclude<Access, 'always'>,
  isUnmasked: boolean,
  { keys, sessions, accessible }: Doors,
): void {
  try {
    if (access === 'open') {
      if (!accessible()) throw setupNeeded();
      return;
    }
    const caller = request.headers.authorization === undefined ? sessions.callerOf(request) : undefined;
    const known = caller ?? keys.callerOf(request);
    if (access !== 'anyone' && (!access.some((scope) => known.scopes.has(scope)) || (isUnmasked && known.masked)))
      throw lacking(known, access);
    request.caller = known;
    request.keyId = known.id;
  } catch (error) {
    throw error instanceof Fault && error.status === 401 && !accessible() ? setupNeeded() : error;
  }
}

export const setupNeeded = (): Fault =>
  new Fault(
    'setupNeeded',
    'This box has neither an owner nor an API key yet. On the box itself, run `simpost keys create`, or POST /v1/setup with the token that its log shows.',
  );

/** Who asks. Only for routes that are not open. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Error(`${request.routeOptions.url} has no caller`);
  return request.caller;
}

/** @throws Fault `scopeMissing` */
export function mustHave(caller: Caller, scope: Scope): void {
  if (!caller.scopes.has(scope)) throw lacking(caller, [scope]);
}

/** Whether somebody may see, and change, what was handed over with a key. */
export function reaches(caller: Caller, keyId: string): boolean {
  return caller.id === keyId || caller.scopes.has('read:all');
}

function lacking(caller: Caller, scopes: readonly Scope[]): Fault {
  const { name, role } = caller;
  if (role !== null) return new Fault('scopeMissing', `${name} has the role ${role}, and that may not do this; an owner can change it.`);
  return new Fault(
    'scopeMissing',
    `The key "${name}" has the scopes ${caller.given.join(', ') || 'none'}, and this needs ${scopes.join(' or ')}; make a key with it by \`simpost keys create --scopes\`.`,
  );
}
