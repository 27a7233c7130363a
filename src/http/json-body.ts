import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Fault, wrongAt } from '../base/fault.ts';
import { escapedName } from '../base/place-reason.ts';
import { type JsonPart, measureValue, repeatedName, STRUCTURE_MAX } from './json-scan.ts';

/** What editors of one vendor put before UTF-8; RFC 8259 8.1 lets a reader skip it. */
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** For what cannot be parsed. */
export const notJson = (): Fault =>
  new Fault('bodyInvalid', 'The body is not JSON; send one object in UTF-8, such as {"to": "+380501234567", "text": "..."}.');

/**
 * A body in octets, checked to be UTF-8: what is not would be read with characters replaced, and nothing that a client
 * reads may be. A byte order mark is taken off.
 * @throws Fault `bodyInvalid`, `mediaTypeUnsupported`
 */
export function rawBody(request: FastifyRequest, octets: Buffer): Buffer {
  const { 'content-type': type, 'content-encoding': coding } = request.headers;
  if (coding !== undefined && coding.trim().toLowerCase() !== 'identity') {
    const why = 'is not taken: bodies are not unpacked here; send plain JSON without it';
    throw new Fault('mediaTypeUnsupported', `The header Content-Encoding ${why}.`, [{ pointer: 'Content-Encoding', detail: why }]);
  }
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(type ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw new Fault('mediaTypeUnsupported', 'The body must be UTF-8; send it with Content-Type: application/json.');
  }
  const body = octets.subarray(0, 3).equals(BYTE_ORDER_MARK) ? octets.subarray(3) : octets;
  if (body.length === 0) throw new Fault('bodyInvalid', 'The body is empty; send a JSON object.');
  if (!isUtf8(body)) throw new Fault('bodyInvalid', 'The body is not UTF-8; encode it so.');
  return body;
}

/**
 * The JSON value in a body, or in a part of it. No call needs more than a few fields, so that brackets and commas that would
 * hold the process for a second are refused before they are parsed; a field that stands there twice is refused, since nobody
 * knows which one was meant.
 * @throws Fault `bodyInvalid`, `requestInvalid`
 */
export function parseJson(body: Buffer, part: JsonPart = whole(body)): unknown {
  if (part.structure > STRUCTURE_MAX) {
    const why = 'has far more fields than any call here; send an object as /openapi.json describes it';
    throw new Fault('requestInvalid', `This ${why}.`, [{ pointer: '', detail: why }]);
  }
  const value = parsed(body.toString('utf8', part.start, part.end));
  const name = repeatedName(body, part, value);
  if (name !== undefined) throw standsTwice(`/${escapedName(name)}`);
  return value;
}

/** A body that is one JSON value; where an Idempotency-Key wants it, what it says is hashed. @throws Fault as `parseJson` */
export function parseBody(request: FastifyRequest, octets: Buffer): unknown {
  const value = parseJson(rawBody(request, octets));
  if (request.headers['idempotency-key'] !== undefined) request.bodyHash = createHash('sha256').update(canonical(value)).digest('hex');
  return value;
}

/**
 * What a value says, however it was written: a library may give the fields of one request another order, white space or escapes
 * the next time.
 */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

const whole = (body: Buffer): JsonPart => ({ start: 0, end: body.length, structure: measureValue(body, 0).structure });

/** For a field that an object has twice. */
export function standsTwice(pointer: string): Fault {
  return wrongAt(pointer, 'stands there twice; send it once');
}

function parsed(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch {
    throw notJson();
  }
}
