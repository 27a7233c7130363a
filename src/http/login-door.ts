import type { FastifyRequest } from 'fastify';
import type { Clock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { AuditAction, AuditDetail } from '../store/records/audit.ts';
import type { User } from '../store/records/user.ts';
import type { Store } from '../store/store.ts';
import { callerOf } from './guard.ts';
import type { LoginLimits } from './login-limits.ts';
import type { Passwords } from './passwords.ts';
import type { SecondFactors } from './second-factors.ts';

/** Somebody whose password was right. */
interface Proven {
  readonly user: User;
  /** To be called when all else that was shown is right as well: the try counts no more. */
  readonly right: () => void;
}

/** Where people show who they are: each time within the same limits, and what goes wrong is written down. */
export class LoginDoor {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #passwords: Passwords;
  readonly #limits: LoginLimits;
  readonly #factors: SecondFactors;

  constructor(store: Store, clock: Clock, passwords: Passwords, limits: LoginLimits, factors: SecondFactors) {
    this.#store = store;
    this.#clock = clock;
    this.#passwords = passwords;
    this.#limits = limits;
    this.#factors = factors;
  }

  /**
   * Whoever has this name and this password; undefined, after the same work and with an entry in the audit log, where nobody has.
   * @throws Fault `rateLimited`
   */
  async find(request: FastifyRequest, name: string, password: string): Promise<Proven | undefined> {
    const right = this.#limits.begin(name, request.ip);
    const before = await this.#store.userNamed(name);
    const isRight = await this.#passwords.matches(password, before?.password);
    // Asked again: that took a while, and the user may be another by now.
    const user = isRight ? await this.#store.userNamed(name) : undefined;
    if (user && user.password === before?.password) return { user, right };
    await this.note(request, 'session.refuse', before?.id ?? null);
    return undefined;
  }

  /**
   * The user of this session, who gives the password once more. Where there is a second factor the password alone takes nothing back, or
   * whoever knows it could guess codes without an end.
   * @throws Fault `scopeMissing` for an API key, `rateLimited`, `loginRefused`
   */
  async again(request: FastifyRequest, current: string): Promise<Proven> {
    const { id, name } = userOf(request);
    const proven = await this.find(request, name, current);
    if (proven?.user.id === id) {
      if (!proven.user.secondFactor) proven.right();
      return proven;
    }
    throw new Fault('loginRefused', 'The password of now is wrong.', [{ pointer: '/current', detail: 'is wrong' }]);
  }

  /** Whether a code is one of the user's second factor, and then it counts no more; where it is none, that stands in the audit log. */
  async takesCode(request: FastifyRequest, user: User, code: string): Promise<boolean> {
    const isRight = await this.#factors.take(user, code, request.ip);
    if (!isRight) await this.note(request, 'session.refuse', user.id, { secondFactor: true });
    return isRight;
  }

  /** @param user its id; null where nobody is called so */
  note(request: FastifyRequest, action: AuditAction, user: string | null, detail: AuditDetail = {}): Promise<void> {
    return this.#store.audit({
      at: this.#clock.now(),
      actor: user ?? 'unknown',
      action,
      target: user,
      detail: { address: request.ip, ...detail },
    });
  }
}

/** Who asks in a session. @throws Fault `scopeMissing` for an API key */
export function userOf(request: FastifyRequest): { readonly id: string; readonly name: string } {
  const { id, name, role } = callerOf(request);
  if (role === null)
    throw new Fault('scopeMissing', 'An API key has no password and no second factor; a user has, in a session of their own.');
  return { id, name };
}
