import type { Clock } from '../base/clock.ts';
import { Fault, type FaultPlace } from '../base/fault.ts';
import { newId } from '../base/ids.ts';
import { parseNetwork } from '../base/networks.ts';
import type { Random } from '../base/random.ts';
import type { NewApiKey } from '../store/records/key.ts';
import { hashKey } from './auth.ts';
import type { Scope } from './scopes.ts';
import { checkName } from './text.ts';

/** 256 random bits behind a word that scanners for leaked secrets can look for. */
const KEY_WORD = 'simpost_';
const KEY_BYTES = 32;
/** Of the key, the first characters are kept in clear so that a person can tell keys apart. */
const PREFIX_LENGTH = KEY_WORD.length + 6;

const LONGEST_NAME = 100;

/** What a key is asked to be. */
export interface KeyWish {
  /** In a line of its own wherever keys are listed. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Its share of the queue beside other keys; 1 unless given. */
  readonly weight?: number;
  /** Milliseconds since 1970; never unless given. */
  readonly expiresAt?: number;
  /** Networks or single addresses; anywhere unless given. */
  readonly allowFrom?: readonly string[];
  /** Messages in any hour, and in any day; no cap unless given. */
  readonly perHour?: number;
  readonly perDay?: number;
}

/**
 * A new API key. `key` is shown once to whoever asked for it; `record` goes into the store.
 * @param random one that is fit for secrets
 * @throws Fault `requestInvalid` for a name that is empty, has more than 100 characters, or something in it that no line has; for a
 * network that is none; for an end that is past
 */
export function makeKey(wish: KeyWish, clock: Clock, random: Random): { key: string; record: NewApiKey } {
  const { name, scopes, weight = 1, expiresAt = null, allowFrom = [], perHour = 0, perDay = 0 } = wish;
  const refuse = (why: string, reason: FaultPlace['reason'], limit?: number): Fault =>
    new Fault('requestInvalid', `The name of the key ${why}.`, [{ pointer: '/name', detail: why, reason, limit }]);
  if (name.trim() === '') throw refuse('is empty; give that of the program that will use it', 'empty');
  if (name.length > LONGEST_NAME) throw refuse(`may have at most ${LONGEST_NAME} characters`, 'tooLong', LONGEST_NAME);
  checkName(name, (why) => refuse(why, 'characters'));
  for (const [i, written] of allowFrom.entries()) {
    if (parseNetwork(written)) continue;
    const why = 'is no network; write an address, or a network such as 192.168.1.0/24 or fd00::/8';
    throw new Fault('requestInvalid', `"${written.slice(0, 60)}" ${why}.`, [
      { pointer: `/allowFrom/${i}`, detail: why, reason: 'network' },
    ]);
  }
  const createdAt = clock.now();
  if (expiresAt !== null && expiresAt <= createdAt) {
    const why = 'is past already';
    throw new Fault('requestInvalid', `The end of the key ${why}.`, [{ pointer: '/expiresAt', detail: why, reason: 'past' }]);
  }
  const key = KEY_WORD + random.bytes(KEY_BYTES).toString('base64url');
  const prefix = key.slice(0, PREFIX_LENGTH);
  const id = newId('key', random);
  return { key, record: { id, name, prefix, hash: hashKey(key), scopes, createdAt, weight, expiresAt, allowFrom, perHour, perDay } };
}
