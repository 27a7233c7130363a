import { VOCABULARY } from './vocabulary.ts';
import { type Word, wordsOf } from './words.ts';

/** The names by which a business signs. */
export interface Names {
  /** None that could be told from any other business, so that nothing can be asked of a text. */
  readonly isEmpty: boolean;
  /** Whether a word is one of a name, in any case of its declension. */
  has(word: string): boolean;
}

/** What a site is called that has given itself no name. */
const DEFAULT_NAME = 'Simpost';

/** Letters that a name keeps through its declension: `Усмішка`, в `Усмішці`. */
const stemOf = (word: string): string => word.slice(0, word.length - (word.length >= 6 ? 2 : word.length === 5 ? 1 : 0));

/** @param written as people write them; words such as "clinic" tell nobody apart, unless a name has no others */
export function namesOf(written: readonly string[]): Names {
  const stems = written.flatMap((name) => {
    const words = wordsOf(name);
    const own = words.filter(({ word }, i) => word.length >= 2 && VOCABULARY.generic.at(words, i) === 0);
    const telling = own.length > 0 || name === DEFAULT_NAME ? own : words;
    return telling.map(({ word }) => stemOf(word));
  });
  return { isEmpty: stems.length === 0, has: (word) => stems.some((stem) => (stem.length < 4 ? word === stem : word.startsWith(stem))) };
}

/** Whether a text says who writes. */
export function isSigned(words: readonly Word[], names: Names): boolean {
  return names.isEmpty || words.some(({ word }) => names.has(word));
}
