import tables from './data/transliteration.json' with { type: 'json' };
import { GSM7, NONE } from './gsm7.ts';

/**
 * The policy for writing a text in the GSM 7-bit alphabet when the caller asks for it (`data/transliteration.json`):
 *
 * - Characters of the alphabet stay as they are, but for the apostrophe inside a Ukrainian word.
 * - Cyrillic letters become Latin ones: as Ukrainian, unless the text has more of ё ъ ы э than of ґ є і ї, then as Russian. A
 *   letter that the language lacks is taken from the other one.
 * - Quotation marks, dashes, the ellipsis, spaces, signs become what people type in their place; invisible ones are left out.
 * - Latin letters lose the accents that the alphabet lacks; accents that stand alone are left out.
 * - Whatever is not in the table stays, and so the text stays UCS2.
 */

type Replacements = Readonly<Record<string, string | undefined>>;

interface Script {
  readonly letters: Replacements;
  readonly atStart: Replacements;
  readonly pairs: Replacements;
  readonly apostrophes: string;
}

const UKRAINIAN: Script = tables.ukrainian;
const RUSSIAN: Script = tables.russian;
const TYPOGRAPHY: Replacements = tables.typography;
const LATIN: Replacements = tables.latin;

const isGsm7 = (unit: number): boolean => (GSM7.encode[unit] ?? NONE) !== NONE;

/** Which of the two the letters that only one of them has speak for; Ukrainian when they do not. */
function scriptOf(text: string): readonly [Script, Script] {
  const russian = text.match(/[ёъыэ]/giu)?.length ?? 0;
  const ukrainian = text.match(/[ґєії]/giu)?.length ?? 0;
  return russian > ukrainian ? [RUSSIAN, UKRAINIAN] : [UKRAINIAN, RUSSIAN];
}

const isCyrillic = (char: string): boolean => char >= '\u0400' && char <= '\u052F';

const isUpper = (char: string): boolean => char !== char.toLowerCase();

/** `shch` for щ, `Shch` for Щ, `SHCH` for Щ among capitals. */
function inCaseOf(char: string, before: string, after: string, replacement: string): string {
  if (!isUpper(char)) return replacement;
  const amongCapitals = isUpper(after) || (isUpper(before) && after === after.toUpperCase());
  return amongCapitals ? replacement.toUpperCase() : replacement.charAt(0).toUpperCase() + replacement.slice(1);
}

/** The character without its accents, when that leaves letters of the alphabet; undefined otherwise. */
function withoutAccents(char: string): string | undefined {
  const bare = char.normalize('NFD').replace(/[\u0300-\u036F]/gu, '');
  return bare !== char && /^[A-Za-z]*$/.test(bare) ? bare : undefined;
}

/** A text and what was found for each of its characters that the alphabet lacks. */
interface Walk {
  readonly text: string;
  /** In order of appearance; null where there is no replacement. */
  readonly found: ReadonlyMap<string, string | null>;
}

function walk(text: string): Walk {
  const [script, other] = scriptOf(text);
  const chars = [...text.normalize('NFC')];
  const found = new Map<string, string | null>();
  const note = (char: string, replacement: string | null): void => {
    if (!found.has(char)) found.set(char, replacement);
  };
  let result = '';
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] ?? '';
    const before = chars[i - 1] ?? '';
    const after = chars[i + 1] ?? '';
    if (isCyrillic(before) && isCyrillic(after) && script.apostrophes.includes(char)) {
      if (!isGsm7(char.charCodeAt(0))) note(char, '');
      continue;
    }
    if (char.length === 1 && isGsm7(char.charCodeAt(0))) {
      result += char;
      continue;
    }
    const lower = char.toLowerCase();
    const pair = isCyrillic(after) ? script.pairs[lower + after.toLowerCase()] : undefined;
    if (pair !== undefined) {
      const replacement = inCaseOf(char, before, after, pair);
      result += replacement;
      note(char, replacement.slice(0, 1));
      note(after, replacement.slice(1));
      i++;
      continue;
    }
    // An apostrophe inside a word begins no new one.
    const inWord = isCyrillic(before) || (script.apostrophes.includes(before) && isCyrillic(chars[i - 2] ?? ''));
    const letter = (inWord ? undefined : script.atStart[lower]) ?? script.letters[lower] ?? other.letters[lower] ?? LATIN[lower];
    const replacement = letter === undefined ? (TYPOGRAPHY[char] ?? withoutAccents(char)) : inCaseOf(char, before, after, letter);
    result += replacement ?? char;
    note(char, replacement ?? null);
  }
  return { text: result, found };
}

/**
 * The text in the GSM 7-bit alphabet.
 * @returns null when it has a character for which there is no replacement (see `alternatives`)
 */
export function transliterate(text: string): string | null {
  const { text: result, found } = walk(text);
  for (const replacement of found.values()) if (replacement === null) return null;
  return result;
}

/** A character that the GSM 7-bit alphabet lacks, and what stands for it in transliteration; null for nothing. */
export interface Alternative {
  readonly character: string;
  readonly replacement: string | null;
}

/** What would avoid UCS2: each character that forces it, once, with its replacement where it first stands. */
export function alternatives(text: string): readonly Alternative[] {
  return Array.from(walk(text).found, ([character, replacement]) => ({ character, replacement }));
}
