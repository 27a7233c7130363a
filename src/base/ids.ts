import type { Random } from './random.ts';

/** What an id names, as its prefix shows: a message, something received, a call, a USSD session, an event, an API key, a one-time code, a user, a task, a consent, an occasion. */
export type IdKind = 'msg' | 'in' | 'call' | 'ussd' | 'evt' | 'key' | 'otp' | 'usr' | 'task' | 'con' | 'occ';

/** A new id: the prefix, `_`, then 96 random bits in hexadecimal, such as `msg_5f0c…`. Unguessable, so never an IDOR. */
export function newId(kind: IdKind, random: Random): string {
  return `${kind}_${random.bytes(12).toString('hex')}`;
}
