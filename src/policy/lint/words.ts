/** A word of a text: letters and digits, as they are compared. */
export interface Word {
  /** Small letters, no apostrophes, `ё` as `е`. */
  readonly word: string;
  /** A number made of its first letters, below `SLOTS`, by which phrases are found; words that begin otherwise may share it. */
  readonly slot: number;
  /** Where it stands: UTF-16 units, the end exclusive. */
  readonly from: number;
  readonly to: number;
}

/** Marks inside of a word: `об’єкт`, `don't`, and what an accent is put on with. */
const INSIDE = /['’ʼ`]|\p{Mn}/u;
const INSIDE_ALL = /['’ʼ`]|\p{Mn}/gu;
const OTHER = /[\p{L}\p{N}]/u;

/** Letters and digits; the alphabets that nearly every text is in are told by number, which is far quicker. */
function belongs(unit: number, text: string, at: number): boolean {
  if (unit < 0x80) return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39);
  if (unit >= 0x400 && unit <= 0x52f) return unit < 0x482 || unit > 0x489;
  return OTHER.test(text.charAt(at));
}

const isInside = (unit: number, text: string, at: number): boolean =>
  (unit === 0x27 || unit === 0x60 || unit > 0x2af) && INSIDE.test(text.charAt(at));

/** So many first letters make the slot of a word. */
export const HEAD = 3;
/** A power of two. */
export const SLOTS = 512;

/** @param from where the word begins @param to where it ends */
export function slotOf(text: string, from: number, to: number): number {
  const end = Math.min(to, from + HEAD);
  let slot = 0;
  for (let at = from; at < end; at += 1) slot = slot * 31 + text.charCodeAt(at);
  return slot % SLOTS;
}

/** The words of a text, in order; in time that grows with its length and nothing else (X17). */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const small = text.toLowerCase();
  // Some letters get longer when they are made small (U+0130): then places would be wrong.
  const source = small.length === text.length ? small : text;
  let from = -1;
  let plain = true;
  for (let at = 0; at <= text.length; at += 1) {
    const unit = source.charCodeAt(at);
    if (at < text.length && belongs(unit, source, at)) {
      if (from < 0) from = at;
      if (unit === 0x451) plain = false;
      continue;
    }
    if (from < 0) continue;
    if (at + 1 < text.length && isInside(unit, source, at) && belongs(source.charCodeAt(at + 1), source, at + 1)) {
      plain = false;
      continue;
    }
    const written = source.slice(from, at);
    const word = plain ? written : written.replaceAll(INSIDE_ALL, '').replaceAll('ё', 'е');
    words.push({ word, slot: plain ? slotOf(source, from, at) : slotOf(word, 0, word.length), from, to: at });
    from = -1;
    plain = true;
  }
  return words;
}
