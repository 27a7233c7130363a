/** API keys. */

/** How many messages a key may hand over in any hour and any day; 0 for no cap. */
export interface KeyCaps {
  readonly perHour: number;
  readonly perDay: number;
}

export interface NewApiKey extends KeyCaps {
  readonly id: string;
  readonly name: string;
  /** The first characters, for recognition. */
  readonly prefix: string;
  /** SHA-256 of the key, hex. */
  readonly hash: string;
  readonly scopes: readonly string[];
  readonly createdAt: number;
  /** Its share of the queue beside other keys, 1 or more. */
  readonly weight: number;
  /** From then on it opens nothing; null for never. */
  readonly expiresAt: number | null;
  /** Networks that it may be used from, in CIDR notation; empty for anywhere. */
  readonly allowFrom: readonly string[];
}

export interface ApiKey extends NewApiKey {
  /** To the minute; null for one that was never used. */
  readonly lastUsedAt: number | null;
}
