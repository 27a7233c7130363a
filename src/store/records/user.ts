/** People. */

export const ROLES = ['owner', 'desk', 'readOnly', 'technician'] as const;
export type Role = (typeof ROLES)[number];

/** What a user shows besides the password: codes of an app, or one of some recovery codes. */
export interface SecondFactor {
  /** With the key of the installation it makes the secret (`http/second-factors.ts`); alone it tells nothing. */
  readonly seed: string;
  /** The time step of the last code that counted: no code up to it counts again. */
  readonly lastStep: number;
  /** SHA-256, hex, of the recovery codes that were not used yet. */
  readonly recovery: readonly string[];
}

export interface User {
  readonly id: string;
  /** Without regard to case, nobody else has it. */
  readonly name: string;
  readonly role: Role;
  /** As `http/passwords.ts` writes it: never the password. */
  readonly password: string;
  readonly secondFactor: SecondFactor | null;
  readonly createdAt: number;
}

export interface UserChange {
  readonly role?: Role;
  readonly password?: string;
  readonly secondFactor?: SecondFactor | null;
}

/** What became of a wish about users: `lastOwner` where nobody would be left who may change it back. */
export type UserOutcome = 'done' | 'unknown' | 'nameTaken' | 'lastOwner';
