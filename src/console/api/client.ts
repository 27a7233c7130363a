import type { Static } from 'typebox';
import type { Problem as ProblemSchema } from '../../http/schemas/common.ts';

export type Problem = Static<typeof ProblemSchema>;

/** A page of a list. */
export interface ListOf<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
}

/** What the API would not do, or why it could not be asked. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** The kind, as `base/fault.ts` has them; `offline` where the box did not answer. */
  readonly code: Problem['code'] | 'offline';
  readonly errors: Problem['errors'];

  constructor(problem: Pick<Problem, 'detail' | 'errors'> & { code: Problem['code'] | 'offline' }) {
    super(problem.detail);
    this.code = problem.code;
    this.errors = problem.errors;
  }
}

/** Told of every refusal: a session may be over. */
type Listener = (refusal: Refusal) => void;

let csrfToken = '';
let heed: Listener = () => {};

/** From now on changes carry this token, and `listener` hears of refusals. */
export function useToken(token: string): void {
  csrfToken = token;
}

export function onRefusal(listener: Listener): void {
  heed = listener;
}

export interface Extra {
  /** So that a request that is repeated is done once. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/**
 * Asks the API of this box. What it answers is of the type that the schemas of `src/http/schemas` give; the tests hold the API to them.
 * @throws Refusal
 */
async function ask<T>(method: string, path: string, body: unknown, extra: Extra): Promise<T> {
  const json = body === undefined ? undefined : { type: 'application/json', octets: JSON.stringify(body) };
  return await exchange(method, path, json, extra);
}

/** @throws Refusal */
async function exchange<T>(
  method: string,
  path: string,
  body: { readonly type: string; readonly octets: BodyInit } | undefined,
  extra: Extra,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        ...(method === 'GET' ? {} : { 'x-csrf-token': csrfToken }),
        ...(body === undefined ? {} : { 'content-type': body.type }),
        ...(extra.idempotencyKey === undefined ? {} : { 'idempotency-key': extra.idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: body.octets }),
      ...(extra.signal === undefined ? {} : { signal: extra.signal }),
    });
  } catch (error) {
    if (extra.signal?.aborted) throw error;
    throw refused({ code: 'offline', detail: String(error), errors: [] });
  }
  if (!response.ok) throw refused(await problemIn(response));
  return response.json();
}

async function problemIn(response: Response): Promise<Problem> {
  try {
    return await response.json();
  } catch {
    const detail = `The box answered ${response.status}, and nothing that can be read.`;
    return { type: '', title: '', status: response.status, code: 'unavailable', detail, errors: [] };
  }
}

function refused(problem: ConstructorParameters<typeof Refusal>[0]): Refusal {
  const refusal = new Refusal(problem);
  heed(refusal);
  return refusal;
}

export const api = {
  /** Sends a file as it is. @param type its media type */
  upload: <T>(path: string, type: string, octets: Blob, extra: Extra = {}): Promise<T> => exchange('POST', path, { type, octets }, extra),
  get: <T>(path: string, extra: Extra = {}): Promise<T> => ask<T>('GET', path, undefined, extra),
  post: <T>(path: string, body?: unknown, extra: Extra = {}): Promise<T> => ask<T>('POST', path, body, extra),
  put: <T>(path: string, body: unknown, extra: Extra = {}): Promise<T> => ask<T>('PUT', path, body, extra),
  delete: <T>(path: string, extra: Extra = {}): Promise<T> => ask<T>('DELETE', path, undefined, extra),
};

/** `/v1/messages?status=failed`: what is undefined or empty is left out, and a query that the path has already is gone on with. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]]));
  return given.length === 0 ? path : `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(given)}`;
}

/** A key for a request that may have to be repeated. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((octet) => octet.toString(16).padStart(2, '0')).join('');
