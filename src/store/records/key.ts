/** API keys. */

export interface NewApiKey {
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
}

export type ApiKey = NewApiKey;
