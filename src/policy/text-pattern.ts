import { looksOf, wordsOf } from './fold.ts';

/**
 * Patterns over the words of a text, as a site writes them: `ціна`, `bike #`, `* ціна|прайс *`. Words are compared as people write
 * them (`fold.ts`). `*` stands for any words or none, `?` for one word, `#` for a number, `a|b` for either. There is nothing in
 * it that could take long: a match costs the length of the text times that of the pattern, both of which are bounded (X17).
 */
export type TextPattern = readonly Token[];

type Token =
  | { readonly kind: 'words'; readonly either: ReadonlySet<string> }
  | { readonly kind: 'any' }
  | { readonly kind: 'one' }
  | { readonly kind: 'number' };

const ANY: Token = { kind: 'any' };

/** Of a pattern. */
const MOST_TOKENS = 20;
const LONGEST = 200;

/** As a pattern has it: letters and digits. */
const WORD = /^[\p{L}\p{M}\p{N}'’ʼ]+$/u;

const isNumber = (word: string): boolean => /^\d+$/.test(word);

/** The words of a text as patterns see them; numbers stay as they are. */
export const foldedWords = (text: string): string[] => wordsOf(text).map(looksOf);

/** What is wrong with a pattern, as the end of a sentence; undefined where it is right. */
export function patternFlaw(written: string): string | undefined {
  if (written.length > LONGEST) return `is longer than ${LONGEST} characters: write a shorter one`;
  const parts = partsOf(written);
  if (parts.length === 0) return 'is empty: write the words that a text must have';
  if (parts.length > MOST_TOKENS) return `has more than ${MOST_TOKENS} words: write fewer, and "*" for any others`;
  if (parts.every((part) => part === '*' || part === '?')) return 'is one for almost any text: write at least one word or "#" for a number';
  for (const part of parts) {
    if (isWildcard(part)) continue;
    const odd = part.split('|').find((word) => !WORD.test(word) || wordsOf(word).length !== 1);
    if (odd !== undefined)
      return `has ${JSON.stringify(odd)}, which is no word: write words with spaces between them, "*", "?", "#", or words parted by "|"`;
  }
  return undefined;
}

/** What is wrong with a word or phrase, as the end of a sentence; undefined where it is right. */
export function phraseFlaw(written: string): string | undefined {
  if (written.length > LONGEST) return `is longer than ${LONGEST} characters: write a shorter one`;
  const words = wordsOf(written).length;
  if (words === 0) return 'has no word in it: write at least one letter or digit';
  return words > MOST_TOKENS ? `has more than ${MOST_TOKENS} words: write fewer` : undefined;
}

/** @param written without flaw (`patternFlaw`) */
export function readPattern(written: string): TextPattern {
  return partsOf(written).map((part): Token => {
    if (part === '*') return ANY;
    if (part === '?') return { kind: 'one' };
    if (part === '#') return { kind: 'number' };
    return { kind: 'words', either: new Set(part.split('|').flatMap(foldedWords)) };
  });
}

/** A text that is just this phrase. */
export const phrasePattern = (phrase: string): TextPattern =>
  foldedWords(phrase).map((word) => ({ kind: 'words', either: new Set([word]) }));

/** A text that begins with this phrase, or is it. */
export const prefixPattern = (phrase: string): TextPattern => [...phrasePattern(phrase), ANY];

/** A text that has this phrase in it. */
export const containsPattern = (phrase: string): TextPattern => [ANY, ...phrasePattern(phrase), ANY];

/** @param words as `foldedWords` gives them */
export function fits(pattern: TextPattern, words: readonly string[]): boolean {
  // Where in the pattern a reader may be, after the words so far.
  let places = passed(pattern, new Set([0]));
  for (const word of words) {
    const next = new Set<number>();
    for (const place of places) {
      const token = pattern[place];
      if (token === undefined) continue;
      if (token.kind === 'any') next.add(place);
      else if (takes(token, word)) next.add(place + 1);
    }
    if (next.size === 0) return false;
    places = passed(pattern, next);
  }
  return pattern.length > 0 && places.has(pattern.length);
}

function takes(token: Token, word: string): boolean {
  if (token.kind === 'words') return token.either.has(word);
  return token.kind === 'number' ? isNumber(word) : true;
}

/** With the places behind each `*`, which may stand for nothing. */
function passed(pattern: TextPattern, places: Set<number>): Set<number> {
  for (const place of places) if (pattern[place]?.kind === 'any') places.add(place + 1);
  return places;
}

const isWildcard = (part: string): boolean => part === '*' || part === '?' || part === '#';

const partsOf = (written: string): string[] => written.split(/\s+/u).filter((part) => part !== '');
