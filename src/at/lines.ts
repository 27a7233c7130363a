import { type FinalResult, finalResult } from './result-codes.ts';

/**
 * One thing that a modem said, after the pieces that belong together were joined (`assembler.ts`).
 *
 * `doubtful`: it stood behind a quoted text of which nobody can tell where it ends, so a stranger may have written it;
 * no segment counts as sent, or not sent, because of it.
 */
export type Line =
  | { readonly kind: 'final'; readonly result: FinalResult; readonly doubtful: boolean }
  | { readonly kind: 'prompt' }
  | Info;

/** A line that is neither prompt nor final result: an answer's information or an unsolicited result code. */
export interface Info {
  readonly kind: 'info';
  readonly text: string;
  /** The line after it, where the line announces one: the PDU in hex, as it was said. */
  readonly pdu?: string;
  readonly doubtful: boolean;
}

/**
 * A line as it is read: control octets (NUL of a modem that boots, the Ctrl-Z of an echoed PDU) and outer blanks gone.
 * @param raw one line of octets as latin1, without its end
 */
export function clean(raw: string): string {
  let out = raw;
  // Nearly every line is clean; only the others are copied.
  for (let i = 0; i < raw.length; i += 1) {
    const code = raw.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) {
      out = Array.from(raw)
        .filter((c) => c >= ' ' && c !== '\x7f')
        .join('');
      break;
    }
  }
  return out.trim();
}

/** Classifies one clean, non-empty line that stands for itself. */
export function classify(text: string, doubtful = false): Line {
  if (text === '>') return { kind: 'prompt' };
  const result = finalResult(text);
  return result ? { kind: 'final', result, doubtful } : { kind: 'info', text, doubtful };
}

/** What modems say unasked that has no `+NAME:` before it: calls, and the milestones of their own start. */
const WORDS: ReadonlySet<string> = new Set([
  'RING',
  'NO CARRIER',
  'NO ANSWER',
  'NO DIALTONE',
  'BUSY',
  'RDY',
  'READY',
  'START',
  'Call Ready',
  'SMS Ready',
  'SMS DONE',
  'PB DONE',
  'NORMAL POWER DOWN',
  'POWERED DOWN',
  'UNDER-VOLTAGE WARNNING',
  'OVER-VOLTAGE WARNNING',
]);

/** What a modem says when it has started, and when its SIM has been taken out, put in, or become usable. */
const STARTS =
  /^(?:RDY|START|Call Ready|SMS Ready|SMS DONE|PB DONE|\^SYSSTART|\+QIND: ?"?(?:SMS|PB) DONE"?|\+CPIN:.*|\+QUSIM:.*|\+QSIMSTAT:.*|\^SIMST:.*)$/;

/** Whether a line says that the modem itself has started: it owes no answer of before. */
export function isBoot(text: string): boolean {
  return text === 'RDY' || text === 'START' || text === '^SYSSTART';
}

/** Whether a line says, unasked, that the modem or its SIM begins anew: settings may be forgotten, the SIM another. */
export function isStart(text: string): boolean {
  return STARTS.test(text);
}

const NAMED = /^[+^*$%#!&][A-Z0-9_]{1,16}\b/;

/** A SIMCom's daylight saving time is named without a sign before it (SIM800 Series AT Command Manual V1.09, page 351). */
const NAMED_BARE = /^DST: ?\d/;

/** Whether a line has the look of a result code or of an unsolicited one, rather than of a bare answer (a serial number, a model). */
export function isNamed(text: string): boolean {
  return WORDS.has(text) || NAMED.test(text) || NAMED_BARE.test(text);
}

/** Whether the line that announces a message says when it was sent, as only a modem in text mode does (TS 27.005 3.4.1): what follows is no PDU. */
export function isInTextMode(header: string): boolean {
  return /"\d\d\/\d\d\/\d\d/.test(header);
}

/** Octets of the TPDU in a PDU, in hex, that has the SMSC address before it (TS 27.005 3.1, <pdu>). */
export function tpduOctets(hex: string): number {
  return hex.length / 2 - 1 - Number.parseInt(hex.slice(0, 2), 16);
}

/** Whether a line is what the modem echoes of a command. */
export function isEcho(text: string): boolean {
  return /^AT(?:$|[+^*$%&A-Z])/i.test(text);
}

/** Whether a line is octets in hex. */
export function isHex(text: string): boolean {
  return text.length % 2 === 0 && /^[0-9A-Fa-f]+$/.test(text);
}
