import { isEcho, isNamed } from './lines.ts';

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
    return ordered.map((line) => ({ ...line, text: redact(line.text) }));
  }
}

/**
 * A line without what is private in it: hex of 22 characters and more becomes its length in octets, digits beyond the
 * sixth of a number become `*`, and what a stranger may have written, or a PIN, is left out.
 */
export function redact(text: string): string {
  if (/^AT\+CPIN=/.test(text)) return 'AT+CPIN=*';
  if (/^\+(?:CUSD|CMT|CLIP|CNUM|CDS|CBM):.*"/s.test(text)) return text.replaceAll(/"[^"]*(?:"|$)/g, '"*"');
  const line = text
    .replaceAll(/[0-9A-Fa-f]{22,}/g, (hex) => `<${Math.ceil(hex.length / 2)} octets>`)
    .replaceAll(/\d{7,}/g, (digits) => `${digits.slice(0, 6)}${'*'.repeat(digits.length - 6)}`);
  // A line without a name that is longer than any model's is the text of a message or of a USSD answer.
  return line.length > 32 && !isNamed(line) && !isEcho(line) ? `<text of ${text.length} characters>` : line.slice(0, 200);
}
