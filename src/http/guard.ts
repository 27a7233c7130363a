import type { FastifyRequest } from 'fastify';
import { Fault } from '../base/fault.ts';
import { ACCESS, type Access } from './access.ts';
import type { Caller, Keys } from './auth.ts';
import type { Api } from './parts.ts';
import type { Scope } from './scopes.ts';

/**
 * Puts a guard before every route, as the table of access says; must come before the routes.
 * @throws Error for a route that the table does not have
 */
export function guardRoutes(app: Api, keys: Keys): void {
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      const access = accessOf(method, route.url);
      if (access === undefined) throw new Error(`${method} ${route.url} has no line in the table of src/http/access.ts`);
      route.schema = { ...route.schema, security: access === 'open' ? [] : access.map((scope) => ({ apiKey: [scope] })) };
      if (access === 'open') continue;
      route.onRequest = (request, _reply, done) => {
        try {
          letIn(request, keys.callerOf(request), access);
          done();
        } catch (error) {
          done(error instanceof Error ? error : new Error(String(error)));
        }
      };
    }
  });
}

/** What may be read may be asked for without its body. */
const accessOf = (method: string, url: string): Access | undefined => ACCESS[`${method === 'HEAD' ? 'GET' : method} ${url}`];

function letIn(request: FastifyRequest, caller: Caller, scopes: readonly Scope[]): void {
  if (!scopes.some((scope) => caller.scopes.has(scope))) throw lacking(caller, scopes);
  request.caller = caller;
  request.keyId = caller.id;
}

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
  return new Fault(
    'scopeMissing',
    `The key "${caller.name}" has the scopes ${caller.given.join(', ') || 'none'}, and this needs ${scopes.join(' or ')}; make a key with it by \`simpost keys create --scopes\`.`,
  );
}
