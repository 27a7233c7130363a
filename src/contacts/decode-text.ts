import { TextDecoder } from 'node:util';
import { Fault } from '../base/fault.ts';

export type TextEncoding = 'utf-8' | 'windows-1251';

/** So many octets beyond ASCII tell what a file is written in; the first that are not UTF-8 do at once. */
const TELLING = 64;
/** More octets than these are not held back for it. */
const HELD = 65_536;

/**
 * Decodes a file as it comes, written in UTF-8 or, where it cannot be that, in Windows-1251, as spreadsheets of these countries do.
 * What is ASCII is passed on; from the first other octet on it waits for enough of them.
 */
export class TextDecoding {
  #held: Buffer = Buffer.alloc(0);
  #decoder: TextDecoder | undefined;
  #encoding: TextEncoding;
  #octets = 0;

  /** @param encoding where it is known */
  constructor(encoding?: TextEncoding) {
    this.#encoding = encoding ?? 'utf-8';
    if (encoding !== undefined) this.#decoder = new TextDecoder(encoding, { fatal: true });
  }

  get encoding(): TextEncoding {
    return this.#encoding;
  }

  /** @throws Fault `bodyInvalid` for octets that are no text of that encoding */
  push(octets: Buffer): string {
    this.#octets += octets.length;
    if (this.#decoder) return this.#decode(octets, true);
    const all = Buffer.concat([this.#held, octets]);
    const other = all.findIndex((octet) => octet > 0x7f);
    if (other === -1) {
      this.#held = Buffer.alloc(0);
      return this.#plain(all);
    }
    const waiting = all.subarray(other);
    if (waiting.length < HELD && waiting.filter((octet) => octet > 0x7f).length < TELLING) {
      this.#held = waiting;
      return this.#plain(all.subarray(0, other));
    }
    return this.#plain(all.subarray(0, other)) + this.#decide(waiting, true);
  }

  end(): string {
    if (this.#decoder) return this.#decode(Buffer.alloc(0), false);
    return this.#decide(this.#held, false);
  }

  #decide(octets: Buffer, more: boolean): string {
    this.#encoding = isUtf8(octets, more) ? 'utf-8' : 'windows-1251';
    this.#decoder = new TextDecoder(this.#encoding, { fatal: true });
    return this.#decode(octets, more);
  }

  #decode(octets: Buffer, stream: boolean): string {
    try {
      return this.#plain(this.#decoder?.decode(octets, { stream }) ?? '');
    } catch (error) {
      const where = `before octet ${this.#octets}`;
      throw new Fault('bodyInvalid', `The file has something ${where} that is no ${this.#encoding}: save it as CSV UTF-8.`, [], {
        cause: error,
      });
    }
  }

  #plain(part: Buffer | string): string {
    const text = typeof part === 'string' ? part : part.toString('latin1');
    if (text.includes('\0')) throw new Fault('bodyInvalid', 'The file is UTF-16 or no text at all: save it as CSV UTF-8.');
    return text;
  }
}

function isUtf8(octets: Buffer, more: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(octets, { stream: more });
    return true;
  } catch {
    return false;
  }
}
