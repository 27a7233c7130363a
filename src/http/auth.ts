import { hash } from 'node:crypto';
import type { BlockList } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { type Clock, rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { holdsAddress, networkList } from '../base/networks.ts';
import type { ApiKey } from '../store/records/key.ts';
import type { Role } from '../store/records/user.ts';
import type { Store } from '../store/store.ts';

import { heldScopes, type Scope } from './scopes.ts';

/** SHA-256 of a key, hex: what the store knows of it. A key has 256 random bits, so that nothing slower is needed. */
export function hashKey(key: string): string {
  return hash('sha256', key, 'hex');
}

/** Who asks, and what they may. */
export interface Caller {
  /** The id of the key or the user. */
  readonly id: string;
  readonly name: string;
  /** Null for a key. */
  readonly role: Role | null;
  /** Sees no texts, and numbers masked. */
  readonly masked: boolean;
  /** The scopes as they were given. */
  readonly given: readonly string[];
  /** Those, and what they hold. */
  readonly scopes: ReadonlySet<Scope>;
  /** Whether it may still come in, for connections that stay. */
  stillKnown(): boolean;
}

/** RFC 6750 2.1: the header and nothing else, since an address ends up in logs. */
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*) *$/i;

/** Milliseconds that a key is taken as good without asking the store again, so that a revoked one dies within a second. */
export const REMEMBERED = 1000;
/** Keys remembered at a time; an installation has a handful. */
const MOST_REMEMBERED = 1000;

interface Known {
  readonly key: ApiKey;
  readonly caller: Caller;
  /** Undefined for anywhere. */
  readonly from: BlockList | undefined;
  readonly until: number;
}

/** Who may ask for what, by the keys that they present. */
export class Keys {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #onUsed: (id: string) => void;
  readonly #known = new Map<string, Known>();

  /** @param onUsed a key has let somebody in */
  constructor(store: Store, clock: Clock, onUsed: (id: string) => void) {
    this.#store = store;
    this.#clock = clock;
    this.#onUsed = onUsed;
  }

  /** @throws Fault `keyMissing`, `keyInvalid`, `addressForbidden` */
  callerOf(request: FastifyRequest): Caller {
    const presented = request.headers.authorization;
    const token = presented === undefined ? undefined : BEARER.exec(presented)?.[1];
    if (token === undefined) {
      throw new Fault('keyMissing', 'Send an API key in the header Authorization: Bearer KEY; `simpost keys create` makes one.');
    }
    const known = this.#find(hashKey(token));
    if (!known) throw new Fault('keyInvalid', 'This API key is not known here, or was revoked; `simpost keys create` makes another.');
    const { key, from } = known;
    if (key.expiresAt !== null && key.expiresAt <= this.#clock.now()) {
      throw new Fault(
        'keyInvalid',
        `The key "${key.name}" was good until ${rfc3339(key.expiresAt)}; \`simpost keys create\` makes another.`,
      );
    }
    if (from && !holdsAddress(from, request.ip)) {
      throw new Fault(
        'addressForbidden',
        `The key "${key.name}" may be used from ${key.allowFrom.join(', ')}, and this request comes from ${request.ip}.`,
      );
    }
    this.#onUsed(key.id);
    return known.caller;
  }

  /** Keys have changed: from now on each is looked up anew. */
  forget(): void {
    this.#known.clear();
  }

  /** Only good keys are remembered: one that was just created opens at once, and guesses fill nothing. */
  #find(keyHash: string): Known | undefined {
    const now = this.#clock.monotonic();
    const known = this.#known.get(keyHash);
    if (known && now < known.until) return known;
    const key = this.#store.findKey(keyHash);
    this.#known.delete(keyHash);
    if (!key) return undefined;
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    const found = {
      key,
      caller: this.#callerWith(key),
      from: key.allowFrom.length === 0 ? undefined : networkList(key.allowFrom),
      until: now + REMEMBERED,
    };
    this.#known.set(keyHash, found);
    return found;
  }

  #callerWith({ id, name, scopes, hash: keyHash, expiresAt }: ApiKey): Caller {
    const stillKnown = (): boolean => this.#find(keyHash) !== undefined && (expiresAt === null || this.#clock.now() < expiresAt);
    return { id, name, role: null, masked: false, given: scopes, scopes: heldScopes(scopes), stillKnown };
  }
}
