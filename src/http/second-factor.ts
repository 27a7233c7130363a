import type { FastifyRequest } from 'fastify';
import { Fault } from '../base/fault.ts';
import type { User } from '../store/records/user.ts';
import { auditEntry } from './audit-entry.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { type LoginDoor, userOf } from './login-door.ts';
import type { Api, ApiParts } from './parts.ts';
import { Shared } from './schemas/common.ts';
import { BeginSecondFactor, ConfirmSecondFactor, EndSecondFactor } from './schemas/second-factor.ts';
import type { SecondFactors } from './second-factors.ts';
import type { Sessions } from './sessions.ts';

const tags = ['access'];

/** The second factor of whoever asks: switched on, and off again. */
export function secondFactorRoutes(
  app: Api,
  { store, clock, site }: ApiParts,
  { sessions, door, factors }: { sessions: Sessions; door: LoginDoor; factors: SecondFactors },
): void {
  app.get(
    '/v1/session/second-factor',
    {
      schema: {
        operationId: 'getSecondFactor',
        tags,
        summary: 'Do I show a code as well?',
        response: answers({ 200: { description: 'Of the user of this session.', schema: Shared('SecondFactor') } }, ['requestInvalid']),
      },
    },
    async (request) => shown((await ownUser(request)).secondFactor),
  );

  app.post(
    '/v1/session/second-factor',
    {
      schema: {
        operationId: 'beginSecondFactor',
        tags,
        summary: 'Get a secret for an app that makes codes',
        description:
          'For the user of this session, who gives the password once more; guesses are limited as at the login. Nothing changes until a code has confirmed it, and what was begun before and not confirmed is void.',
        body: BeginSecondFactor,
        response: answers({ 200: { description: 'The secret, this once.', schema: Shared('NewSecondFactor') } }, [
          ...BODY_FAULTS,
          'loginRefused',
          'rateLimited',
          'stateDiffers',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { user } = await door.again(request, request.body.current);
      if (user.secondFactor) throw new Fault('stateDiffers', 'You have a second factor; switch it off before you take another.');
      const secret = factors.begin(user.id);
      return { secret, uri: otpauth(user.name, site.name, secret) };
    },
  );

  app.put(
    '/v1/session/second-factor',
    {
      schema: {
        operationId: 'confirmSecondFactor',
        tags,
        summary: 'Switch my second factor on',
        description:
          'By the first code that the app shows. From now on a login takes a code; all other sessions of the user end, and this one goes on under a new cookie.',
        body: ConfirmSecondFactor,
        response: answers({ 200: { description: 'It is on. The recovery codes, this once.', schema: Shared('RecoveryCodes') } }, [
          ...BODY_FAULTS,
          'loginRefused',
          'stateDiffers',
          'storeFull',
        ]),
      },
    },
    async (request, reply) => {
      const user = await ownUser(request);
      if (user.secondFactor || !factors.hasBegun(user.id))
        throw new Fault('stateDiffers', 'There is no secret to confirm: begin with POST /v1/session/second-factor.');
      const confirmed = factors.confirm(user.id, request.body.code);
      if (!confirmed) throw wrongCode('is not what the app shows for this secret now; see that the clocks of phone and box are right');
      const entry = auditEntry(clock, request, 'secondFactor.on', user.id);
      if ((await store.changeUser(user.id, { secondFactor: confirmed.factor }, entry)) !== 'done') throw gone();
      sessions.endOf(user.id);
      sessions.begin(user, request, reply);
      return { recoveryCodes: confirmed.recoveryCodes };
    },
  );

  app.post(
    '/v1/session/second-factor/off',
    {
      schema: {
        operationId: 'endSecondFactor',
        tags,
        summary: 'Switch my second factor off',
        description: 'With the password and a code; guesses are limited as at the login.',
        body: EndSecondFactor,
        response: answers({ 200: { description: 'The password alone opens again.', schema: Shared('SecondFactor') } }, [
          ...BODY_FAULTS,
          'loginRefused',
          'rateLimited',
          'stateDiffers',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const { current, code } = request.body;
      const { user, right } = await door.again(request, current);
      if (!user.secondFactor) throw new Fault('stateDiffers', 'You have no second factor.');
      if (!(await door.takesCode(request, user, code))) throw wrongCode('is wrong, or was used before');
      right();
      if ((await store.changeUser(user.id, { secondFactor: null }, auditEntry(clock, request, 'secondFactor.off', user.id))) !== 'done')
        throw gone();
      return shown(null);
    },
  );

  /** @throws Fault `scopeMissing` for an API key, `loginRefused` */
  async function ownUser(request: FastifyRequest): Promise<User> {
    const { id, name } = userOf(request);
    const user = await store.userNamed(name);
    if (user?.id !== id) throw gone();
    return user;
  }
}

const gone = (): Fault => new Fault('loginRefused', 'This user is not there any more.');

const wrongCode = (detail: string): Fault => new Fault('loginRefused', `The code ${detail}.`, [{ pointer: '/code', detail }]);

const shown = (factor: User['secondFactor']) => ({ on: factor !== null, recoveryCodesLeft: factor?.recovery.length ?? 0 });

/** As apps read it. A colon would part the name of the user from that of who asks for the code, which a parameter says here. */
const otpauth = (user: string, site: string, secret: string): string =>
  `otpauth://totp/${encodeURIComponent(user.replaceAll(':', ' '))}?secret=${secret}&issuer=${encodeURIComponent(site.replaceAll(':', ' '))}`;
