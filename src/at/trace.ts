import { rfc3339 } from '../base/clock.ts';
import { isEcho, isHex, isNamed } from './lines.ts';
import { finalResult } from './result-codes.ts';

/** One line of a dialogue, as it may be shown to others. */
export interface TraceLine {
  /** Its number since the start of the daemon, from 1. */
  readonly n: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly direction: 'sent' | 'heard';
  readonly text: string;
}

/**
 * The last lines that went over a port, for the report that goes with a fault. Texts, PDUs and numbers are taken out
 * before a line is kept (requirement X24), so that a trace can be given away.
 */
export class Trace {
  readonly #lines: TraceLine[] = [];
  readonly #listeners = new Set<(line: TraceLine) => void>();
  #count = 0;
  /** The command that was sent last is answered by lines without a name. */
  #bare = false;
  /** What is heard was written by a stranger, however many lines it has, until we speak again. */
  #text = false;

  /** @param size how many lines are kept */
  constructor(private readonly size = 200) {}

  add(at: number, direction: TraceLine['direction'], text: string): void {
    const line = { n: this.#count + 1, at, direction, text: this.#shown(direction, text) };
    this.#lines[this.#count % this.size] = line;
    this.#count += 1;
    for (const tell of this.#listeners) tell(line);
  }

  /** Puts the lines of an earlier dialogue with the same modem before these, which are numbered on from there. */
  takeUp(earlier: Trace): void {
    const lines = [...earlier.lines(), ...this.lines()].slice(-this.size);
    this.#count += earlier.#count;
    for (const [i, line] of lines.entries()) {
      const n = this.#count - lines.length + i + 1;
      this.#lines[(n - 1) % this.size] = { ...line, n };
    }
  }

  /** Oldest first. */
  lines(): readonly TraceLine[] {
    const next = this.#count % this.size;
    return [...this.#lines.slice(next), ...this.#lines.slice(0, next)];
  }

  /** Tells of each line from now on, until what is returned is called. */
  follow(tell: (line: TraceLine) => void): () => void {
    this.#listeners.add(tell);
    return () => void this.#listeners.delete(tell);
  }

  #shown(direction: TraceLine['direction'], text: string): string {
    if (direction === 'sent') {
      this.#bare = BARE_ANSWERS.test(text);
      this.#text = false;
      return redact(text);
    }
    const known = finalResult(text.trim()) !== undefined || (!this.#text && (this.#bare || isProtocol(text)));
    this.#text ||= TEXT_MODE.test(text);
    return known ? redact(text) : `<${text.length} characters>`;
  }
}

/** A line for a file or a terminal: when, which way, what. */
export const traceText = ({ at, direction, text }: Omit<TraceLine, 'n'>): string =>
  `${rfc3339(at)} ${direction === 'sent' ? '>' : '<'} ${text.replaceAll(/\p{Cc}/gu, '?')}`;

/** Commands whose answer is a line without a name: maker, model, serial number. */
const BARE_ANSWERS = /^AT\+(?:CGMI|CGMM|CGSN|GSN|CIMI|CCID|ICCID|QCCID)$/;

/** The header of a message in text mode (TS 27.005 3.4.1): it says a time stamp. */
const TEXT_MODE = /^\+CM(?:T|GR|GL):.*"\d\d\/\d\d\/\d\d/;

/** Digits of hex; what is shorter may be a code that somebody was sent. */
const LEAST_PDU = 22;

/** Whether a line is the modem's own: an unsolicited result code, a prompt, an echo, a PDU. */
function isProtocol(text: string): boolean {
  const line = text.trim();
  return line === '' || line === '>' || isNamed(line) || isEcho(line) || (isHex(line) && line.length >= LEAST_PDU);
}

/** A line of the modem's own without what is private in it: PDUs, numbers beyond their sixth digit, quoted texts, a PIN. */
function redact(text: string): string {
  const secret = /^AT\+(?:CPIN|CLCK)=/.exec(text);
  if (secret) return `${secret[0]}*`;
  // Whatever stands in it, quotes included, was written by a stranger or for one.
  if (/^(?:AT)?\+CUSD ?[:=]/.test(text)) return text.replace(/^(\D*\d?).*$/s, '$1,*');
  if (/^(?:AT)?\+(?:CCFC|CMT|CMGR|CMGL|CLIP|CNUM|CDS|CBM)[:=].*"/s.test(text)) return text.replaceAll(/"[^"]*(?:"|$)/g, '"*"');
  return text
    .replaceAll(/[0-9A-Fa-f]{22,}/g, (hex) => `<${Math.ceil(hex.length / 2)} octets>`)
    .replaceAll(/\d{7,}/g, (digits) => `${digits.slice(0, 6)}${'*'.repeat(digits.length - 6)}`)
    .slice(0, 200);
}
