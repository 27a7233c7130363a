/** People. */

export const ROLES = ['owner', 'desk', 'readOnly', 'technician'] as const;
export type Role = (typeof ROLES)[number];

export interface User {
  readonly id: string;
  /** Without regard to case, nobody else has it. */
  readonly name: string;
  readonly role: Role;
  /** As `http/passwords.ts` writes it: never the password. */
  readonly password: string;
  readonly createdAt: number;
}

export interface UserChange {
  readonly role?: Role;
  readonly password?: string;
}

/** What became of a wish about users: `lastOwner` where nobody would be left who may change it back. */
export type UserOutcome = 'done' | 'unknown' | 'nameTaken' | 'lastOwner';
