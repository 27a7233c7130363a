import { Fault } from '../base/fault.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { callerOf } from './guard.ts';
import type { LoginDoor } from './login-door.ts';
import type { Api, ApiParts } from './parts.ts';
import type { Passwords } from './passwords.ts';
import { Shared } from './schemas/common.ts';
import { Login, OwnPassword, type Session } from './schemas/user.ts';
import { checkSameOrigin, type Sessions } from './sessions.ts';

const tags = ['access'];

/** Logging in and out. */
export function sessionRoutes(
  app: Api,
  { store, clock, time }: ApiParts,
  { sessions, passwords, door }: { sessions: Sessions; passwords: Passwords; door: LoginDoor },
): void {
  app.post(
    '/v1/session',
    {
      schema: {
        operationId: 'logIn',
        tags,
        summary: 'Log in',
        description:
          'Sets a cookie for this session (`simpost`, over TLS `__Host-simpost`), which is over after 12 hours without a request. Five wrong passwords in 15 minutes for a name from one address, and ten from anywhere, are all; a name that nobody has counts the same, and so does a wrong code. A user with a second factor shows a code as well: without it the right password is answered `codeNeeded`, and opens nothing.',
        body: Login,
        response: answers(
          { 200: { description: 'Logged in.', schema: Shared('Session') } },
          [...BODY_FAULTS, 'loginRefused', 'codeNeeded', 'rateLimited', 'crossSite', 'setupNeeded', 'storeFull'],
          false,
        ),
      },
    },
    async (request, reply) => {
      // A browser that says where the page is from that asks must name this box; programs say nothing.
      if (request.headers.origin !== undefined) checkSameOrigin(request);
      const { name, password, code } = request.body;
      const proven = await door.find(request, name, password);
      if (!proven) throw refused(code, time.trust.trusted);
      const { user, right } = proven;
      if (user.secondFactor) {
        if (code === undefined) {
          throw new Fault('codeNeeded', 'The password is right; send a code of the app as well, or a recovery code, as `code` beside it.');
        }
        if (!(await door.takesCode(request, user, code))) throw refused(code, time.trust.trusted);
      }
      right();
      await door.note(request, 'session.begin', user.id);
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
      const { current, password } = request.body;
      const { user } = await door.again(request, current);
      const { id } = user;
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
      if (role !== null) await door.note(request, 'session.end', id);
      sessions.end(request, reply);
      return { ended: true };
    },
  );
}

/** The same words whatever of it is wrong; they go by what was sent alone. */
function refused(code: string | undefined, isTimeKnown: boolean): Fault {
  if (code === undefined) return new Fault('loginRefused', 'The name or the password is wrong.');
  const untimed = isTimeKnown
    ? ''
    : ' This box is not sure of its clock, which the codes of an app go by: a recovery code opens without one.';
  return new Fault('loginRefused', `The name, the password or the code is wrong.${untimed}`);
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
