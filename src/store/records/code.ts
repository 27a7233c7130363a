/** A one-time code that was sent to a client. */

export interface NewCode {
  readonly id: string;
  readonly keyId: string;
  readonly to: string;
  readonly messageId: string;
  /** A keyed digest of the code, hex; the key stands in a file of its own. */
  readonly mac: string;
  readonly triesLeft: number;
  readonly createdAt: number;
  /** Two ends: on the wall, and in the time since this start of the machine, which no step of the clock moves. */
  readonly expiresAt: number;
  readonly bootId: string;
  readonly endsAt: number;
}

/** `open` until the first right try (`used`) or the next code of the same key to the same number (`superseded`). */
export type CodeState = 'open' | 'used' | 'superseded';

export interface StoredCode {
  readonly state: CodeState;
  /** Null once it is of no use. */
  readonly mac: string | null;
  readonly triesLeft: number;
  readonly expiresAt: number;
  readonly bootId: string;
  readonly endsAt: number;
}

/** What comes of one try. */
export interface CodeTrial {
  readonly outcome: 'right' | 'wrong' | 'expired' | 'used' | 'superseded' | 'noAttemptsLeft';
  /** Tries that are left after this one. */
  readonly triesLeft: number;
}
