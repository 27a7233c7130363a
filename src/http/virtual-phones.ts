import type { Phone } from './schemas/phone.ts';

/** A text on the screen of a virtual phone. */
export interface PhoneTalk {
  readonly direction: 'in' | 'out';
  /** The number at the other end. */
  readonly with: string;
  readonly text: string;
  readonly segments: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface VirtualPhone {
  readonly number: string;
  readonly name: string | null;
  readonly state: Phone['state'];
  /** The oldest first. */
  readonly talk: readonly PhoneTalk[];
}

/** The phones of a virtual network. The last three throw a Fault `notFound` for a number that nobody has. */
export interface VirtualPhones {
  list(): readonly VirtualPhone[];
  /** Writes to the SIM that the phone last heard of, else to any. */
  write(number: string, text: string): void;
  /** Calls that SIM for a few seconds. */
  call(number: string): void;
  setState(number: string, state: 'on' | 'off'): void;
}
