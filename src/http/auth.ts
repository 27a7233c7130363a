import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { newId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import type { ApiKey, NewApiKey } from '../store/records/key.ts';
import type { Store } from '../store/store.ts';
import { checkLine } from './text.ts';

/**
 * What a key may do: `send` takes messages in and withdraws them, `read` sees what there is, `operate` stops and starts sending,
 * `admin` has the operator change a SIM or asks it what may cost.
 */
export const SCOPES = ['send', 'read', 'operate', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** 256 random bits behind a word that scanners for leaked secrets can look for. */
const KEY_WORD = 'simpost_';
const KEY_BYTES = 32;
/** Of the key, the first characters are kept in clear so that a person can tell keys apart. */
const PREFIX_LENGTH = KEY_WORD.length + 6;

const LONGEST_NAME = 100;

/** SHA-256 of a key, hex: what the store knows of it. A key has 256 random bits, so that nothing slower is needed. */
export function hashKey(key: string): string {
  return hash('sha256', key, 'hex');
}

/**
 * A new API key. `key` is shown once to whoever asked for it; `record` goes into the store.
 * @param name in a line of its own wherever keys are listed
 * @param random one that is fit for secrets
 * @param weight its share of the queue beside other keys
 * @throws Fault `requestInvalid` for a name that is empty, has more than 100 characters, or something in it that no line has
 */
export function makeKey(
  name: string,
  scopes: readonly Scope[],
  clock: Clock,
  random: Random,
  weight = 1,
): { key: string; record: NewApiKey } {
  const refuse = (why: string): Fault => new Fault('requestInvalid', `The name of the key ${why}.`);
  if (name === '') throw refuse('is empty; give that of the program that will use it');
  if (name.length > LONGEST_NAME) throw refuse(`may have at most ${LONGEST_NAME} characters`);
  checkLine(name, refuse);
  const key = KEY_WORD + random.bytes(KEY_BYTES).toString('base64url');
  const record = {
    id: newId('key', random),
    name,
    prefix: key.slice(0, PREFIX_LENGTH),
    hash: hashKey(key),
    scopes,
    createdAt: clock.now(),
    weight,
  };
  return { key, record };
}

/** RFC 6750 2.1: the header and nothing else, since an address ends up in logs. */
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*) *$/i;

type Hook = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => void;

/** Milliseconds that a key is taken as good without asking the store again, so that a revoked one dies within a second. */
export const REMEMBERED = 1000;
/** Keys remembered at a time; an installation has a handful. */
const MOST_REMEMBERED = 1000;

/** Who may ask for what. */
export class Keys {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #known = new Map<string, { readonly key: ApiKey; readonly until: number }>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** A hook that lets a request pass whose key has at least one of the scopes. */
  needs(...scopes: readonly Scope[]): Hook {
    return (request, _reply, done) => {
      const presented = request.headers.authorization;
      const token = presented === undefined ? undefined : BEARER.exec(presented)?.[1];
      if (token === undefined) {
        done(new Fault('keyMissing', 'Send an API key in the header Authorization: Bearer KEY; `simpost keys create` makes one.'));
        return;
      }
      const keyHash = hashKey(token);
      const key = this.#find(keyHash);
      if (!key) {
        done(new Fault('keyInvalid', 'This API key is not known here, or was revoked; `simpost keys create` makes another.'));
      } else if (!scopes.some((scope) => key.scopes.includes(scope))) {
        done(lacking(key, scopes));
      } else {
        request.keyId = key.id;
        request.keyHash = keyHash;
        done();
      }
    };
  }

  /** Whether a key still opens what it opened before, for connections that stay. */
  stillOpens(keyHash: string, scope: Scope): boolean {
    return this.#find(keyHash)?.scopes.includes(scope) ?? false;
  }

  /** Only good keys are remembered: one that was just created opens at once, and guesses fill nothing. */
  #find(keyHash: string): ApiKey | undefined {
    const now = this.#clock.monotonic();
    const known = this.#known.get(keyHash);
    if (known && now < known.until) return known.key;
    const key = this.#store.findKey(keyHash);
    this.#known.delete(keyHash);
    if (!key) return undefined;
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    this.#known.set(keyHash, { key, until: now + REMEMBERED });
    return key;
  }
}

function lacking(key: ApiKey, scopes: readonly Scope[]): Fault {
  return new Fault(
    'scopeMissing',
    `The key "${key.name}" has the scopes ${key.scopes.join(', ') || 'none'}, and this call needs ${scopes.join(' or ')}; make a key with it by \`simpost keys create --scopes\`.`,
  );
}
