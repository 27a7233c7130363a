import { Transform, type TransformCallback } from 'node:stream';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const GREATER = 0x3e;
const DELETE = 0x7f;

/** The longest line that a modem may say, octets; the longest true one is a TPDU of 176 octets in hex. */
export const MAX_LINE = 4096;

/** No octet of a text: a control, or the FF that a line without current looks like, which UTF-8 does not have either. */
const isRubbish = (octet: number): boolean => octet < SPACE || octet === DELETE || octet === 0xff;

/**
 * Makes lines of what a modem says, for the line splitter behind it:
 *
 * - The prompt `<CR><LF>> ` (TS 27.005 3.5.1) has no line end, so a splitter would wait for one for ever, or glue the
 *   prompt to the next line. A `>` at the start of a line gets a line end of its own here, at once, however the bytes
 *   are cut into chunks and whether or not its space follows.
 * - CR, LF and CR LF all end a line (S3 and S4 of V.250 can be anything); every line leaves with one LF, empty ones
 *   not at all.
 * - NUL, FF and other octets that are no text are left out at the start of a line: a modem that starts, or a line that is
 *   switched, has them, and the prompt or the `OK` behind them counts.
 * - A line longer than `MAX_LINE` is cut there and the rest of it dropped, so that a modem that never ends its line
 *   cannot fill the memory.
 */
export class PromptSplitter extends Transform {
  /** Octets of the current line so far. */
  #length = 0;
  /** The last octet was a prompt, so a space after it belongs to the prompt. */
  #prompted = false;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    // At worst every octet is a prompt and becomes two.
    const out = Buffer.allocUnsafe(chunk.length * 2);
    let at = 0;
    for (const octet of chunk) {
      if (octet === LF || octet === CR) {
        this.#prompted = false;
        if (this.#length > 0) out[at++] = LF;
        this.#length = 0;
      } else if (this.#length === 0 && isRubbish(octet)) {
        // As if it had not come, the end of a prompt included.
      } else if (this.#length === 0 && octet === GREATER) {
        out[at++] = GREATER;
        out[at++] = LF;
        this.#prompted = true;
      } else if (this.#length === 0 && octet === SPACE && this.#prompted) {
        this.#prompted = false;
      } else {
        this.#prompted = false;
        this.#length += 1;
        if (this.#length <= MAX_LINE) out[at++] = octet;
      }
    }
    done(null, at > 0 ? out.subarray(0, at) : undefined);
  }
}
