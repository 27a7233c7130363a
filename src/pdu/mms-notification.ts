/**
 * The notification of an MMS (m-notification-ind), as a WAP push brings it in 8-bit short messages to port 2948: who
 * wrote, and how much there is to fetch. OMA-WAP-TS-WSP 8 (WAP-230-WSP), OMA-TS-MMS_ENC 6.2 and 7.
 */

/** The application port of WAP push (WAP-259-WDP, appendix B). */
export const PUSH_PORT = 2948;

/** What a notification says, as far as it says it. */
export interface MmsNotification {
  /** A number or an e-mail address, as it was written; null where the sender is not told. */
  readonly from: string | null;
  /** Octets that are to be fetched. */
  readonly size: number | null;
}

const PUSH = 0x06;
const CONFIRMED_PUSH = 0x07;
/** application/vnd.wap.mms-message: its number in the table of content types, as a short integer, and its name. */
const MMS_NUMBER = 0x80 | 0x3e;
const MMS_NAME = 'application/vnd.wap.mms-message';

const MESSAGE_TYPE = 0x8c;
const NOTIFICATION_IND = 0x82;
const FROM = 0x89;
const ADDRESS_PRESENT = 0x80;
const MESSAGE_SIZE = 0x8e;

/** An octet that says: a length follows as a uintvar. */
const LENGTH_QUOTE = 31;

/** A size in more octets than these is none that a network can mean. */
const MOST_SIZE_OCTETS = 4;

/** Characters of an address; longer is rubbish. */
const LONGEST_ADDRESS = 256;

/**
 * Reads a WAP push. Octets that end too early, or make no sense, end the reading: what was read until then counts.
 * @param push all segments in order, without their headers
 * @returns undefined for every push that is no notification of an MMS
 */
export function readMmsNotification(push: Uint8Array): MmsNotification | undefined {
  const type = push[1];
  if (type !== PUSH && type !== CONFIRMED_PUSH) return undefined;
  const length = uintvar(push, 2);
  if (!length || !isMms(push, length.end)) return undefined;
  let at = length.end + length.value;
  let isNotification = false;
  let from: string | null = null;
  let size: number | null = null;
  while (at < push.length) {
    const name = push[at] ?? 0;
    // A header by its name in letters: name and value are both text.
    const value = valueAt(push, name < 0x80 ? textEnd(push, at) : at + 1);
    if (value.end > push.length) break;
    if (name === MESSAGE_TYPE) isNotification = push[value.from] === NOTIFICATION_IND;
    else if (name === FROM) from = address(push.subarray(value.from, value.end));
    else if (name === MESSAGE_SIZE) size = longInteger(push.subarray(value.from, value.end));
    at = value.end;
  }
  return isNotification ? { from, size } : undefined;
}

/** Whether the content type at `at` is that of MMS: a number, a name, or either behind a length, with parameters (WSP 8.4.2.24). */
function isMms(octets: Uint8Array, at: number): boolean {
  const first = octets[at] ?? 0;
  const from = first <= LENGTH_QUOTE ? valueAt(octets, at).from : at;
  if (octets[from] === MMS_NUMBER) return true;
  return latin(octets.subarray(from, textEnd(octets, from))).toLowerCase() === `${MMS_NAME}\0`;
}

interface Span {
  readonly from: number;
  /** The octet behind it; beyond the beginning of the value in any case, so that every reading ends. */
  readonly end: number;
}

/** Where the value of a header is and ends, by its first octet (WSP 8.4.1.2). A length before it is left out. */
function valueAt(octets: Uint8Array, at: number): Span {
  const first = octets[at] ?? 0;
  if (first < LENGTH_QUOTE) return { from: at + 1, end: at + 1 + first };
  if (first > 0x7f) return { from: at, end: at + 1 };
  if (first > LENGTH_QUOTE) return { from: at, end: textEnd(octets, at) };
  const length = uintvar(octets, at + 1);
  return length ? { from: length.end, end: length.end + length.value } : { from: octets.length, end: octets.length };
}

/** The octet behind the NUL that ends a text. */
function textEnd(octets: Uint8Array, at: number): number {
  const nul = octets.indexOf(0, at);
  return nul < 0 ? octets.length : nul + 1;
}

/** An unsigned integer of seven bits an octet, at most five of them (WSP 8.1.2). */
function uintvar(octets: Uint8Array, at: number): { value: number; end: number } | undefined {
  let value = 0;
  for (let i = at; i < Math.min(at + 5, octets.length); i += 1) {
    const octet = octets[i] ?? 0;
    value = value * 128 + (octet & 0x7f);
    if (octet < 0x80) return { value, end: i + 1 };
  }
  return undefined;
}

function longInteger(octets: Uint8Array): number | null {
  if (octets.length === 0 || octets.length > MOST_SIZE_OCTETS) return null;
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}

/** From-value: a token that says whether there is an address, then an encoded string, a charset before it perhaps (MMS_ENC 7.3.11, 7.2.9). */
function address(octets: Uint8Array): string | null {
  if (octets[0] !== ADDRESS_PRESENT) return null;
  let from = 1;
  const first = octets[1] ?? 0;
  if (first <= LENGTH_QUOTE) {
    const charset = valueAt(octets, 1).from;
    from = valueAt(octets, charset).end;
  }
  const text = latin(octets.subarray(from, textEnd(octets, from)))
    // A quote before a first octet that is no ASCII, the NUL, and whatever else no address has.
    .replaceAll(/[^\x20-\x7e]/g, '')
    .replace(/\/TYPE=\w+$/i, '');
  return text === '' || text.length > LONGEST_ADDRESS ? null : text;
}

const latin = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1');
