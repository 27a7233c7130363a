import { Type } from 'typebox';
import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { IssuedCode } from '../dispatch/codes.ts';
import { answers, BODY_FAULTS, IDEMPOTENCY_NOTE, IdempotencyHeader, POLICY_FAULTS } from './docs.ts';
import { type Answer, type IdempotencyKeys, sendAnswer } from './idempotency.ts';
import type { Api, ApiParts } from './parts.ts';
import { type CodeVerdict, type IssuedCode as IssuedCodeShown, SendCode, VerifyCode } from './schemas/code.ts';
import { Shared } from './schemas/common.ts';
import { shapeCost } from './shape.ts';

const tags = ['codes'];
const Id = Type.Object({ id: Type.String({ description: 'As `POST /v1/otp` gave it.' }) });

/** One-time codes: sent and checked, and never told to the caller. */
export function codeRoutes(app: Api, { codes }: ApiParts, idempotency: IdempotencyKeys): void {
  app.post(
    '/v1/otp',
    {
      config: { headers: IdempotencyHeader },
      schema: {
        operationId: 'sendCode',
        tags,
        summary: 'Send a one-time code',
        description: `Makes a code and sends it as \`otp\`, in a text that says what it is for and that nobody else may have it. It takes the place of an earlier code that the same API key sent to this number. ${IDEMPOTENCY_NOTE}`,
        body: SendCode,
        response: answers(
          {
            202: {
              description: 'Accepted.',
              schema: Shared('IssuedCode'),
              headers: {
                Location: { type: 'string', description: 'Where the message can be followed.' },
                'Idempotent-Replayed': { type: 'string', description: '`true` when this answer was given before.' },
              },
            },
          },
          [
            ...BODY_FAULTS,
            'numberInvalid',
            'templateUnknown',
            ...POLICY_FAULTS,
            'quotaUsedUp',
            'recipientLimit',
            'adjacentNumbers',
            'costLimit',
            'rateLimited',
            'queueFull',
            'idempotencyInFlight',
            'idempotencyMismatch',
            'storeFull',
          ],
        ),
      },
    },
    async (request, reply) => {
      const { keyId, body } = request;
      if (request.headers['idempotency-key'] === undefined) {
        const outcome = await codes.issue(keyId, body);
        // Without a key nothing can have been answered before.
        if (outcome.kind === 'repeated') throw new Error('a code was repeated without an Idempotency-Key');
        return sendAnswer(reply, accepted(outcome.code));
      }
      return idempotency.once(request, reply, async (keep) => {
        const outcome = await codes.issue(keyId, body, (code) => keep(accepted(code), code.issuedAt));
        return outcome.kind === 'repeated' ? outcome.earlier : accepted(outcome.code);
      });
    },
  );

  app.post(
    '/v1/otp/:id/verify',
    {
      schema: {
        operationId: 'verifyCode',
        tags,
        summary: 'Check a one-time code',
        description:
          'Whether what the client typed in is the code. It is valid once, until its time is over, and five tries may be wrong; a code is known to the API key alone that sent it.',
        params: Id,
        body: VerifyCode,
        response: answers({ 200: { description: 'The verdict.', schema: Shared('CodeVerdict') } }, [
          ...BODY_FAULTS,
          'notFound',
          'storeFull',
        ]),
      },
    },
    async (request): Promise<CodeVerdict> => {
      const trial = await codes.verify(request.keyId, request.params.id, request.body.code);
      if (!trial) throw new Fault('notFound', 'This key has sent no code with this id within a day; POST /v1/otp sends one.');
      const { outcome, triesLeft } = trial;
      return { valid: outcome === 'right', reason: outcome === 'right' ? null : outcome, attemptsLeft: triesLeft };
    },
  );
}

function accepted({ id, messageId, expiresAt, attemptsLeft, segments, cost }: IssuedCode): Answer {
  const shown: IssuedCodeShown = {
    id,
    messageId,
    expiresAt: rfc3339(expiresAt),
    attemptsLeft,
    segmentCount: segments,
    cost: shapeCost(cost),
  };
  return { status: 202, body: JSON.stringify(shown), location: `/v1/messages/${messageId}` };
}
