import type { Found } from './phrases.ts';
import type { Names } from './sender-name.ts';
import { VOCABULARY } from './vocabulary.ts';
import type { Word } from './words.ts';

/** Letters from which a word in capitals counts; shorter ones are mostly abbreviations. */
const SHORTEST = 4;
/** One alone counts from here on, or where it is one that shouters like. */
const LONG = 8;
/** And of those, from here on. */
const SHORTEST_LIKED = 3;
/** After "reply" so many words may be what to reply with. */
const REPLY_REACH = 6;

/** So many calls in one text are one too many. */
const MARKS = /!!|[!?]{3}|(?:![^!]{0,200}){4}/;

/** Capital letters where none belong, or a heap of exclamation marks. */
export function shouting(text: string, words: readonly Word[], names: Names): Found | undefined {
  const capitals = words.some((word) => isInCapitals(text, word)) ? heapOfCapitals(text, words, names) : undefined;
  if (capitals) return capitals;
  const marks = text.includes('!') ? MARKS.exec(text) : null;
  return marks ? { from: marks.index, to: marks.index + marks[0].length } : undefined;
}

/** Words to reply with, abbreviations and the own name are left. */
function heapOfCapitals(text: string, words: readonly Word[], names: Names): Found | undefined {
  let first: Word | undefined;
  let last: Word | undefined;
  let loudness = 0;
  let replyUntil = -1;
  for (const [i, word] of words.entries()) {
    if (VOCABULARY.replyVerbs.at(words, i) > 0) replyUntil = i + REPLY_REACH;
    if (i <= replyUntil || !isInCapitals(text, word)) continue;
    const length = word.to - word.from;
    const liked = length >= SHORTEST_LIKED && VOCABULARY.shout.at(words, i) > 0;
    if ((length < SHORTEST && !liked) || isLeft(words, i, names)) continue;
    first ??= word;
    last = word;
    // Short words beside it are no abbreviations then: `DO NOT FORGET`.
    loudness += liked || length >= LONG || isInCapitals(text, words[i - 1]) || isInCapitals(text, words[i + 1]) ? 2 : 1;
  }
  return first && last && loudness >= 2 ? { from: first.from, to: last.to } : undefined;
}

const isLeft = (words: readonly Word[], i: number, names: Names): boolean =>
  VOCABULARY.keywords.at(words, i) > 0 || VOCABULARY.abbreviations.at(words, i) > 0 || names.has(words[i]?.word ?? '');

/** Two letters or more, none of them small. */
function isInCapitals(text: string, word: Word | undefined): boolean {
  if (!word || word.to - word.from < 2 || !isCapital(text.charCodeAt(word.from + 1)) || !isCapital(text.charCodeAt(word.from)))
    return false;
  return !/[\p{N}\p{Ll}]/u.test(text.slice(word.from, word.to));
}

/** Latin, Cyrillic, and the letters that Ukrainian has besides. */
const isCapital = (unit: number): boolean =>
  (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x400 && unit <= 0x42f) || unit === 0x490 || (unit >= 0xc0 && unit <= 0xde);
