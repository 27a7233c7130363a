import data from './data/keywords.json' with { type: 'json' };
import { isSlipOf, looksOf, onWrongLayouts, soundOf, wordsOf } from './fold.ts';

/**
 * What a client's text asks of us, if it is one of the words that everybody understands. Two ways to read it, by how the words
 * look and by how they sound, and each look-up is one of a table, so that no text costs more than its length (X17).
 */
export type Reading =
  /** `all`: of everything. `visit`: after a reminder the same word means the visit. */
  | { readonly kind: 'stop'; readonly all: boolean; readonly visit: boolean }
  | { readonly kind: 'visit' | 'start' | 'yes' | 'help' | 'wrongNumber' }
  /** It has such words in it, and says more: a person should read it. */
  | { readonly kind: 'unsure'; readonly of: 'stop' | 'wrongNumber' }
  | { readonly kind: 'none' };

const LISTS = ['stopAll', 'stop', 'alone', 'visit', 'start', 'yes', 'help', 'wrongNumber', 'filler', 'wrongFiller'] as const;

type Meaning = (typeof LISTS)[number] | 'innocent';

/** Phrases, their words parted by spaces, and what each may mean. */
interface Table {
  readonly phrases: ReadonlyMap<string, ReadonlySet<Meaning>>;
  /** Words long enough to be known with a slip in them. */
  readonly long: readonly string[];
}

/** Words of the longest phrase that is looked for. */
const MOST_WORDS = 6;

/** A word of so many letters is known with a slip in it. */
const LONG = 8;

/** A text of more words than this is not looked through for slips. */
const SLIPS_WITHIN = 12;

const LOOKS = tableOf((phrase) => [phrase, ...onWrongLayouts(phrase)], looksOf);
const SOUNDS = tableOf((phrase) => [phrase], soundOf);

function tableOf(variants: (phrase: string) => string[], fold: (word: string) => string): Table {
  const phrases = new Map<string, Set<Meaning>>();
  const long = new Set<string>();
  const put = (phrase: string, meaning: Meaning): void => {
    for (const variant of variants(phrase)) {
      const words = wordsOf(variant).map(fold);
      const key = words.join(' ');
      // A word that its variant cuts down to a letter or two would be found everywhere.
      if (variant !== phrase && key.replaceAll(' ', '').length < 3) continue;
      const known = phrases.get(key) ?? new Set();
      phrases.set(key, known.add(meaning));
      if (meaning === 'stop' && words.length === 1 && key.length >= LONG) long.add(key);
    }
  };
  for (const list of LISTS) for (const phrase of Object.values(data[list]).flat()) put(phrase, list);
  for (const phrase of data.innocent) put(phrase, 'innocent');
  return { phrases, long: [...long] };
}

/** Reads a client's text. What ends texts is looked for first. */
export function readKeyword(text: string): Reading {
  const words = wordsOf(text);
  if (words.length === 0) return { kind: 'none' };
  const looks = slipsMended(words.map(looksOf), LOOKS);
  const reading = readBy(looks, LOOKS);
  const isClear = reading.kind !== 'none' && reading.kind !== 'unsure';
  // Only what is in Latin letters can be a transliteration.
  if (isClear || !looks.every((word) => /^[A-Z0-9]+$/.test(word))) return reading;
  const heard = readBy(slipsMended(looks.map(soundOf), SOUNDS), SOUNDS);
  return heard.kind === 'none' ? reading : heard;
}

function readBy(words: readonly string[], table: Table): Reading {
  const alone = covers(words, table, ['stopAll', 'stop', 'alone']);
  const amid = alone ?? coversAmid(words, table, ['stopAll', 'stop', 'alone'], ['filler']);
  if (amid && (alone || amid.has('stop') || amid.has('stopAll'))) {
    return { kind: 'stop', all: amid.has('stopAll'), visit: coversAmid(words, table, ['visit'], ['filler']) !== undefined };
  }
  for (const kind of ['visit', 'start', 'yes', 'help'] as const) if (coversAmid(words, table, [kind], ['filler'])) return { kind };
  if (coversAmid(words, table, ['wrongNumber'], ['filler', 'wrongFiller'])) return { kind: 'wrongNumber' };
  if (amid || contains(words, table, ['stop', 'stopAll'])) return { kind: 'unsure', of: 'stop' };
  if (contains(words, table, ['wrongNumber'])) return { kind: 'unsure', of: 'wrongNumber' };
  return { kind: 'none' };
}

/** How many words from `at` on the longest phrase with one of these meanings has, and the meanings; undefined if none begins there. */
function phraseAt(words: readonly string[], at: number, { phrases }: Table, wanted: readonly Meaning[]) {
  for (let length = Math.min(MOST_WORDS, words.length - at); length > 0; length -= 1) {
    const meanings = phrases.get(words.slice(at, at + length).join(' '));
    if (meanings && wanted.some((meaning) => meanings.has(meaning))) return { length, meanings };
  }
  return undefined;
}

/** What the phrases mean that follow each other to the end, or undefined when other words are among them. */
function covers(words: readonly string[], table: Table, wanted: readonly Meaning[]): Set<Meaning> | undefined {
  const found = new Set<Meaning>();
  for (let at = 0; at < words.length; ) {
    const phrase = phraseAt(words, at, table, wanted);
    if (!phrase) return undefined;
    for (const meaning of wanted) if (phrase.meanings.has(meaning)) found.add(meaning);
    at += phrase.length;
  }
  return found.size > 0 ? found : undefined;
}

/** The same with fillers before, between and after the phrases, and inside them. */
function coversAmid(words: readonly string[], table: Table, wanted: readonly Meaning[], fillers: readonly Meaning[]) {
  const between = covers(words, table, [...wanted, ...fillers]);
  if (between && wanted.some((meaning) => between.has(meaning))) return between;
  return covers(without(words, table, fillers), table, wanted);
}

function without(words: readonly string[], table: Table, meanings: readonly Meaning[]): string[] {
  const left: string[] = [];
  for (let at = 0; at < words.length; ) {
    const phrase = phraseAt(words, at, table, meanings);
    if (!phrase) left.push(...words.slice(at, at + 1));
    at += phrase?.length ?? 1;
  }
  return left;
}

function contains(words: readonly string[], table: Table, wanted: readonly Meaning[]): boolean {
  const rest = without(words, table, ['innocent']);
  return rest.some((_, at) => phraseAt(rest, at, table, wanted) !== undefined);
}

function slipsMended(words: readonly string[], { phrases, long }: Table): readonly string[] {
  if (words.length > SLIPS_WITHIN) return words;
  return words.map((word) => {
    if (word.length < LONG - 1 || word.length > 20 || phrases.has(word)) return word;
    return long.find((known) => isSlipOf(word, known)) ?? word;
  });
}
