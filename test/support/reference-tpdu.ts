/**
 * A slow decoder of TPDUs that shares no code and no table with src/pdu, so that the two cannot share a mistake: it works on
 * text of noughts and ones, and looks characters up in a string. It knows the default alphabet, UCS2, 8-bit data and the
 * header; it trusts its input.
 */

const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

const AFTER_ESCAPE: ReadonlyMap<number, string> = new Map([
  [10, '\f'],
  [20, '^'],
  [40, '{'],
  [41, '}'],
  [47, '\\'],
  [60, '['],
  [61, '~'],
  [62, ']'],
  [64, '|'],
  [101, '€'],
]);

interface ReferenceElement {
  id: number;
  data: string;
}

export interface ReferenceTpdu {
  kind: 'deliver' | 'submit' | 'report';
  smsc: string;
  firstOctet: number;
  mr?: number;
  address: string;
  pid?: number;
  dcs?: number;
  /** Swapped digits as they read: `YYMMDDhhmmss`, then the octet of the zone. */
  times: string[];
  validity: string;
  status?: number;
  text?: string;
  data?: string;
  elements: ReferenceElement[];
}

const toBits = (hex: string): string => [...hex].map((c) => Number.parseInt(c, 16).toString(2).padStart(4, '0')).join('');

/** Septets of a run of octets, each read from its lowest bit on, after leaving out `skip` septets. */
function septets(hex: string, count: number, skip: number): number[] {
  let bits = '';
  for (let i = 0; i < hex.length; i += 2) bits += [...toBits(hex.slice(i, i + 2))].reverse().join('');
  const found: number[] = [];
  for (let i = skip; i < count; i++) found.push(Number.parseInt([...bits.slice(i * 7, i * 7 + 7)].reverse().join(''), 2));
  return found;
}

function characters(codes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code !== 27) text += BASIC.charAt(code);
    else if (i + 1 === codes.length) text += ' ';
    else {
      const next = codes[++i] ?? 0;
      text += AFTER_ESCAPE.get(next) ?? (next === 27 ? ' ' : BASIC.charAt(next));
    }
  }
  return text;
}

const swapped = (hex: string): string => hex.replace(/(.)(.)/g, '$2$1');

/** Takes a PDU apart from the left. */
class Tape {
  constructor(private rest: string) {}

  take(octets: number): string {
    const taken = this.rest.slice(0, octets * 2);
    this.rest = this.rest.slice(octets * 2);
    return taken;
  }

  number(): number {
    return Number.parseInt(this.take(1), 16);
  }

  get isEmpty(): boolean {
    return this.rest === '';
  }
}

function digits(hex: string, count: number, type: number): string {
  if ((type & 0x70) === 0x50) return characters(septets(hex, Math.floor((count * 4) / 7), 0));
  const text = swapped(hex)
    .slice(0, count)
    .toLowerCase()
    .replace(/f+$/, '')
    .replace(/[abcde]/g, (c) => ({ a: '*', b: '#', c: 'a', d: 'b', e: 'c' })[c] ?? '');
  return ((type & 0x70) === 0x10 && text !== '' ? '+' : '') + text;
}

function address(tape: Tape): string {
  const count = tape.number();
  const type = tape.number();
  return digits(tape.take(Math.ceil(count / 2)), count, type);
}

function alphabetOf(dcs: number): 'gsm7' | '8bit' | 'ucs2' {
  const bits = dcs.toString(2).padStart(8, '0');
  if (bits.startsWith('1111')) return bits[5] === '1' ? '8bit' : 'gsm7';
  if (bits.startsWith('1110')) return 'ucs2';
  if (bits.startsWith('1')) return 'gsm7';
  if (bits.slice(4, 6) === '01') return '8bit';
  return bits.slice(4, 6) === '10' ? 'ucs2' : 'gsm7';
}

function userData(tape: Tape, dcs: number, hasHeader: boolean): Pick<ReferenceTpdu, 'text' | 'data' | 'elements'> {
  const alphabet = alphabetOf(dcs);
  const length = tape.number();
  const body = tape.take(alphabet === 'gsm7' ? Math.ceil((length * 7) / 8) : length);
  const elements: ReferenceElement[] = [];
  let headerOctets = 0;
  if (hasHeader) {
    const header = new Tape(body);
    headerOctets = header.number() + 1;
    const inner = new Tape(header.take(headerOctets - 1));
    while (!inner.isEmpty) {
      const id = inner.number();
      elements.push({ id, data: inner.take(inner.number()) });
    }
  }
  if (alphabet === 'gsm7') return { text: characters(septets(body, length, Math.ceil((headerOctets * 8) / 7))), elements };
  const content = body.slice(headerOctets * 2);
  if (alphabet === '8bit') return { data: content, elements };
  let text = '';
  for (let i = 0; i + 4 <= content.length; i += 4) text += String.fromCharCode(Number.parseInt(content.slice(i, i + 4), 16));
  return { text, elements };
}

const time = (tape: Tape): string => swapped(tape.take(6)) + tape.take(1);

/** @param hex upper case, with the SMSC prefix */
export function referenceDecode(hex: string): ReferenceTpdu {
  const tape = new Tape(hex);
  const smscLength = tape.number();
  const smscType = smscLength === 0 ? 0 : tape.number();
  const smsc = smscLength === 0 ? '' : digits(tape.take(smscLength - 1), (smscLength - 1) * 2, smscType);
  const firstOctet = tape.number();
  const type = firstOctet % 4;
  const hasHeader = Math.floor(firstOctet / 64) % 2 === 1;
  if (type === 0 || type === 3) {
    const from = address(tape);
    const pid = tape.number();
    const dcs = tape.number();
    const times = [time(tape)];
    return { kind: 'deliver', smsc, firstOctet, address: from, pid, dcs, times, validity: '', ...userData(tape, dcs, hasHeader) };
  }
  if (type === 1) {
    const mr = tape.number();
    const to = address(tape);
    const pid = tape.number();
    const dcs = tape.number();
    const format = Math.floor(firstOctet / 8) % 4;
    const validity = tape.take(format === 0 ? 0 : format === 2 ? 1 : 7);
    return { kind: 'submit', smsc, firstOctet, mr, address: to, pid, dcs, times: [], validity, ...userData(tape, dcs, hasHeader) };
  }
  const mr = tape.number();
  const recipient = address(tape);
  const times = [time(tape), time(tape)];
  const status = tape.number();
  return { kind: 'report', smsc, firstOctet, mr, address: recipient, times, status, validity: '', elements: [] };
}
