import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Fault } from '../base/fault.ts';
import { measureValue, STRUCTURE_MAX } from './json-scan.ts';

/** Shorter bodies cannot be slow to parse, whatever is in them. */
const SMALL = 4096;

/** For what cannot be parsed. */
export const notJson = (): Fault =>
  new Fault('bodyInvalid', 'The body is not JSON; send one object in UTF-8, such as {"to": "+380501234567", "text": "..."}.');

/**
 * A body in octets, checked to be UTF-8: what is not would be read with characters replaced, and nothing that a client
 * reads may be. Its hash is kept where an Idempotency-Key wants it.
 * @throws Fault `bodyInvalid`, `mediaTypeUnsupported`
 */
export function rawBody(request: FastifyRequest, body: Buffer): Buffer {
  const type = request.headers['content-type'];
  if (type?.includes('charset') && !/charset="?utf-?8"?/i.test(type)) {
    throw new Fault('mediaTypeUnsupported', 'The body must be UTF-8; send it with Content-Type: application/json.');
  }
  if (body.length === 0) throw new Fault('bodyInvalid', 'The body is empty; send a JSON object.');
  if (!isUtf8(body)) throw new Fault('bodyInvalid', 'The body is not UTF-8; encode it so.');
  if (request.headers['idempotency-key'] !== undefined) request.bodyHash = createHash('sha256').update(body).digest('hex');
  return body;
}

/**
 * The JSON value in a body. No call needs more than a few fields, so a body of brackets and commas that would hold the
 * process for a second is refused before it is parsed.
 * @throws Fault `bodyInvalid`, `requestInvalid`
 */
export function parseJson(body: Buffer): unknown {
  if (body.length > SMALL && measureValue(body, 0).structure > STRUCTURE_MAX) {
    throw new Fault('requestInvalid', 'The body has far more fields than any call here; send an object as /openapi.json describes it.');
  }
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return value;
  } catch {
    throw notJson();
  }
}
