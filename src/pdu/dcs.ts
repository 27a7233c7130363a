/**
 * TP-DCS, the data coding scheme (TS 23.038 4): which alphabet the user data is in, which class the message has, and
 * whether it says that something waits (voicemail and the like).
 */

export type MessageClass = 0 | 1 | 2 | 3;

/** What the message says about a box that something waits in. */
export interface MessageWaiting {
  readonly kind: (typeof WAITING_KINDS)[number];
  /** Whether something waits; false takes the sign away. */
  readonly active: boolean;
  /** How many messages wait, where the header says so (TS 23.040 9.2.3.24.2); null otherwise. */
  readonly count: number | null;
  /** Whether the text is to be kept; false: the phone may drop it once the sign is shown. */
  readonly store: boolean;
}

export interface DataCoding {
  readonly alphabet: 'gsm7' | '8bit' | 'ucs2';
  /** The user data is compressed (TS 23.042), which nobody does; it is not decoded as text. */
  readonly compressed: boolean;
  /** 0 is shown at once and not kept (flash), 1 is for the phone, 2 for the SIM, 3 for attached equipment. */
  readonly messageClass: MessageClass | null;
  readonly waiting: MessageWaiting | null;
  /** Marked for automatic deletion once read. */
  readonly autoDelete: boolean;
  /** A coding that the standard reserves: it is to be read as the GSM 7 bit default alphabet, and has been. */
  readonly reserved: boolean;
}

/** The kinds of box in the order of the two bits that name them, in TP-DCS and in the special message indication. */
export const WAITING_KINDS = ['voicemail', 'fax', 'email', 'other'] as const;
const CLASSES = [0, 1, 2, 3] as const;

/** The kind of box by its two bits. */
export function waitingKind(bits: number): MessageWaiting['kind'] {
  return WAITING_KINDS[bits & 3] ?? 'other';
}

function decode(octet: number): DataCoding {
  const group = octet >> 4;
  const plain = { compressed: false, messageClass: null, waiting: null, autoDelete: false, reserved: false };
  const messageClass = CLASSES[octet & 3] ?? null;
  if (group < 8) {
    const coding = (octet >> 2) & 3;
    return {
      alphabet: coding === 1 ? '8bit' : coding === 2 ? 'ucs2' : 'gsm7',
      compressed: (octet & 0x20) !== 0,
      messageClass: (octet & 0x10) !== 0 ? messageClass : null,
      waiting: null,
      autoDelete: group >= 4,
      reserved: coding === 3,
    };
  }
  if (group === 0xf) return { ...plain, alphabet: (octet & 4) !== 0 ? '8bit' : 'gsm7', messageClass, reserved: (octet & 8) !== 0 };
  if (group < 0xc) return { ...plain, alphabet: 'gsm7', reserved: true };
  return {
    ...plain,
    alphabet: group === 0xe ? 'ucs2' : 'gsm7',
    waiting: { kind: waitingKind(octet), active: (octet & 8) !== 0, count: null, store: group !== 0xc },
  };
}

const ALL: readonly DataCoding[] = Array.from({ length: 256 }, (_, octet) => Object.freeze(decode(octet)));
const GSM7 = decode(0);

/** What a TP-DCS octet says. Every octet says something: reserved ones are read as GSM 7-bit. */
export function decodeDcs(octet: number): DataCoding {
  return ALL[octet] ?? GSM7;
}

const CODING = { gsm7: 0, '8bit': 4, ucs2: 8 } as const;

/** The TP-DCS octet of the general group for an alphabet and, perhaps, a class. */
export function encodeDcs(alphabet: DataCoding['alphabet'], messageClass: MessageClass | null = null): number {
  return CODING[alphabet] | (messageClass === null ? 0 : 0x10 | messageClass);
}

/** The TP-DCS octet that says that something waits, or no longer does. The alphabet is GSM 7-bit, or UCS2 if `ucs2`. */
export function encodeWaiting(waiting: Pick<MessageWaiting, 'kind' | 'active' | 'store'>, ucs2 = false): number {
  return (ucs2 ? 0xe0 : waiting.store ? 0xd0 : 0xc0) | (waiting.active ? 8 : 0) | WAITING_KINDS.indexOf(waiting.kind);
}
