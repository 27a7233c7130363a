import type { Clock } from '../base/clock.ts';
import type { Random } from '../base/random.ts';
import type { CallEnd } from './air.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import type { Registration } from './me.ts';
import type { MemoryName, MessageStat } from './message-memory.ts';
import type { ModemModel } from './models.ts';
import type { AnswerRule, ReceivedText, VirtualPhone } from './phone.ts';

/** A duration in milliseconds, or from..to for one drawn anew each time. */
export type Span = number | readonly [number, number];

export interface NetworkOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly ledger?: Ledger | undefined;
  /** From Ctrl-Z to the SMSC's answer; 0. */
  readonly radioMs?: Span | undefined;
  /** From the SMSC to the recipient, phone or SIM; 0. */
  readonly deliveryMs?: Span | undefined;
  /** From delivery to the sender's status report; 0. */
  readonly reportMs?: Span | undefined;
  /** The SMSC tries again after so many milliseconds; 30,000. */
  readonly retryMs?: number | undefined;
  /** Local time ahead of UTC in quarter hours, -48..56; 8. */
  readonly quarterHours?: number | undefined;
  /** The SMSC's address, also written on every SIM. */
  readonly smsc?: string | undefined;
  /** What phones without rules of their own answer. */
  readonly answers?: readonly AnswerRule[] | undefined;
  /** How TP-RA of a status report is written; as the recipient was addressed unless given. */
  readonly reportAddress?: 'asAddressed' | 'international' | 'national' | undefined;
  /** Whether the SMSC refuses a copy of what it still holds when TP-RD asks for that (TP-FCS 0xC5); true. */
  readonly rejectsDuplicates?: boolean | undefined;
}

export interface NewCard {
  /** The SIM asks for this PIN. */
  readonly pin?: string | undefined;
  /** Whether +CNUM knows the number; true. */
  readonly numberOnCard?: boolean | undefined;
  /** How many messages the SIM holds, here in `SM`; 20. */
  readonly capacity?: { readonly SM?: number; readonly ME?: number; readonly SR?: number } | undefined;
}

export interface NewModem extends NewCard {
  /** `modem1`, `modem2` ... unless given. */
  readonly name?: string | undefined;
  readonly model?: ModemModel | undefined;
  /** From power to registration, milliseconds; 0. */
  readonly registerMs?: number | undefined;
  /** How long +CFUN=1,1 takes, milliseconds; 2,000. */
  readonly rebootMs?: number | undefined;
  /** How long the host has for +CNMA, milliseconds; 12,000. */
  readonly acknowledgeMs?: number | undefined;
  /** The modem leaves the host's TP-MR as it is. */
  readonly keepMr?: boolean | undefined;
  /** <stat> when registered; 1 everywhere. */
  readonly registered?: Registration | undefined;
  /** Made without a SIM in it. */
  readonly empty?: boolean | undefined;
}

/** Somebody writes to a SIM: `to` its number, or to the `modem` that has it. */
export interface InboundText {
  /** A number, or a name of up to 11 characters. */
  readonly from: string;
  readonly to?: string | undefined;
  readonly modem?: string | number | undefined;
  readonly text: string;
}

/** Somebody calls a SIM. */
export interface InboundCall {
  /** A number, or `withheld`. */
  readonly from: string;
  readonly to?: string | undefined;
  readonly modem?: string | number | undefined;
  /** The caller gives up after so many milliseconds; 25,000. */
  readonly forMs?: number | undefined;
}

export interface CallRecord {
  readonly id: number;
  readonly from: string;
  readonly to: string;
  /** RFC 3339. */
  readonly at: string;
  state: 'ringing' | 'unreachable' | 'forwarded' | CallEnd;
  forwardedTo?: string;
}

/** Raw octets for a modem's storage. */
export interface RawMessage {
  readonly modem: string | number;
  /** Hexadecimal as the modem would show it, SMSC prefix included; it need not be right. */
  readonly pdu: string;
  /** Where the modem keeps what comes in, unless given. */
  readonly memory?: MemoryName | undefined;
  /** <stat>; 0, received and unread, is also indicated if +CNMI says so. */
  readonly stat?: MessageStat | undefined;
}

export interface NetworkEvents {
  /** The SMSC took a segment. */
  accepted: [LedgerEntry];
  /** A phone shows a whole text. */
  text: [{ readonly phone: VirtualPhone; readonly text: ReceivedText }];
  /** A text was sent to a SIM: by a phone's rule, or by hand. */
  sent: [{ readonly from: string; readonly to: string; readonly text: string; readonly segments: number }];
  /** A modem has taken what the network had for it. */
  taken: [{ readonly modem: string; readonly kind: 'deliver' | 'report' }];
}
