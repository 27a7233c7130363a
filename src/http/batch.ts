import { createHash } from 'node:crypto';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Fault } from '../base/fault.ts';
import type { Prepared } from '../dispatch/accept.ts';
import { Together } from '../dispatch/together.ts';
import type { NewMessage } from '../store/records/message.ts';
import type { Caller } from './auth.ts';
import { splitBatch } from './batch-body.ts';
import { BatchTurns } from './batch-turns.ts';
import { answers, BODY_FAULTS, IDEMPOTENCY_NOTE, IdempotencyHeader } from './docs.ts';
import { callerOf, mustHave } from './guard.ts';
import { type Answer, type IdempotencyKeys, sendAnswer } from './idempotency.ts';
import { canonical, parseJson, rawBody } from './json-body.ts';
import type { JsonPart } from './json-scan.ts';
import type { Api, ApiParts } from './parts.ts';
import { problemOf } from './problem.ts';
import { Shared } from './schemas/common.ts';
import { BatchItem, sendBatch } from './schemas/message.ts';
import { sendScope } from './scopes.ts';
import { writeNew } from './shape.ts';
import type { Slices } from './slices.ts';
import { checkStrings } from './text.ts';
import { bodyCheck } from './validation.ts';

/**
 * Many messages at once: each stands or falls alone, those that stand are stored in one transaction. A batch may have
 * 8 MB, so it is never parsed, checked, planned or written out in one go; in between, modems are answered.
 */
export async function batchRoutes(app: Api, parts: ApiParts, idempotency: IdempotencyKeys, slices: Slices): Promise<void> {
  await app.register(async (plain) => {
    const scope = plain.withTypeProvider<TypeBoxTypeProvider>();
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) =>
      done(null, rawBody(request, body)),
    );
    const turns = new BatchTurns(parts.limits.batchesAtOnce, parts.clock);
    // Before its body is read; of a guest that is not let in, no body is.
    scope.addHook('preParsing', async (_request, reply, payload) => {
      await turns.take(reply.raw);
      return payload;
    });
    scope.post(
      '/v1/messages/batch',
      {
        bodyLimit: parts.limits.batchBytes,
        config: { headers: IdempotencyHeader },
        // The body stays octets here; its parts are checked one by one.
        validatorCompiler: () => (data: unknown) => ({ value: data }),
        schema: {
          operationId: 'sendBatch',
          tags: ['messages'],
          summary: `Send up to ${parts.limits.batchMessages} texts`,
          description: `Each message is checked on its own: a bad one is a problem in its place, the others are accepted together. ${IDEMPOTENCY_NOTE}`,
          body: Type.Unsafe<unknown>(sendBatch(parts.limits.batchMessages)),
          response: answers(
            {
              202: {
                description: 'What became of each, in order.',
                schema: Shared('BatchResult'),
                headers: {
                  'Idempotent-Replayed': { type: 'string', description: '`true` when this answer was given before.' },
                  'Retry-After': { type: 'string', description: 'Seconds after which entries that were refused for now may be taken.' },
                },
              },
            },
            [
              ...BODY_FAULTS,
              'recipientLimit',
              'adjacentNumbers',
              'costLimit',
              'idempotencyInFlight',
              'idempotencyMismatch',
              'queueFull',
              'storeFull',
            ],
          ),
        },
      },
      async (request, reply) => {
        const { body } = request;
        const caller = callerOf(request);
        if (!Buffer.isBuffer(body)) throw new Fault('requestInvalid', 'The request has no body; send {"messages": [...]}.');
        const entries = splitBatch(body, parts.limits.batchMessages);
        if (request.headers['idempotency-key'] === undefined) {
          const { messages, answer, retryAfter } = await prepareAll(parts, slices, caller, body, entries);
          if (retryAfter > 0) reply.header('retry-after', String(retryAfter));
          if (messages.length > 0) await parts.acceptance.commit(messages);
          return sendAnswer(reply, answer);
        }
        request.bodyHash = await hashOf(body, entries, slices, parts.limits.bodyBytes);
        return idempotency.once(request, reply, async (keep) => {
          const { messages, answer, retryAfter } = await prepareAll(parts, slices, caller, body, entries);
          const outcome = await parts.acceptance.commit(messages, keep(answer, parts.clock.now()));
          if (outcome.kind === 'repeated') return outcome.earlier;
          if (retryAfter > 0) reply.header('retry-after', String(retryAfter));
          return answer;
        });
      },
    );
  });
}

const item = bodyCheck(BatchItem, 'This entry');

const FIRST = Buffer.from('{"results":[');
const NEXT = Buffer.from(',');
const END = Buffer.from(']}');

/** Of what a batch says, entry by entry; of one that cannot be read, of its octets. */
async function hashOf(body: Buffer, entries: readonly JsonPart[], slices: Slices, bodyBytes: number): Promise<string> {
  const hash = createHash('sha256').update('batch');
  await slices.each(entries.length, (i) => {
    const one = entries[i];
    if (one) hash.update(',').update(saidIn(body, one, bodyBytes));
  });
  return hash.digest('hex');
}

function saidIn(body: Buffer, entry: JsonPart, bodyBytes: number): string | Buffer {
  const octets = body.subarray(entry.start, entry.end);
  if (octets.length > bodyBytes) return octets;
  try {
    return canonical(parseJson(body, entry));
  } catch (error) {
    if (error instanceof Fault) return octets;
    throw error;
  }
}

async function prepareAll(
  parts: ApiParts,
  slices: Slices,
  caller: Caller,
  body: Buffer,
  entries: readonly JsonPart[],
): Promise<{ messages: readonly NewMessage[]; answer: Answer; retryAfter: number }> {
  const together = new Together();
  const answer: Buffer[] = [];
  let retryAfter = 0;
  const result = (...octets: readonly Buffer[]): void => {
    answer.push(answer.length === 0 ? FIRST : NEXT, ...octets);
  };
  await slices.each(entries.length, (i) => {
    const one = entries[i];
    if (!one) return;
    try {
      const message = prepareOne(parts, caller, body, one, together);
      result(...writeNew(message, parts.acceptance.cost(message), { queueDelay: parts.acceptance.queueDelay(message.purpose) }));
      together.add(message);
    } catch (error) {
      // A batch whose frame is broken, or a box that cannot take anything now, is no fault of one entry.
      if (!(error instanceof Fault) || error.status >= 500 || error.code === 'bodyInvalid') throw error;
      const problem = problemOf(error, `/messages/${i}`);
      retryAfter = Math.max(retryAfter, problem.retryAfter ?? 0);
      result(Buffer.from(JSON.stringify({ problem })));
    }
  });
  answer.push(END);
  return { messages: together.messages, answer: { status: 202, body: Buffer.concat(answer), location: null }, retryAfter };
}

function prepareOne(parts: ApiParts, caller: Caller, body: Buffer, raw: JsonPart, beside: Together): Prepared {
  if (raw.end - raw.start > parts.limits.bodyBytes) {
    const why = `may have at most ${parts.limits.bodyBytes} octets`;
    throw new Fault('requestInvalid', `This entry ${why}.`, [{ pointer: '', detail: why }]);
  }
  const value = parseJson(body, raw);
  if (!item.accepts(value)) throw item.refusal(value);
  checkStrings(value);
  mustHave(caller, sendScope(value.purpose ?? 'service'));
  return parts.acceptance.prepare(caller.id, value, beside);
}
