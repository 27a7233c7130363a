import type { FastifyRequest } from 'fastify';
import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { newId } from '../base/ids.ts';
import type { User as StoredUser, UserOutcome } from '../store/records/user.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { setupNeeded } from './guard.ts';
import type { Api, ApiParts } from './parts.ts';
import type { Passwords } from './passwords.ts';
import { pageIn, pageOf } from './query.ts';
import { listOf, PageQuery, Shared } from './schemas/common.ts';
import { ChangeUser, CreateUser, SetUp, type User, UserParams } from './schemas/user.ts';
import type { Sessions } from './sessions.ts';
import { isThisMachine, SetupToken } from './setup-token.ts';
import { checkName } from './text.ts';

const tags = ['access'];

/** People: made, listed, changed and removed; and the first of them, who owns the box. */
export function userRoutes(app: Api, parts: ApiParts, { sessions, passwords }: { sessions: Sessions; passwords: Passwords }): void {
  const { store, clock } = parts;
  const setup = new SetupToken(clock, parts.random, parts.remoteSetup?.word);
  app.addHook('onListen', (done) => {
    // Into the log and nowhere else: whoever reads it, has the box. The word of the installer was told by it.
    if (!store.accessible() && parts.remoteSetup === undefined)
      parts.log.warn({ setupToken: setup.word }, 'nobody owns this box yet: POST /v1/setup on it within an hour');
    done();
  });

  app.post(
    '/v1/setup',
    {
      schema: {
        operationId: 'setUp',
        tags,
        summary: 'Become the owner of a new box',
        description:
          'Only while there is neither a user nor an API key, within an hour of the start of the daemon: from the box itself with the token from its log, or from its network over TLS with the token that `simpost setup-token` printed.',
        body: SetUp,
        response: answers(
          { 201: { description: 'The owner.', schema: Shared('User') } },
          [...BODY_FAULTS, 'loginRefused', 'addressForbidden', 'setupNeeded', 'tooLate', 'storeFull'],
          false,
        ),
      },
    },
    async (request, reply) => {
      const { token, name, password } = request.body;
      checkSetUp(request);
      if (setup.isOver) {
        throw new Fault(
          'setupNeeded',
          'The hour for the setup is over; start the daemon again for another token, or run `simpost keys create`.',
        );
      }
      if (!setup.matches(token)) throw new Fault('loginRefused', 'This is not the token that the log of this daemon shows.');
      const user = await newUser(name, password, 'owner');
      checkSetUp(request);
      await store.addUser(user, {
        at: clock.now(),
        actor: 'setup',
        action: 'user.create',
        target: user.id,
        detail: { name: user.name, role: 'owner' },
      });
      parts.remoteSetup?.used();
      return reply.code(201).send(shown(user));
    },
  );

  app.get(
    '/v1/users',
    {
      schema: {
        operationId: 'listUsers',
        tags,
        summary: 'Users',
        description: 'The oldest first.',
        querystring: PageQuery,
        response: answers({ 200: { description: 'A page of users.', schema: listOf('User') } }, ['requestInvalid', 'cursorInvalid']),
      },
    },
    async (request) =>
      pageOf('users', (await store.users()).map(shown), ({ createdAt, id }) => `${createdAt} ${id}`, pageIn(request.query)),
  );

  app.post(
    '/v1/users',
    {
      schema: {
        operationId: 'createUser',
        tags,
        summary: 'Add a user',
        body: CreateUser,
        response: answers({ 201: { description: 'Added.', schema: Shared('User') } }, [...BODY_FAULTS, 'nameTaken', 'storeFull']),
      },
    },
    async (request, reply) => {
      const { name, password, role } = request.body;
      const user = await newUser(name, password, role);
      checked(await store.addUser(user, auditEntry(clock, request, 'user.create', user.id, { name: user.name, role })));
      return reply.code(201).send(shown(user));
    },
  );

  app.put(
    '/v1/users/:id',
    {
      schema: {
        operationId: 'changeUser',
        tags,
        summary: 'Change the role or the password of a user',
        description: 'Ends the sessions of the user.',
        params: UserParams,
        body: ChangeUser,
        response: answers({ 200: { description: 'As it is now.', schema: Shared('User') } }, [
          ...BODY_FAULTS,
          'notFound',
          'lastOwner',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { role, password } = request.body;
      const change = {
        ...(role === undefined ? {} : { role }),
        ...(password === undefined ? {} : { password: await passwords.hash(password) }),
      };
      const entry = auditEntry(clock, request, 'user.change', id, { role, password: password === undefined ? undefined : true });
      checked(await store.changeUser(id, change, entry));
      sessions.endOf(id);
      const user = (await store.users()).find((one) => one.id === id);
      if (!user) throw checkedNot('unknown');
      return shown(user);
    },
  );

  app.delete(
    '/v1/users/:id',
    {
      schema: {
        operationId: 'removeUser',
        tags,
        summary: 'Remove a user',
        description: 'Ends the sessions of the user. What the user did stays in the audit log.',
        params: UserParams,
        response: answers({ 200: { description: 'Removed.', schema: Shared('UserRemoved') } }, [
          'requestInvalid',
          'notFound',
          'lastOwner',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { id } = request.params;
      // Once it is gone, nothing else says who it was.
      const name = (await store.users()).find((one) => one.id === id)?.name;
      checked(await store.removeUser(id, auditEntry(clock, request, 'user.remove', id, { name })));
      sessions.endOf(id);
      return { id, removed: true };
    },
  );

  app.delete(
    '/v1/users/:id/second-factor',
    {
      schema: {
        operationId: 'takeSecondFactorAway',
        tags,
        summary: 'Take the second factor away from a user who lost it',
        description:
          'The password alone opens again, and the sessions of the user end. Your own is switched off with `POST /v1/session/second-factor/off`.',
        params: UserParams,
        response: answers({ 200: { description: 'As it is now.', schema: Shared('User') } }, [
          'requestInvalid',
          'notFound',
          'stateDiffers',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { id } = request.params;
      if (id === request.keyId)
        throw new Fault('stateDiffers', 'This is your own second factor: switch it off with the password and a code.');
      const user = (await store.users()).find((one) => one.id === id);
      if (!user) throw checkedNot('unknown');
      if (!user.secondFactor) throw new Fault('stateDiffers', 'This user has no second factor.');
      checked(await store.changeUser(id, { secondFactor: null }, auditEntry(clock, request, 'secondFactor.takeAway', id)));
      sessions.endOf(id);
      return shown({ ...user, secondFactor: null });
    },
  );

  async function newUser(name: string, password: string, role: StoredUser['role']): Promise<StoredUser> {
    checkName(name, (why) => new Fault('requestInvalid', `The name ${why}.`, [{ pointer: '/name', detail: why, reason: 'characters' }]));
    return {
      id: newId('usr', parts.random),
      name: name.trim(),
      role,
      password: await passwords.hash(password),
      secondFactor: null,
      createdAt: clock.now(),
    };
  }

  function checkSetUp({ ip, protocol }: FastifyRequest): void {
    if (store.accessible())
      throw new Fault('tooLate', 'This box has an owner or an API key already; whoever may do everything adds users.');
    if (!isThisMachine(ip) && !(parts.remoteSetup && protocol === 'https')) {
      throw new Fault('addressForbidden', `A box is set up from itself, and this request comes from ${ip}.`, [], {
        cause: setupNeeded(),
      });
    }
  }
}

function checked(outcome: UserOutcome): void {
  if (outcome !== 'done') throw checkedNot(outcome);
}

function checkedNot(outcome: Exclude<UserOutcome, 'done'>): Fault {
  switch (outcome) {
    case 'unknown':
      return new Fault('notFound', 'There is no user with this id; GET /v1/users lists those that there are.');
    case 'nameTaken':
      return new Fault('nameTaken', 'There is a user with this name; take another.', [
        { pointer: '/name', detail: 'is taken', reason: 'taken' },
      ]);
    case 'lastOwner':
      return new Fault('lastOwner', 'This is the last owner of the box; make somebody else an owner first.');
  }
}

const shown = ({ id, name, role, secondFactor, createdAt }: StoredUser): User => ({
  id,
  name,
  role,
  secondFactor: secondFactor !== null,
  createdAt: rfc3339(createdAt),
});
