import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Idempotency, NewIdempotency } from '../store/records/acceptance.ts';
import type { Store } from '../store/store.ts';

const HEADER = 'Idempotency-Key';
const LONGEST = 255;
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/** An answer that is kept with what it answers. */
export interface Answer {
  readonly status: number;
  /** JSON; in octets where it may be megabytes, which take Node long to send as a string. */
  readonly body: string | Buffer;
  readonly location: string | null;
}

/**
 * The promise behind an Idempotency-Key: however often a caller repeats a request because it does not know whether the
 * first one arrived, it is done once. What was answered is stored in the transaction that does the work, so a crash
 * before the reply changes nothing; two requests at the same moment cannot both pass, since one daemon has the store and
 * the keys under way stand here. Refusals are not kept: nothing was done, and the corrected request may use the key.
 */
export class IdempotencyKeys {
  readonly #underWay = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /**
   * Does `work` unless it was done under this key before; then answers what was answered.
   * @param work gets what to store with its own commit, and resolves with the earlier answer if the commit found one
   * @throws Fault `requestInvalid`, `idempotencyInFlight`, `idempotencyMismatch`, and whatever `work` throws
   */
  async once(request: FastifyRequest, reply: FastifyReply, work: Work): Promise<FastifyReply> {
    const idempotencyKey = keyOf(request);
    const { keyId, bodyHash } = request;
    const name = `${keyId} ${idempotencyKey}`;
    if (this.#underWay.has(name)) {
      throw new Fault('idempotencyInFlight', `The first request with this ${HEADER} is still being answered; ask again in a second.`);
    }
    this.#underWay.add(name);
    try {
      const earlier = await this.store.recall(keyId, idempotencyKey, this.clock.now());
      if (earlier) return repeat(reply, earlier, bodyHash);
      const done = await work(
        (answer, at): NewIdempotency => ({
          keyId,
          idempotencyKey,
          bodyHash,
          status: answer.status,
          response: answer.body.toString(),
          location: answer.location,
          at,
        }),
      );
      return 'response' in done ? repeat(reply, done, bodyHash) : sendAnswer(reply, done);
    } finally {
      this.#underWay.delete(name);
    }
  }
}

export type Work = (keep: (answer: Answer, at: number) => NewIdempotency) => Promise<Answer | Idempotency>;

export function sendAnswer(reply: FastifyReply, answer: Answer): FastifyReply {
  if (answer.location !== null) reply.header('location', answer.location);
  return reply.code(answer.status).header('content-type', JSON_TYPE).send(answer.body);
}

export const JSON_TYPE = 'application/json; charset=utf-8';

function repeat(reply: FastifyReply, earlier: Idempotency, bodyHash: string): FastifyReply {
  if (earlier.bodyHash !== bodyHash) {
    const why = 'was used with another body within the last 72 hours; take a new one for a new request';
    throw new Fault('idempotencyMismatch', `This ${HEADER} ${why}.`, [{ pointer: HEADER, detail: why }]);
  }
  reply.header('idempotent-replayed', 'true');
  return sendAnswer(reply, { status: earlier.status, body: Buffer.from(earlier.response), location: earlier.location });
}

function keyOf(request: FastifyRequest): string {
  const value = request.headers['idempotency-key'];
  if (typeof value !== 'string' || value.length > LONGEST || !VISIBLE_ASCII.test(value)) {
    const why = `must be 1 to ${LONGEST} visible ASCII characters, such as a UUID`;
    throw new Fault('requestInvalid', `The header ${HEADER} ${why}.`, [{ pointer: HEADER, detail: why }]);
  }
  return value;
}
