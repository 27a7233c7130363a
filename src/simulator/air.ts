import type { NetworkTime } from './network-time.ts';
import type { SimCard } from './sim-card.ts';
import type { SubmitFacts } from './tpdu.ts';

/** What the network says to an SMS-SUBMIT: taken, or a code for +CMS ERROR (RP-cause or TP-FCS, TS 27.005 3.2.5). */
export type SubmitAnswer = { readonly accepted: true } | { readonly accepted: false; readonly cms: number };

/** One SMS-SUBMIT on its way to the SMSC. */
export interface Submission {
  readonly card: SimCard;
  readonly modem: string;
  /** Hexadecimal as the modem got it. */
  readonly pdu: string;
  readonly facts: SubmitFacts;
  /** TP-MR as it goes over the air. */
  readonly mr: number;
}

/** What the network has for a SIM: an SMS-DELIVER or an SMS-STATUS-REPORT. */
export interface Inbound {
  readonly kind: 'deliver' | 'report';
  /** Who it is from, for faults and the log; the SMSC's number for a report. */
  readonly from: string;
  /** Hexadecimal with the SMSC prefix. */
  readonly pdu: string;
  /** Octets of the TPDU. */
  readonly length: number;
  readonly messageClass: number | null;
}

/** How a modem took what the network had: stored or acknowledged; storage full (the SMSC waits for room); not at all. */
export type ReceiveOutcome = 'taken' | 'memoryFull' | 'failed';

export interface UssdReply {
  readonly text: string;
  /** Whether the network waits for an answer. */
  readonly more: boolean;
  /** What follows each answer; without it an answer is taken for a code. */
  readonly choices?: ReadonlyMap<string, UssdReply> | undefined;
  /** How long the network takes, milliseconds; 0. */
  readonly afterMs?: number | undefined;
}

/** How a call that came in went on. */
export type CallEnd = 'missed' | 'rejected' | 'answered';

/** What a modem needs of its network. */
export interface Air {
  readonly operator: { readonly name: string; readonly numeric: string };
  /** Milliseconds that the next segment takes on the air. */
  radioMs(): number;
  /** Hands a segment to the SMSC. When it is accepted it is in the ledger when this returns. */
  submit(submission: Submission): SubmitAnswer;
  /** The SIM can be reached: what waits for it may come. Also RP-SMMA, room in a storage that was full (TS 24.011 7.3.2). */
  reachable(card: SimCard): void;
  time(): NetworkTime;
  readonly ussd: {
    /** @param say gets the reply, once and perhaps later; undefined for what nobody knows */
    ask(card: SimCard, text: string, say: (reply: UssdReply | undefined) => void): void;
    end(card: SimCard): void;
  };
}
