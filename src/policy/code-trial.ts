import { timingSafeEqual } from 'node:crypto';

/**
 * Whether what somebody typed in is the code that was sent.
 *
 * States of a code: `open` -> the right code: `used`; another code was asked for: `superseded`; its time is over: expired; every try
 * was wrong: no attempts left. Only an open one in its time with a try left can be right, and each wrong try costs one.
 */
export interface TriedCode {
  readonly state: 'open' | 'used' | 'superseded';
  /** Keyed digest of the code, hex; null once it is of no use. */
  readonly mac: string | null;
  readonly triesLeft: number;
  /** When it ends: on the wall, and in the time since the start of the machine of that id. Milliseconds, as are all here. */
  readonly expiresAt: number;
  readonly bootId: string;
  readonly endsAt: number;
}

/** What is known when a code is tried. */
export interface TrialFacts {
  /** Keyed digest of what was typed in, hex. */
  readonly mac: string;
  readonly now: number;
  readonly bootId: string;
  readonly monotonic: number;
  /** Whether `now` is to be believed. */
  readonly clockTrusted: boolean;
}

export interface Trial {
  readonly outcome: 'right' | 'wrong' | 'expired' | 'used' | 'superseded' | 'noAttemptsLeft';
  readonly triesLeft: number;
}

/** Compared with where there is nothing to compare with, so that it takes as long. */
const NO_MAC = Buffer.alloc(32);

/** Compares in constant time, whatever the state of the code. */
export function judgeTrial(code: TriedCode, facts: TrialFacts): Trial {
  const kept = code.mac === null ? NO_MAC : Buffer.from(code.mac, 'hex');
  const given = Buffer.from(facts.mac, 'hex');
  const equal = kept.length === given.length && timingSafeEqual(kept, given);
  if (code.state !== 'open') return { outcome: code.state, triesLeft: 0 };
  if (isPast(code, facts)) return { outcome: 'expired', triesLeft: 0 };
  if (code.triesLeft <= 0 || code.mac === null) return { outcome: 'noAttemptsLeft', triesLeft: 0 };
  return equal ? { outcome: 'right', triesLeft: 0 } : { outcome: 'wrong', triesLeft: code.triesLeft - 1 };
}

/** Of another start of the machine only the wall tells, and only where it is believed. */
function isPast({ bootId, endsAt, expiresAt }: TriedCode, { bootId: boot, monotonic, now, clockTrusted }: TrialFacts): boolean {
  return bootId === boot ? monotonic >= endsAt : !clockTrusted || now >= expiresAt;
}
