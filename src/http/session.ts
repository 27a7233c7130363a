import type { FastifyRequest } from 'fastify';
import { Fault } from '../base/fault.ts';
import type { AuditAction } from '../store/records/audit.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { callerOf } from './guard.ts';
import type { LoginLimits } from './login-limits.ts';
import type { Api, ApiParts } from './parts.ts';
import type { Passwords } from './passwords.ts';
import { Shared } from './schemas/common.ts';
import { Login, OwnPassword, type Session } from './schemas/user.ts';
import { checkSameOrigin, type Sessions } from './sessions.ts';

const tags = ['access'];

/** Logging in and out. */
export function sessionRoutes(
  app: Api,
  { store, clock }: ApiParts,
  { sessions, passwords, limits }: { sessions: Sessions; passwords: Passwords; limits: LoginLimits },
): void {
  app.post(
    '/v1/session',
    {
      schema: {
        operationId: 'logIn',
        tags,
        summary: 'Log in',
        description:
          'Sets a cookie for this session (`simpost`, over TLS `__Host-simpost`), which is over after 12 hours without a request. Five wrong passwords in 15 minutes for a name from one address, and ten from anywhere, are all; a name that nobody has counts the same.',
        body: Login,
        response: answers(
          { 200: { description: 'Logged in.', schema: Shared('Session') } },
          [...BODY_FAULTS, 'loginRefused', 'rateLimited', 'crossSite', 'setupNeeded', 'storeFull'],
          false,
        ),
      },
    },
    async (request, reply) => {
      // A browser that says where the page is from that asks must name this box; programs say nothing.
      if (request.headers.origin !== undefined) checkSameOrigin(request);
      const { name, password } = request.body;
      const right = limits.begin(name, request.ip);
      const user = await store.userNamed(name);
      if (!(await passwords.matches(password, user?.password)) || !user || (await store.userNamed(name))?.password !== user.password) {
        await note(request, 'session.refuse', user?.id ?? null);
        throw new Fault('loginRefused', 'The name or the password is wrong.');
      }
      right();
      await note(request, 'session.begin', user.id);
      const { caller, csrfToken } = sessions.begin(user, request, reply);
      return shown(caller, csrfToken);
    },
  );

  app.get(
    '/v1/session',
    {
      schema: {
        operationId: 'getSession',
        tags,
        summary: 'Who am I?',
        description: 'The user of this session, or the API key, and what it may do.',
        response: answers({ 200: { description: 'Who asks.', schema: Shared('Session') } }, ['requestInvalid']),
      },
    },
    (request) =>
      Promise.resolve(shown(callerOf(request), callerOf(request).role === null ? null : (sessions.of(request)?.csrfToken ?? null))),
  );

  app.put(
    '/v1/session/password',
    {
      schema: {
        operationId: 'changeOwnPassword',
        tags,
        summary: 'Change my password',
        description:
          'Of the user of this session, who gives the one of now as well; guesses are limited as at the login. All other sessions of the user end, and this one goes on under a new cookie.',
        body: OwnPassword,
        response: answers({ 200: { description: 'Changed.', schema: Shared('Session') } }, [
          ...BODY_FAULTS,
          'loginRefused',
          'rateLimited',
          'storeFull',
        ]),
      },
    },
    async (request, reply) => {
      const { id, name, role } = callerOf(request);
      if (role === null) throw new Fault('scopeMissing', 'An API key has no password; a user changes it in a session of their own.');
      const { current, password } = request.body;
      const right = limits.begin(name, request.ip);
      const user = await store.userNamed(name);
      if (!user || user.id !== id || !(await passwords.matches(current, user.password))) {
        await note(request, 'session.refuse', id);
        throw new Fault('loginRefused', 'The password of now is wrong.', [{ pointer: '/current', detail: 'is wrong' }]);
      }
      right();
      const hashed = await passwords.hash(password);
      const entry = { at: clock.now(), actor: id, action: 'user.change', target: id, detail: { password: true } } as const;
      if ((await store.changeUser(id, { password: hashed }, entry)) !== 'done') {
        throw new Fault('loginRefused', 'This user is not there any more.');
      }
      sessions.endOf(id);
      const { caller, csrfToken } = sessions.begin({ ...user, password: hashed }, request, reply);
      return shown(caller, csrfToken);
    },
  );

  app.delete(
    '/v1/session',
    {
      schema: {
        operationId: 'logOut',
        tags,
        summary: 'Log out',
        description: 'Ends the session. An API key has none, and is answered the same.',
        response: answers({ 200: { description: 'Logged out.', schema: Shared('SessionEnded') } }, ['requestInvalid', 'storeFull']),
      },
    },
    async (request, reply) => {
      const { id, role } = callerOf(request);
      if (role !== null) await note(request, 'session.end', id);
      sessions.end(request, reply);
      return { ended: true };
    },
  );

  function note(request: FastifyRequest, action: AuditAction, user: string | null): Promise<void> {
    return store.audit({ at: clock.now(), actor: user ?? 'unknown', action, target: user, detail: { address: request.ip } });
  }
}

const shown = (
  { id, name, role, given }: Pick<ReturnType<typeof callerOf>, 'id' | 'name' | 'role' | 'given'>,
  csrfToken: string | null,
): Session => ({
  id,
  name,
  role,
  scopes: [...given],
  csrfToken,
});
