import type { Duplex } from 'node:stream';

/**
 * Transcripts of modems as text, and the modem that they make. In a file:
 *
 *     # a comment; the first ones say where it is from
 *     [section]      what follows belongs together: start, send, receive, report, fault ...
 *     > AT+CSQ       the host says this
 *     < +CSQ: 20,99  and hears this; `~` alone is silence, `> PDU` any PDU with its Ctrl-Z
 *     ! +CDS: 25     the modem says this unasked; lines that follow each other come together
 *     @ send         a segment is sent; `@ wait 130` lets seconds pass
 *     = sent 12      and that comes of it
 */
export interface Step {
  readonly kind: 'say' | 'do' | 'expect';
  readonly lines: readonly string[];
}

export interface Section {
  readonly name: string;
  readonly steps: readonly Step[];
  /** What the host says, each with what it hears; null is silence. */
  readonly answers: readonly (readonly [asked: string, heard: readonly string[] | null])[];
}

export interface Transcript {
  readonly comments: readonly string[];
  readonly sections: readonly Section[];
}

/** Reads a transcript. @throws Error that names the line that it cannot read */
export function readTranscript(text: string): Transcript {
  const comments: string[] = [];
  const sections: { name: string; steps: { kind: Step['kind']; lines: string[] }[]; answers: [string, string[] | null][] }[] = [];
  let before = '';
  for (const [n, line] of text.split('\n').entries()) {
    const sign = line.slice(0, 1);
    const rest = line.slice(2);
    const section = sections.at(-1);
    const name = /^\[(.+)\]$/.exec(line)?.[1];
    if (sign === '#') comments.push(rest);
    else if (name) sections.push({ name, steps: [], answers: [] });
    else if (line.trim() === '') before = '';
    else if (!section) throw new Error(`line ${n + 1}: a section must come first`);
    else if (sign === '>') section.answers.push([rest, []]);
    else if (sign === '<') section.answers.at(-1)?.[1]?.push(rest);
    else if (line === '~' && section.answers.length > 0) section.answers.splice(-1, 1, [section.answers.at(-1)?.[0] ?? '', null]);
    else if (sign === '!' && before === '!') section.steps.at(-1)?.lines.push(rest);
    else if (sign === '!') section.steps.push({ kind: 'say', lines: [rest] });
    else if (sign === '@') section.steps.push({ kind: 'do', lines: [rest] });
    else if (sign === '=') section.steps.push({ kind: 'expect', lines: [rest] });
    else throw new Error(`line ${n + 1}: ${line}`);
    before = sign;
  }
  return { comments, sections };
}

/**
 * The modem of a transcript: what the section of now answers comes first, then what the sections before it did, and else
 * what `[anything else]` says. A question that stands several times in a section is answered in that order, and then as the
 * last time. It echoes until ATE0.
 */
export class TranscriptModem {
  /** Questions of the section of now that were asked. */
  readonly asked = new Set<string>();
  /** PDUs that were sent, in hex. */
  readonly submitted: string[] = [];
  #section: Section | undefined;
  readonly #known = new Map<string, readonly string[] | null>();
  #queue: [string, readonly string[] | null][] = [];
  #echo = true;
  #input = '';
  #writing = false;

  constructor(
    private readonly line: Duplex,
    private readonly otherwise: readonly string[],
  ) {
    line.on('error', () => undefined);
    line.on('data', (chunk: Buffer) => this.#take(chunk.toString('latin1')));
  }

  /** From now on this section's answers hold. */
  enter(section: Section): void {
    for (const [asked, heard] of this.#section?.answers ?? []) this.#known.set(asked, heard);
    this.#section = section;
    this.#queue = section.answers.map(([asked, heard]) => [asked, heard]);
    this.asked.clear();
  }

  say(lines: readonly string[]): void {
    this.#raw(lines.map((text) => `\r\n${text}\r\n`).join(''));
  }

  #raw(octets: string): void {
    if (!this.line.destroyed) this.line.write(Buffer.from(octets, 'latin1'));
  }

  #take(octets: string): void {
    for (const octet of octets) {
      if (octet === '\x1b') {
        this.#writing = false;
        this.#input = '';
      } else if (octet === (this.#writing ? '\x1a' : '\r')) {
        const text = this.#input;
        this.#input = '';
        if (this.#writing) this.submitted.push(text);
        this.#answer(this.#writing ? 'PDU' : text);
      } else this.#input += octet;
    }
  }

  #answer(asked: string): void {
    this.#writing = false;
    if (this.#echo && asked !== 'PDU') this.#raw(`${asked}\r`);
    const heard = this.#heard(asked);
    this.asked.add(asked);
    if (asked === 'ATE0' && heard?.includes('OK')) this.#echo = false;
    if (heard?.at(-1) === '> ') {
      this.#writing = true;
      this.#raw('\r\n> ');
    } else if (heard) this.say(heard);
  }

  #heard(asked: string): readonly string[] | null {
    const at = this.#queue.findIndex(([question]) => question === asked);
    if (at < 0) return this.#known.get(asked) ?? (this.#known.has(asked) ? null : this.otherwise);
    const heard = this.#queue[at]?.[1] ?? null;
    this.#known.set(asked, heard);
    this.#queue.splice(at, 1);
    return heard;
  }
}
