import { decodeUcs2, international, parameters } from './answers.ts';
import type { Info } from './lines.ts';

/** What modems say of calls and USSD; what cannot be read is `undefined`, never a guess. */

/** Who calls. */
export interface Caller {
  /** As the network gave it, with `+` where its type says international; null where it was not told. */
  readonly number: string | null;
  /** The caller, or the caller's network, keeps it back. */
  readonly withheld: boolean;
}

/** A ring: `RING` (V.250 6.3), or `+CRING: <type>` where a modem keeps to that (TS 27.007 6.11). */
export function isRing(text: string): boolean {
  return text === 'RING' || /^\+CRING:/.test(text);
}

/** The end of a call, in the words of V.250 6.3 or of the makers. */
export function isEndOfCall(text: string): boolean {
  return text === 'NO CARRIER' || /^(?:VOICE CALL: END|\^CEND:|MISSED_CALL:|\+CEND:)/.test(text);
}

/**
 * `+CLIP: <number>,<type>[,<subaddr>,<satype>[,[<alpha>][,<validity>]]]` (TS 27.007 7.6). A validity of 1 is withheld, 2 not
 * available; a number that is left out without one is withheld too, since that is how most modems say it.
 */
export function readCaller(text: string): Caller | undefined {
  if (!/^\+CLIP:/.test(text)) return undefined;
  const [written = '', type, , , , validity] = parameters(text);
  const plain = decodeUcs2(written);
  if (/^\+?\d{1,20}$/.test(plain)) {
    return { number: international(plain, type), withheld: false };
  }
  return { number: null, withheld: validity !== '2' };
}

/** `+CUSD: <m>[,"<str>"[,<dcs>]]` (TS 27.007 7.15). */
export interface UssdSaid {
  /** 0 done, 1 an answer is wanted, 2 ended by the network, 3 another client answered, 4 not supported, 5 network time out. */
  readonly mode: number;
  /** As it was said; null where there was none. */
  readonly text: string | null;
  /** <dcs> of TS 23.038 5; 15, the default alphabet, where it was left out. */
  readonly dcs: number;
}

const DEFAULT_ALPHABET = 15;

export function readUssd(text: string): UssdSaid | undefined {
  const said = /^\+CUSD: ?"?(\d)"?(?:\s*,\s*(.*))?$/s.exec(text);
  if (!said) return undefined;
  const behind = said[2] ?? '';
  // In quotes as it should be, with <dcs> in quotes too, or none behind its comma; or without, or with the first alone.
  const rest =
    /^"(.*)"\s*,\s*"?(\d{1,3})"?\s*$/s.exec(behind) ??
    /^"(.*)"\s*,?\s*$/s.exec(behind) ??
    /^"?(.*?)(?:\s*,\s*(\d{0,3}))?\s*$/s.exec(behind);
  const words = rest?.[1] ?? '';
  return { mode: Number(said[1]), text: words === '' ? null : words, dcs: Number(rest?.[2] || DEFAULT_ALPHABET) };
}

/**
 * Where voice calls are forwarded to, of `+CCFC: <status>,<class>[,<number>,<type>...]`, a line for each class (TS 27.007 7.11).
 * @returns as the network has it, with `+` where its type says international; undefined where nothing is forwarded
 */
export function readForwarding(info: readonly Info[]): string | undefined {
  for (const { text } of info) {
    const [status, classes, number = '', type] = parameters(text);
    const plain = decodeUcs2(number);
    if (status !== '1' || (Number(classes) & VOICE) === 0 || !/^\+?\d{1,20}$/.test(plain)) continue;
    return international(plain, type);
  }
  return undefined;
}

/** <classx> of voice. */
const VOICE = 1;
