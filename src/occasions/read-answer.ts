import { looksOf, wordsOf } from '../policy/fold.ts';
import data from './data/answers.json' with { type: 'json' };

/** `refuse`: a word that may mean the visit or the texts about it. */
export const CHOICES = ['confirm', 'cancel', 'refuse', 'move'] as const;
export type Choice = (typeof CHOICES)[number];

/** What a client's answer says, part by part, in order. */
export type Part = { readonly kind: Choice | 'no' | 'status' | 'all' | 'unknown' } | { readonly kind: 'number'; readonly n: number };

const MEANINGS = [...CHOICES, 'no', 'status', 'all', 'filler'] as const;
type Meaning = (typeof MEANINGS)[number];

/** Words of the longest phrase. */
const MOST_WORDS = 4;

/** An answer of more words than this is a letter, and is read by a person. */
const LONGEST = 30;

const PHRASES = new Map<string, Meaning>();
for (const meaning of MEANINGS) {
  for (const phrase of data[meaning]) {
    const key = wordsOf(phrase).map(looksOf).join(' ');
    if (!PHRASES.has(key)) PHRASES.set(key, meaning);
  }
}

/** Reads an answer: each of its words is a number, begins a phrase that everybody understands, or is not known. */
export function readAnswer(text: string): readonly Part[] {
  const words = wordsOf(text).map(looksOf);
  if (words.length > LONGEST) return [{ kind: 'unknown' }];
  const parts: Part[] = [];
  for (let at = 0; at < words.length; ) {
    const { length, part } = partAt(words, at);
    if (part) parts.push(part);
    at += length;
  }
  return parts;
}

function partAt(words: readonly string[], at: number): { length: number; part: Part | undefined } {
  const word = words[at] ?? '';
  if (/^\d{1,2}$/.test(word)) return { length: 1, part: { kind: 'number', n: Number(word) } };
  for (let length = Math.min(MOST_WORDS, words.length - at); length > 0; length -= 1) {
    const meaning = PHRASES.get(words.slice(at, at + length).join(' '));
    if (meaning !== undefined) return { length, part: meaning === 'filler' ? undefined : { kind: meaning } };
  }
  return { length: 1, part: { kind: 'unknown' } };
}
