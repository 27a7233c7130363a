import { type Info, isInTextMode, tpduOctets } from './lines.ts';

/**
 * What the answers and the unsolicited lines of a modem mean. Vendors dress them differently (with or without the
 * name, quotes, blanks), so these readers are liberal; what they cannot read they say is `undefined`, never a guess.
 */

/** The parameters behind `+NAME:`; quotes taken off, commas inside of quotes kept. */
export function parameters(text: string): string[] {
  const colon = /^[+^*$%#!&][A-Z0-9_]+ ?:/.exec(text)?.[0];
  const found: string[] = [];
  let current = '';
  let quoted = false;
  for (const c of colon === undefined ? text : text.slice(colon.length)) {
    if (c === '"') quoted = !quoted;
    else if (c === ',' && !quoted) {
      found.push(current.trim());
      current = '';
    } else current += c;
  }
  found.push(current.trim());
  return found;
}

const whole = (text: string | undefined): number | undefined => (text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined);

// ---- identity ---------------------------------------------------------------------------------------------------

/** The IMEI: 15 digits (TS 23.003 6.2.1), or what a modem gives for it, with or without name, quotes and version. */
export function readSerial(info: readonly Info[]): string | undefined {
  for (const { text } of info) {
    const digits = /(?<!\d)\d{8,20}(?!\d)/.exec(text.replaceAll(/[\s-]/g, ''))?.[0];
    if (digits) return digits;
  }
  return undefined;
}

/** A maker's or a model's name: the first line, without name and quotes. */
export function readName(info: readonly Info[]): string | undefined {
  const text = info[0]?.text
    .replace(/^\+CGM[IM]: ?/, '')
    .replaceAll('"', '')
    .trim();
  return text ? text.slice(0, 64) : undefined;
}

/**
 * The ICCID, 18 to 20 digits (ITU-T E.118 4.1), or what a modem gives for it: from the line of any of the vendors' commands, or from the bytes of
 * EF-ICCID, whose digits stand swapped (TS 51.011 10.1.1). Fillers F at the end are dropped; one with letters in its middle is left alone.
 */
export function readIccid(info: readonly Info[]): string | undefined {
  for (const { text } of info) {
    const digits = CARD_NUMBER.exec(text.replaceAll(/[\s-]/g, '').replace(/^\+CRSM:144,0,/, ''))?.[0];
    if (!digits) continue;
    // 89 stands for telecommunications in every ICCID; 98 is that, swapped.
    return (digits.startsWith('98') ? swapped(digits) : digits).replace(/[Ff]+$/, '');
  }
  return undefined;
}

const CARD_NUMBER = /(?<!\d[A-Fa-f]*)(?:98\d{16}[Ff]\d|\d{10,20}[Ff]{0,6})(?![\dA-Fa-f])/;

const swapped = (digits: string): string => digits.replaceAll(/(.)(.)/g, '$2$1');

/** The IMSI, up to 15 digits (TS 23.003 2.2). */
export function readImsi(info: readonly Info[]): string | undefined {
  for (const { text } of info) {
    const digits = /(?<!\d)\d{6,15}(?!\d)/.exec(text)?.[0];
    if (digits) return digits;
  }
  return undefined;
}

/** The SIM's own number of `+CNUM: [<alpha>],<number>,<type>` (TS 27.007 7.1), with `+` where the type says international. */
export function readOwnNumber(info: readonly Info[]): string | undefined {
  for (const { text } of info) {
    const fields = parameters(text);
    // Some leave the name out with its comma.
    const [number = '', type] = fields.length === 2 && isTypeOfNumber(fields[1]) ? fields : fields.slice(1);
    const plain = decodeUcs2(number);
    if (/^\+?\d{3,15}$/.test(plain)) return international(plain, type);
  }
  return undefined;
}

/** An octet whose first bit is set, 128 to 255 (TS 24.008 10.5.4.7). */
const isTypeOfNumber = (text: string | undefined): boolean => {
  const octet = whole(text) ?? 0;
  return octet >= 128 && octet <= 255;
};

/** The SMSC's address of `+CSCA: <number>,<type>` (TS 27.005 3.3.1). */
export function readSmsc(info: readonly Info[]): string | undefined {
  const [number, type] = parameters(info[0]?.text ?? '');
  const plain = decodeUcs2(number ?? '');
  return /^\+?\d{3,20}$/.test(plain) ? international(plain, type) : undefined;
}

/** A number with the `+` that its type 145 says (TS 24.008 10.5.4.7). */
export const international = (number: string, type: string | undefined): string =>
  type === '145' && !number.startsWith('+') ? `+${number}` : number;

/** A text that a modem with `+CSCS="UCS2"` gives in hex, four digits a character. */
export function decodeUcs2(text: string): string {
  if (text.length < 8 || text.length % 4 !== 0 || !/^(?:0[0-9A-Fa-f]{3})+$/.test(text)) return text;
  return Buffer.from(text, 'hex').swap16().toString('utf16le');
}

// ---- SIM and network --------------------------------------------------------------------------------------------

/** What `+CPIN: <code>` says (TS 27.007 8.3), such as `READY`, `SIM PIN`, `SIM PUK`. */
export function readPinState(info: readonly Info[]): string | undefined {
  return info[0] ? parameters(info[0].text)[0]?.toUpperCase() : undefined;
}

/**
 * Tries that are left for the PIN, from the answer of whichever command the vendor has for it: the first number of
 * `+CPINR: SIM PIN,3,3`, `+SPIC: 3,10,3,10`, `^SPIC: 3`, `+QPINC: "SC",3,10` and others; only Huawei's
 * `^CPIN: SIM PIN,3,10,3,10,3` tells those of the code that is asked for, of PUK, PIN, PUK2 and PIN2.
 */
export function readPinTries(info: readonly Info[]): number | undefined {
  for (const { text } of info) {
    const fields = parameters(text);
    const numbers = fields.map(whole).filter((n) => n !== undefined);
    const left = text.startsWith('^CPIN:') && fields.length > 3 ? whole(fields[3]) : numbers[0];
    if (left !== undefined) return left;
  }
  return undefined;
}

/** Whether `+CFUN: <fun>` says that the radio is off (TS 27.007 8.2): 0 with nearly all else, 4 alone. */
export function isSwitchedOff(info: readonly Info[]): boolean {
  return info.some(({ text }) => /^\+CFUN: ?[04]\b/.test(text));
}

/** <stat> of TS 27.007 7.2: 1 home, 5 roaming, 6 and 7 the same for SMS only; 0, 2, 3, 4, 8 ... not registered. */
export function isRegistered(stat: number): boolean {
  return stat === 1 || stat === 5 || stat === 6 || stat === 7;
}

/**
 * <stat> of `+CREG: <n>,<stat>` (asked) or `+CREG: <stat>` (unasked), with or without what follows, for +CGREG and
 * +CEREG as well.
 */
export function readRegistration(text: string): { name: 'CREG' | 'CGREG' | 'CEREG'; stat: number } | undefined {
  const said = /^\+(CREG|CGREG|CEREG):\s*(\d{1,2})(?:\s*,\s*(\d{1,2})(?![\dA-Fa-f"]))?/.exec(text);
  const name = said?.[1];
  if (name !== 'CREG' && name !== 'CGREG' && name !== 'CEREG') return undefined;
  return { name, stat: Number(said?.[3] ?? said?.[2]) };
}

/** <stat> 5 and 7: registered with another operator's network (TS 27.007 7.2). */
export function isRoaming(stat: number): boolean {
  return stat === 5 || stat === 7;
}

/** Signal strength in dBm of `+CSQ: <rssi>,<ber>` (TS 27.007 8.5); null when the modem does not know it. */
export function readSignal(info: readonly Info[]): number | null | undefined {
  const rssi = whole(parameters(info[0]?.text ?? '')[0]);
  if (rssi === undefined) return undefined;
  return rssi <= 31 ? -113 + 2 * rssi : null;
}

/** The operator of `+COPS: <mode>[,<format>,<oper>[,<AcT>]]` (TS 27.007 7.3); null when there is none. */
export function readOperator(info: readonly Info[]): string | null | undefined {
  const text = info[0]?.text;
  if (text === undefined) return undefined;
  // In quotes as it should be, or without; <format> 2 is a code and no name.
  const name = /^\+COPS:[^"]*"(.*)"[^"]*$/s.exec(text)?.[1] ?? /^\+COPS:\s*\d\s*,\s*[01]\s*,([^"]*?)(?:,\s*\d{1,2}\s*)?$/s.exec(text)?.[1];
  if (name === undefined) return null;
  // Whatever an operator calls itself, it is one short line.
  const line = Array.from(decodeUcs2(name))
    .map((c) => (c < ' ' ? ' ' : c))
    .join('');
  return line.trim().slice(0, 40) || null;
}

// ---- messages ---------------------------------------------------------------------------------------------------

/** The memories that `+CPMS: ("SM","ME"),("SM"),("SM")` offers for reading, writing and receiving (TS 27.005 3.2.2). */
export function readStorages(info: readonly Info[]): readonly (readonly string[])[] {
  const text = info[0]?.text.replace(/^\+CPMS: ?/, '') ?? '';
  const memories = (group: string): string[] => group.match(/[A-Z]{2}/g) ?? [];
  // A single memory may stand without brackets.
  return (text.match(/\([^)]*\)|[^,()\s]+/g) ?? []).map(memories);
}

export interface StorageUse {
  readonly memory: string | undefined;
  readonly used: number;
  readonly total: number;
}

/** `+CPMS: "SM",3,20,"SM",3,20,"SM",3,20` as asked, or `+CPMS: 3,20,3,20,3,20` after a selection; reading first. */
export function readStorageUse(info: readonly Info[]): readonly StorageUse[] {
  const fields = parameters(info[0]?.text ?? '');
  const named = /^[A-Z]{2}$/.test(fields[0] ?? '');
  const width = named ? 3 : 2;
  const uses: StorageUse[] = [];
  for (let i = 0; i + width <= fields.length; i += width) {
    const used = whole(fields[i + width - 2]);
    const total = whole(fields[i + width - 1]);
    if (used === undefined || total === undefined) break;
    uses.push({ memory: named ? fields[i] : undefined, used, total });
  }
  return uses;
}

/** Country and network code, 5 or 6 digits, of `+COPS: <mode>,2,<oper>` (TS 27.007 7.3); undefined where there is none. */
export function readOperatorCode(info: readonly Info[]): string | undefined {
  return /^\+COPS:\s*\d\s*,\s*2\s*,\s*"?(\d{5,6})(?!\d)/.exec(info[0]?.text ?? '')?.[1];
}

export interface StoredMessage {
  readonly index: number;
  /** <stat> of TS 27.005 3.1: 0 and 1 received, 2 and 3 stored to be sent. */
  readonly stat: number | null;
  /** Undefined when the modem gave none. */
  readonly pdu: string | undefined;
  /** As many octets came as the modem announced. */
  readonly whole: boolean;
  /** A length of 0 was announced, and nothing came. */
  readonly isEmpty: boolean;
  /** The modem is in text mode: this is no PDU, and its sender is not with it. */
  readonly isText: boolean;
}

/** Octets of the TPDU behind an SMSC address as many as the header says (TS 27.005 3.1, <length>); one that says nothing is believed. */
function isWhole({ text, pdu }: Info): boolean {
  const announced = /,\s*(\d{1,3})$/.exec(text)?.[1];
  return pdu === undefined || announced === undefined || tpduOctets(pdu) === Number(announced);
}

const isEmpty = ({ text, pdu }: Info): boolean => pdu === undefined && parameters(text).at(-1) === '0';

/** A row `+CMGL: <index>,<stat>,[<alpha>],<length>` with its PDU. */
export function readListed(info: Info): StoredMessage | undefined {
  const [index, stat] = parameters(info.text);
  const slot = whole(index);
  return slot === undefined ? undefined : storedIn(slot, stat, info);
}

function storedIn(index: number, stat: string | undefined, info: Info): StoredMessage {
  return {
    index,
    stat: whole(stat) ?? null,
    pdu: info.pdu,
    whole: isWhole(info),
    isEmpty: isEmpty(info),
    isText: isInTextMode(info.text),
  };
}

/** `+CMGR: <stat>,[<alpha>],<length>` with its PDU; undefined for an empty slot, which some modems show with a length of 0. */
export function readRead(index: number, info: readonly Info[]): StoredMessage | undefined {
  const first = info[0];
  return !first || isEmpty(first) ? undefined : storedIn(index, parameters(first.text)[0], first);
}

/** `+CMTI: <mem>,<index>` and `+CDSI: <mem>,<index>` (TS 27.005 3.4.1): something was stored. */
export function readIndication(text: string): { memory: string; index: number } | undefined {
  if (!/^\+(?:CMTI|CDSI):/.test(text)) return undefined;
  const [memory, index] = parameters(text);
  const slot = whole(index);
  return memory !== undefined && /^[A-Z]{2}$/.test(memory) && slot !== undefined ? { memory, index: slot } : undefined;
}

/** Years that a clock may say: what was never set says 1980, 2000 or 2004, and two digits of a year say no more. */
const CLOCK_YEARS = { first: 2026, last: 2069 };

/**
 * What `+CCLK` may mean (TS 27.007 8.15): local time with its distance from UTC in quarter hours. Some makers give UTC with
 * that distance behind it, so where it is not 0 there are two meanings, the standard's first.
 * @returns milliseconds since 1970; none where the clock was never set, or says no zone
 */
export function readClock(info: readonly Info[]): number[] {
  for (const { text } of info) {
    const match = /^\+CCLK:\s*"?(?:20)?(\d\d)\/(\d\d)\/(\d\d),(\d\d):(\d\d):(\d\d)([+-]\d\d)"?/.exec(text);
    if (!match) continue;
    const [yy = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zone = 0] = match.slice(1).map(Number);
    const year = 2000 + yy;
    const written = Date.UTC(year, month - 1, day, hour, minute, second);
    if (year < CLOCK_YEARS.first || year > CLOCK_YEARS.last || new Date(written).getUTCDate() !== day || Math.abs(zone) > 56) return [];
    return zone === 0 ? [written] : [written - zone * 900_000, written];
  }
  return [];
}
