import type { Random } from './random.ts';

/** What an id names, as its prefix shows: something received, a call, a USSD session, an event, an API key, a one-time code, a user, a task, a consent, a webhook, an occasion, a dialogue, an alert, news for many, a campaign. */
export type IdKind =
  | 'in'
  | 'call'
  | 'ussd'
  | 'evt'
  | 'key'
  | 'otp'
  | 'usr'
  | 'task'
  | 'con'
  | 'whk'
  | 'occ'
  | 'dlg'
  | 'alr'
  | 'ntc'
  | 'cmp';

/** A new id: the prefix, `_`, then 96 random bits in hexadecimal, such as `key_5f0c…`. Unguessable, so never an IDOR. */
export function newId(kind: IdKind, random: Random): string {
  return `${kind}_${random.bytes(12).toString('hex')}`;
}

/** Seconds are counted round and round in three octets, half a year. */
const TIME_SPAN = 2 ** 24;

/**
 * A new id of a message: `msg_`, the second in three octets, then 72 random bits, in hexadecimal. Of messages there are many, and
 * those that are made together stand together in the index of their ids, so that a commit writes a page and not one for each.
 * @param now milliseconds since 1970
 */
export function newMessageId(random: Random, now: number): string {
  const second = (Math.floor(now / 1000) % TIME_SPAN).toString(16).padStart(6, '0');
  return `msg_${second}${random.bytes(9).toString('hex')}`;
}
