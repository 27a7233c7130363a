import type { Purpose } from '../../base/purpose.ts';
import type { Meaning } from './inbound-rules.ts';

/** The message that a text most likely answers: the last one that went to its sender before it came, our own replies apart. */
export interface Answered {
  readonly messageId: string;
  readonly purpose: Purpose;
  readonly topic: string | null;
  /** Of a reminder: the instant that it reminds of. */
  readonly remindsOf: number | null;
  /** Its caller's own reference. */
  readonly reference: string | null;
  readonly at: number;
}

/** A client's text after which something may follow: it is whole, and meant no opt-out, START or wrong number. */
export interface FollowedText {
  readonly id: string;
  /** Grows with each text: what was done for one is known by it. */
  readonly seq: number;
  /** E.164 where it is a number; else a short code or a name, which cannot be replied to. */
  readonly from: string;
  readonly text: string;
  /** The ICCID of the SIM that it came to. */
  readonly sim: string;
  readonly receivedAt: number;
  readonly meaning: Meaning | null;
  /** Null when nothing went to its sender within 90 days. */
  readonly answered: Answered | null;
  readonly now: number;
}
