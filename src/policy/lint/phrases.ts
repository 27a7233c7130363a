import { HEAD, SLOTS, slotOf, type Word, wordsOf } from './words.ts';

/**
 * Phrases as the data files write them: words with blanks between. `запис*` is every word that begins so, `a|b` is either, `#` a
 * number, `…` up to three words of any kind. Small letters, no apostrophes, `е` for `ё`.
 *
 * A phrase is looked for at each word by a table of beginnings, in which most words find nothing; what a `…` may skip is bounded,
 * so that no text takes long (X17).
 */
export interface Phrases {
  /** The first place, in the order of the text, that one of the phrases fits. */
  find(words: readonly Word[]): Found | undefined;
  /** The same at one word only: the number of words that it takes, 0 where none fits. */
  at(words: readonly Word[], index: number): number;
}

/** Where it stands: UTF-16 units, the end exclusive. */
export interface Found {
  readonly from: number;
  readonly to: number;
}

type Piece = (word: string) => boolean;
type Step = Piece | 'gap';

/** Words that `…` may skip. */
const GAP = 3;
/** More of them in a phrase would multiply the work. */
const MOST_GAPS = 2;

const NONE: readonly (readonly Step[])[] = [];

const DIGITS = /^\d+$/;

function pieceOf(written: string): Piece {
  if (written === '#') return (word) => DIGITS.test(word);
  const choices = written.split('|').map((choice): Piece => {
    if (!choice.endsWith('*')) return (word) => word === choice;
    const stem = choice.slice(0, -1);
    return (word) => word.startsWith(stem);
  });
  const [only, ...more] = choices;
  return only && more.length === 0 ? only : (word) => choices.some((fits) => fits(word));
}

/** @throws Error for a phrase that is written wrong: data of ours, so it is a mistake of ours */
export function phrases(written: readonly string[]): Phrases {
  const table: (readonly (readonly Step[])[])[] = Array.from({ length: SLOTS }, () => NONE);
  for (const phrase of written) {
    const parts = phrase.split(' ');
    const [first = '', ...rest] = parts;
    if (rest.filter((part) => part === '…').length > MOST_GAPS || rest.at(-1) === '…')
      throw new Error(`a phrase has gaps too many: ${phrase}`);
    const steps = rest.map((part): Step => (part === '…' ? 'gap' : pieceOf(part)));
    for (const choice of first.split('|')) {
      const stem = choice.endsWith('*') ? choice.slice(0, -1) : choice;
      if (stem === '' || stem === '#' || stem === '…' || (stem !== choice && stem.length < HEAD)) {
        throw new Error(`a phrase must begin with a word, or at least ${HEAD} letters of one: ${phrase}`);
      }
      const slot = slotOf(stem, 0, stem.length);
      table[slot] = [...(table[slot] ?? NONE), [pieceOf(choice), ...steps]];
    }
  }

  const at = (words: readonly Word[], index: number): number => {
    const slot = words[index]?.slot;
    if (slot === undefined) return 0;
    for (const steps of table[slot] ?? NONE) {
      const end = follow(steps, 0, words, index);
      if (end > 0) return end - index;
    }
    return 0;
  };
  return {
    at,
    find(words) {
      for (let index = 0; index < words.length; index += 1) {
        const length = at(words, index);
        if (length === 0) continue;
        const [first, last] = [words[index], words[index + length - 1]];
        return first && last && { from: first.from, to: last.to };
      }
      return undefined;
    },
  };
}

/** The index after the last word that the steps from `step` on take; 0 where they do not fit. */
function follow(steps: readonly Step[], step: number, words: readonly Word[], index: number): number {
  const now = steps[step];
  if (now === undefined) return index;
  if (now === 'gap') {
    for (let skip = 0; skip <= GAP; skip += 1) {
      const end = follow(steps, step + 1, words, index + skip);
      if (end > 0) return end;
    }
    return 0;
  }
  const word = words[index]?.word;
  return word !== undefined && now(word) ? follow(steps, step + 1, words, index + 1) : 0;
}

/** Whether one of the phrases stands in a text that is not looked at otherwise. */
export const stands = (list: Phrases, text: string): boolean => list.find(wordsOf(text)) !== undefined;
