import { classify, clean, type Info, isHex, isInTextMode, isNamed, type Line, tpduOctets } from './lines.ts';
import { MAX_LINE } from './prompt-splitter.ts';

/**
 * Joins the lines that are one thing, and lets nobody who writes a text forge a result code by a line break in it.
 * A pure machine; its states:
 *
 * - **plain**: each line stands for itself.
 * - **behind a header**: `+CMT`, `+CDS`, `+CBM`, `+CMGR` and `+CMGL` announce a PDU of so many octets on the next line
 *   (TS 27.005 3.4.1, 4.1). Noise may come between the two, so a header waits for a line of hex: the one whose length
 *   fits, else the one that follows at once. A final result ends the wait of `+CMGR` and `+CMGL`, eight other lines
 *   that of the rest.
 * - **inside quotes**: a text in quotes (a USSD answer, the name of an operator) goes on over line breaks until its
 *   quote closes. Everything in it is text: an `OK`, a `+CMGS: 1` or a `> ` in there says nothing. Where it does not
 *   close in time, what stood behind it is let go again, marked `doubtful`.
 * - **perhaps inside quotes**: the text of a stranger has ended, or so it seems, but it may have been a quote of the
 *   text's own with a line break behind it (`+CUSD: 0,"a",1` may go on with `OK`, `b",15`). For a moment the lines are
 *   held: if the text's true end comes, they were text; if not, they are what they seem.
 */
export interface Assembly {
  readonly headers: readonly Header[];
  readonly quote: Quote | undefined;
}

interface Header {
  readonly text: string;
  /** Octets of the TPDU, without the SMSC address before it. */
  readonly octets: number;
  /** Belongs to the answer of a command, so a final result ends it. */
  readonly asked: boolean;
  /** Lines that have passed since. */
  readonly age: number;
  readonly doubtful: boolean;
}

interface Quote {
  readonly lines: readonly string[];
  readonly size: number;
  readonly opening: 'open' | 'perhaps' | 'hardly';
}

export interface Assembled {
  readonly state: Assembly;
  readonly lines: readonly Line[];
}

export const EMPTY: Assembly = { headers: [], quote: undefined };

/** Other lines that may come between a header and its PDU. */
const PATIENCE = 8;

/** Lines that a quoted text may have; a USSD answer has at most 182 characters (TS 23.038 5). */
const MAX_QUOTED_LINES = 200;

/**
 * How long after the line that opened it a quote may stay open before `quiet` is to be called, milliseconds;
 * undefined when none is open.
 */
export function quietAfter(state: Assembly): number | undefined {
  if (!state.quote) return undefined;
  return QUIET[state.quote.opening];
}

/** The true end of a text follows at once, at 9,600 baud within 200 ms; a modem that never ends one is waited for longer. */
const QUIET = { open: 2_000, perhaps: 250, hardly: 60 };

/** Takes one line of octets (latin1, no line end). */
export function assemble(state: Assembly, raw: string): Assembled {
  const text = clean(raw);
  if (text === '') return { state, lines: [] };
  return state.quote ? quoted(state, state.quote, text) : plain(state, text, false);
}

/** Nothing came in time that closes the open quote: lets go what was held. */
export function quiet(state: Assembly): Assembled {
  const held = state.quote;
  if (!held) return { state, lines: [] };
  const [first = '', ...rest] = held.lines;
  // A line that looks like the end of the text, but also like an unsolicited code, leaves it open which of the two it is.
  const doubtful = held.opening === 'open' || (held.opening === 'perhaps' && rest.some((line) => CLOSING.test(line)));
  const lines: Line[] = [{ kind: 'info', text: first, doubtful: held.opening === 'open' }];
  let now: Assembly = { headers: state.headers, quote: undefined };
  for (const line of rest) {
    const step = plain(now, line, doubtful);
    // A prompt in doubt is none: what would be written to it is a segment.
    lines.push(...step.lines.filter((l) => !(doubtful && l.kind === 'prompt')));
    // A text that was let go does not open another one: that would hold everything behind it again.
    now = { headers: step.state.headers, quote: undefined };
    if (step.state.quote) lines.push({ kind: 'info', text: line, doubtful: true });
  }
  return { state: now, lines };
}

// ---- quotes -----------------------------------------------------------------------------------------------------

/** The end of a quoted text with the number that follows it: the coding of +CUSD (TS 27.007 7.15), the AcT of +COPS (7.3). */
const CLOSING = /",\s*(?:\d{1,3}|"\d{1,3}")$/;

/** Texts by strangers, in which a quote may be one of the text's own. */
const STRANGERS = /^\+(?:CUSD|COPS):/;

const quotes = (text: string): number => text.split('"').length - 1;

/** Whether a line leaves a quote open: surely, perhaps, hardly (it has the form of a whole one), or not at all. */
function opening(text: string): 'closed' | 'hardly' | 'perhaps' | 'open' {
  const count = quotes(text);
  if (count === 0 || !isNamed(text)) return 'closed';
  if (!STRANGERS.test(text)) return count % 2 === 0 ? 'closed' : 'open';
  if (count === 2 && CLOSING.test(text)) return 'hardly';
  return count > 1 && (CLOSING.test(text) || text.endsWith('"')) ? 'perhaps' : 'open';
}

function quoted(state: Assembly, quote: Quote, text: string): Assembled {
  const lines = [...quote.lines, text];
  const size = quote.size + text.length + 1;
  const stranger = STRANGERS.test(lines[0] ?? '');
  // A whole line of its own may end like that too, such as `+CMTI: "SM",3`; but it has both its quotes.
  const closes = stranger ? CLOSING.test(text) && !(isNamed(text) && quotes(text) % 2 === 0) : quotes(text) % 2 === 1;
  if (closes && !stranger) {
    return { state: { headers: state.headers, quote: undefined }, lines: [{ kind: 'info', text: lines.join('\n'), doubtful: false }] };
  }
  // That end, too, may have been the text's own.
  if (closes && size <= MAX_LINE) return { state: { ...state, quote: { lines: [lines.join('\n')], size, opening: 'hardly' } }, lines: [] };
  const next: Assembly = { headers: state.headers, quote: { lines, size, opening: quote.opening } };
  return size > MAX_LINE || lines.length > MAX_QUOTED_LINES ? quiet(next) : { state: next, lines: [] };
}

// ---- headers and single lines -----------------------------------------------------------------------------------

function plain(state: Assembly, text: string, doubtful: boolean): Assembled {
  const opens = opening(text);
  if (opens !== 'closed') {
    return { state: { ...state, quote: { lines: [text], size: text.length, opening: opens } }, lines: [] };
  }
  const announced = announcement(text);
  if (announced) {
    return { state: { ...state, headers: [...aged(state.headers), { ...announced, text, age: 0, doubtful }] }, lines: [] };
  }
  if (state.headers.length === 0) return { state, lines: [classify(text, doubtful)] };
  return behindHeader(state, text, doubtful);
}

function behindHeader(state: Assembly, text: string, doubtful: boolean): Assembled {
  const owner = ownerOf(state.headers, text);
  if (owner) {
    const info: Info = { kind: 'info', text: owner.text, pdu: withSmsc(text, owner.octets), doubtful: owner.doubtful || doubtful };
    return { state: { ...state, headers: state.headers.filter((h) => h !== owner) }, lines: [info] };
  }
  const line = classify(text, doubtful);
  const headers = aged(state.headers);
  const over = headers.filter((h) => h.age > PATIENCE || (h.asked && line.kind === 'final'));
  return {
    state: { ...state, headers: headers.filter((h) => !over.includes(h)) },
    lines: [...over.map((h): Info => ({ kind: 'info', text: h.text, doubtful: h.doubtful })), line],
  };
}

/** The header that a line is the PDU of. */
function ownerOf(headers: readonly Header[], text: string): Header | undefined {
  const last = headers.at(-1);
  if (isHex(text)) {
    const fitting = headers.findLast((h) => h.octets === tpduOctets(text));
    if (fitting) return fitting;
    return last?.age === 0 ? last : undefined;
  }
  // Text mode, or a PDU that was damaged on its way: whatever follows at once and is nothing else belongs to it.
  if (last?.age !== 0) return undefined;
  if (last.octets === TEXT_MODE) return last;
  const damaged = last.asked || /^[0-9A-Fa-f]{4}/.test(text);
  return damaged && !isNamed(text) && classify(text).kind === 'info' ? last : undefined;
}

/**
 * Some old modems and telephones leave the SMSC address out, which TS 27.005 3.1 has before the TPDU: the announced length
 * is then that of all that follows. It gets an empty one; unless it has the look of an address, and the length is wrong.
 * In capitals, since some write a message so where they hand it over, and small where they list it, and it is one message.
 */
function withSmsc(line: string, octets: number): string {
  if (!isHex(line)) return line;
  const pdu = line.toUpperCase();
  if (pdu.length !== 2 * octets) return pdu;
  const size = Number.parseInt(pdu.slice(0, 2), 16);
  const [type, digits] = [Number.parseInt(pdu.slice(2, 4), 16), pdu.slice(4, 2 + 2 * size)];
  const isAddress = size === 0 || (size <= MAX_SMSC && type >= 0x80 && /^(?:\d\d)*(?:F\d)?$/i.test(digits));
  return isAddress ? pdu : `00${pdu}`;
}

/** Octets of the longest SMSC address: its type and 20 digits. */
const MAX_SMSC = 11;

const TEXT_MODE = -1;

/** Whether a line announces a PDU, and how many octets of TPDU. */
function announcement(text: string): { octets: number; asked: boolean } | undefined {
  const name = /^\+(CMT|CDS|CBM|CMGR|CMGL): ?/.exec(text)?.[1];
  if (!name) return undefined;
  const asked = name === 'CMGR' || name === 'CMGL';
  // A modem that fell back to text mode says a time stamp here, and the next line is what a stranger wrote.
  if (isInTextMode(text)) return name === 'CDS' ? undefined : { octets: TEXT_MODE, asked };
  const length = Number(/(\d{1,3})$/.exec(text)?.[1] ?? 0);
  // A stored message that is damaged may be listed with length 0, its octets behind it all the same; and some modems say no
  // length at all of what they hand over.
  return length > 0 || asked || !/\d/.test(text) ? { octets: length, asked } : undefined;
}

function aged(headers: readonly Header[]): Header[] {
  return headers.map((h) => ({ ...h, age: h.age + 1 }));
}
