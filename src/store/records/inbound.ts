/** What came in: TPDUs, the messages that they make, and how these are shown. */

export interface ReceivedBefore {
  readonly inboundId: string | null;
  readonly at: number;
}

export interface GroupKey {
  readonly iccid: string;
  readonly from: string;
  readonly ref: number;
  readonly bits: 8 | 16;
  readonly total: number;
}

export interface InboundGroup {
  readonly inboundId: string;
  readonly startedAt: number;
  readonly complete: boolean;
  readonly segments: readonly { readonly n: number; readonly pdu: string; readonly smscAt: number | null }[];
}

/** An MMS that waits at the operator. */
export interface MmsNotice {
  /** E.164, or as it was written; null where the sender is not told. */
  readonly from: string | null;
  /** Octets. */
  readonly size: number | null;
}

/** Where a received TPDU goes. */
export type Placement =
  /** A message of its own. */
  | { readonly kind: 'single'; readonly mms?: MmsNotice }
  /** The first segment of a message. */
  | { readonly kind: 'begin'; readonly key: GroupKey; readonly n: number }
  /** One more segment; `text` is the whole when that makes it complete, else null. */
  | {
      readonly kind: 'join';
      readonly inboundId: string;
      readonly n: number;
      readonly text: string | null;
      /** The whole is the notification of an MMS and has no text. */
      readonly mms?: MmsNotice;
      /** All segments are here, and are no message: one sentence. */
      readonly problem?: string;
    }
  /** Seen before: counted, kept raw, nothing else happens. */
  | { readonly kind: 'duplicate'; readonly inboundId: string | null }
  /** Meant for the phone itself: kept raw, is no message to anybody. */
  | { readonly kind: 'forPhone' }
  /** Not a readable SMS-DELIVER: kept raw and shown, with the sentence that says what was wrong. */
  | { readonly kind: 'unreadable'; readonly problem: string };

export interface NewReceived {
  /** For `single`, `begin` and `unreadable`. */
  readonly inboundId: string;
  readonly iccid: string;
  readonly imei: string;
  readonly from: string;
  readonly text: string;
  readonly alphabet: string;
  /** TP-SCTS. */
  readonly smscAt: number | null;
  /** TP-SCTS with its own offset, RFC 3339. */
  readonly smscTime: string | null;
  readonly receivedAt: number;
  /** The whole PDU as the modem gave it, hex. */
  readonly pdu: string;
  readonly placement: Placement;
  /** The outbound message that it most likely answers. */
  readonly answers: string | null;
}

/** What became of a TPDU. */
export interface Received {
  readonly inboundId: string | undefined;
  /** A reply of our own is to go out. */
  readonly replies: boolean;
  /** Something may follow after the text that is whole with it. */
  readonly follows: boolean;
}

export interface InboundFilter {
  readonly from?: string;
  readonly since?: number;
}

export interface InboundView {
  readonly id: string;
  readonly from: string;
  /** Null while segments are missing, where nothing could be read (then `segments` has what came), and once it was erased. */
  readonly text: string | null;
  /** When text and PDUs were erased. */
  readonly textErasedAt: number | null;
  readonly complete: boolean;
  /** 1, and one more each time that what was shown changed. */
  readonly revision: number;
  readonly receivedAt: number;
  readonly smscTime: string | null;
  readonly sim: string;
  readonly answers: string | null;
  /** What it means to us: `stop`, `help` ...; null for anything else. */
  readonly meaning: string | null;
  /** The rule of the site that took it, and the word that this marked it with. */
  readonly rule: string | null;
  readonly tag: string | null;
  readonly total: number;
  /** Null for a text. */
  readonly mms: MmsNotice | null;
  /** What was wrong, where the PDU could not be read. */
  readonly problem: string | null;
  readonly duplicates: number;
  readonly segments: readonly { readonly n: number; readonly text: string; readonly pdu: string; readonly receivedAt: number }[];
}
