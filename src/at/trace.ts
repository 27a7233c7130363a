import { isEcho, isHex, isNamed } from './lines.ts';
import { finalResult } from './result-codes.ts';

/** One line of a dialogue, as it may be shown to others. */
export interface TraceLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly direction: 'sent' | 'heard';
  readonly text: string;
}

/**
 * The last lines that went over a port, for the report that goes with a fault. Texts, PDUs and numbers are taken out
 * of whatever leaves it (requirement X24), so that a trace can be given away.
 */
export class Trace {
  readonly #lines: TraceLine[] = [];
  #next = 0;

  /** @param size how many lines are kept */
  constructor(private readonly size = 200) {}

  add(at: number, direction: TraceLine['direction'], text: string): void {
    this.#lines[this.#next] = { at, direction, text };
    this.#next = (this.#next + 1) % this.size;
  }

  /** Oldest first. */
  lines(): readonly TraceLine[] {
    const ordered = [...this.#lines.slice(this.#next), ...this.#lines.slice(0, this.#next)];
    let bare = false;
    // Of a ring that is full nobody knows what stood before its first line.
    let text = this.#lines.length === this.size;
    return ordered.map((line) => {
      if (line.direction === 'sent') {
        bare = BARE_ANSWERS.test(line.text);
        text = false;
      }
      const shown = line.direction === 'sent' || finalResult(line.text.trim()) !== undefined || (!text && (bare || isProtocol(line.text)));
      // What follows it, however many lines it has, was written by a stranger, until we speak again.
      text ||= TEXT_MODE.test(line.text);
      return { ...line, text: shown ? redact(line.text) : `<${line.text.length} characters>` };
    });
  }
}

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
  if (/^AT\+CPIN=/.test(text)) return 'AT+CPIN=*';
  // Whatever stands in it, quotes included, was written by a stranger or for one.
  if (/^(?:AT)?\+CUSD ?[:=]/.test(text)) return text.replace(/^(\D*\d?).*$/s, '$1,*');
  if (/^(?:AT)?\+(?:CCFC|CMT|CMGR|CMGL|CLIP|CNUM|CDS|CBM)[:=].*"/s.test(text)) return text.replaceAll(/"[^"]*(?:"|$)/g, '"*"');
  return text
    .replaceAll(/[0-9A-Fa-f]{22,}/g, (hex) => `<${Math.ceil(hex.length / 2)} octets>`)
    .replaceAll(/\d{7,}/g, (digits) => `${digits.slice(0, 6)}${'*'.repeat(digits.length - 6)}`)
    .slice(0, 200);
}
