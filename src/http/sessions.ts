import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Random } from '../base/random.ts';
import type { User } from '../store/records/user.ts';
import { ROLE_SCOPES, seesMasked } from './access.ts';
import type { Caller } from './auth.ts';
import { sameSecret } from './same-secret.ts';
import { heldScopes } from './scopes.ts';

/** Milliseconds without a request after which a session is over. */
const IDLE = 12 * 3_600_000;
/** Sessions at a time; the one that was idle longest gives way. */
const MOST = 1000;

interface Session {
  readonly caller: Caller;
  /** What a page of ours shows with each change, and a page of somebody else's does not know. */
  readonly csrfToken: string;
  seen: number;
}

/** What may be asked for without changing anything (RFC 9110 9.2.1). */
const SAFE = new Set(['GET', 'HEAD']);

/** Over TLS with the prefix that keeps a cookie from being set or read from elsewhere (RFC 6265bis 4.1.3.2); plain http has no such. */
const cookieName = (request: FastifyRequest): string => (request.protocol === 'https' ? '__Host-simpost' : 'simpost');

const keyOf = (token: string): string => hash('sha256', token, 'hex');

/** Who is logged in. Kept in memory alone: a restart ends every session, and no file has a token. */
export class Sessions {
  readonly #clock: Clock;
  readonly #random: Random;
  /** By the SHA-256 of its token; the one that was used last is last. */
  readonly #sessions = new Map<string, Session>();

  /** @param random one that is fit for secrets */
  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** A new session, with a new token whatever the browser had before, which ends. */
  begin(user: User, request: FastifyRequest, reply: FastifyReply): Pick<Session, 'caller' | 'csrfToken'> {
    const before = cookieOf(request);
    if (before !== undefined) this.#sessions.delete(keyOf(before));
    const token = this.#random.bytes(32).toString('base64url');
    const csrfToken = this.#random.bytes(32).toString('base64url');
    const key = keyOf(token);
    const caller: Caller = {
      id: user.id,
      name: user.name,
      role: user.role,
      given: ROLE_SCOPES[user.role],
      scopes: heldScopes(ROLE_SCOPES[user.role]),
      masked: seesMasked(user.role),
      stillKnown: () => this.#find(key) !== undefined,
    };
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= MOST && oldest !== undefined) this.#sessions.delete(oldest);
    this.#sessions.set(key, { caller, csrfToken, seen: this.#clock.monotonic() });
    setCookie(request, reply, token);
    return { caller, csrfToken };
  }

  /** The session that a request belongs to; undefined where it has no cookie of ours. @throws Fault `sessionOver`, `crossSite` */
  callerOf(request: FastifyRequest): Caller | undefined {
    const session = this.of(request);
    if (session === undefined) return undefined;
    if (!SAFE.has(request.method)) checkOrigin(request, session.csrfToken);
    return session.caller;
  }

  /** @throws Fault `sessionOver` */
  of(request: FastifyRequest): Session | undefined {
    const token = cookieOf(request);
    if (token === undefined) return undefined;
    const key = keyOf(token);
    const session = this.#find(key);
    if (!session) throw new Fault('sessionOver', 'This session is over; log in again with POST /v1/session.');
    session.seen = this.#clock.monotonic();
    this.#sessions.delete(key);
    this.#sessions.set(key, session);
    return session;
  }

  /** Ends the session of a request, if it has one. */
  end(request: FastifyRequest, reply: FastifyReply): void {
    const token = cookieOf(request);
    if (token === undefined) return;
    this.#sessions.delete(keyOf(token));
    setCookie(request, reply, '');
  }

  /** Ends every session of a user. */
  endOf(userId: string): void {
    for (const [key, { caller }] of this.#sessions) if (caller.id === userId) this.#sessions.delete(key);
  }

  #find(key: string): Session | undefined {
    const session = this.#sessions.get(key);
    if (session && this.#clock.monotonic() - session.seen < IDLE) return session;
    this.#sessions.delete(key);
    return undefined;
  }
}

/** A page that somebody else wrote asks from another origin. @throws Fault `crossSite` */
export function checkSameOrigin(request: FastifyRequest): void {
  const { origin, host } = request.headers;
  if (origin === `${request.protocol}://${host}`) return;
  throw new Fault('crossSite', 'This request comes from a page of another site, or does not say where it comes from in the header Origin.');
}

function checkOrigin(request: FastifyRequest, csrfToken: string): void {
  checkSameOrigin(request);
  const shown = request.headers['x-csrf-token'];
  if (typeof shown !== 'string' || !sameSecret(shown, csrfToken))
    throw new Fault('crossSite', 'Send the csrfToken of GET /v1/session in the header X-CSRF-Token with all that changes something.');
}

/** RFC 6265 5.4: pairs, separated by semicolons. Of two with our name the first counts. */
function cookieOf(request: FastifyRequest): string | undefined {
  const name = `${cookieName(request)}=`;
  const pair = request.headers.cookie?.split(';').find((part) => part.trimStart().startsWith(name));
  return pair?.trim().slice(name.length) || undefined;
}

/** @param token '' takes the cookie away */
function setCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  const secure = request.protocol === 'https' ? '; Secure' : '';
  const end = token === '' ? '; Max-Age=0' : '';
  reply.header('set-cookie', `${cookieName(request)}=${token}; Path=/; HttpOnly; SameSite=Strict${secure}${end}`);
}
