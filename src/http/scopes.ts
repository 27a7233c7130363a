import { PURPOSES, type Purpose } from '../base/purpose.ts';

/**
 * What a key may do. `send` takes messages in and withdraws its own, `send:` and a purpose only for that purpose. `read` sees
 * its own messages, what clients wrote, who called and how the box is; `inbox` only what clients wrote and who called;
 * `read:all` the messages of every key too. `operate` stops and starts sending and looks into the dialogue with modems.
 * `admin` says who may do what, and has the operator change a SIM or asks it what may cost.
 */
export const SCOPES = [
  'send',
  'send:otp',
  'send:urgent',
  'send:service',
  'send:promotional',
  'read',
  'read:all',
  'inbox',
  'operate',
  'admin',
] as const;
export type Scope = (typeof SCOPES)[number];

export const sendScope = (purpose: Purpose): Scope => `send:${purpose}`;

/** Scopes that another one holds. */
const HOLDS: Readonly<Partial<Record<Scope, readonly Scope[]>>> = {
  send: PURPOSES.map(sendScope),
  read: ['inbox'],
  'read:all': ['read', 'inbox'],
};

/** The scopes in a list of words, with all that they hold; words that are none open nothing. */
export function heldScopes(words: readonly string[]): ReadonlySet<Scope> {
  return new Set(SCOPES.filter((scope) => words.includes(scope)).flatMap((scope) => [scope, ...(HOLDS[scope] ?? [])]));
}
