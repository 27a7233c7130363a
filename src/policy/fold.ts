/**
 * What is done to a text before it is compared with a word, so that people are understood however they write: the parts of
 * `keywords.ts` that know letters. Each function is one pass over its argument.
 */

/** What a client asks by a word is in the first of this; the rest of a longer text is not read. UTF-16 units, and words. */
const LONGEST = 1000;
const MOST_WORDS = 100;

/** Letters of other scripts that look like Latin ones, Greek capitals among them. */
const LOOK_ALIKES = pairs('АВСЕНІКМОРТХУЅЈΑΒΕΗΙΚΜΟΡΤΧΥΖΝ', 'ABCEHIKMOPTXYSJABEHIKMOPTXYZN');

/** Letters that one keyboard lacks, as people write them on another, and those that are left out. */
const POOR_KEYBOARD = new Map([...pairs('ҐЁҚҢҰҮҒӘӨҺЫЭŁ', 'ГЕКНУУГАОХИЕL'), ['Ь', ''], ['Ъ', '']]);

const LATIN_KEYS = "QWERTYUIOP[]ASDFGHJKL;'ZXCVBNM,.`";
const RUSSIAN_KEYS = 'ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ';
const UKRAINIAN_KEYS = 'ЙЦУКЕНГШЩЗХЇФІВАПРОЛДЖЄЯЧСМИТЬБЮʼ';

/** What a key gives on the other layout of its keyboard. */
const LAYOUTS = [
  pairs(LATIN_KEYS, RUSSIAN_KEYS),
  pairs(LATIN_KEYS, UKRAINIAN_KEYS),
  pairs(RUSSIAN_KEYS, LATIN_KEYS),
  pairs(UKRAINIAN_KEYS, LATIN_KEYS),
];

/** One of the usual ways to write Cyrillic in Latin letters; `soundOf` makes the others equal to it. */
const LATIN_OF = new Map<string, string>([
  ...pairs('АБВГҐДЕЗІИЙКЛМНОПРСТУФЫЭҚҢҰҮҒӘӨҺ', 'ABVGGDEZIIIKLMNOPRSTUFIEKNUUGAOH'),
  ...Object.entries({ Є: 'IE', Ж: 'ZH', Ї: 'I', Х: 'KH', Ц: 'TS', Ч: 'CH', Ш: 'SH', Щ: 'SHCH', Ю: 'IU', Я: 'IA', Ё: 'E', Ь: '', Ъ: '' }),
]);

function pairs(from: string, to: string): Map<string, string> {
  const targets = [...to];
  return new Map([...from].map((char, i) => [char, targets[i] ?? '']));
}

const mapped = (text: string, table: ReadonlyMap<string, string>): string => {
  let out = '';
  for (const char of text) out += table.get(char) ?? char;
  return out;
};

/**
 * The words of a text: compatibility forms folded, capitals, no accents, punctuation, emoji or invisible characters. Letters
 * that stand apart ("S T O P") are one word, a nought among letters is an O.
 */
export function wordsOf(text: string): string[] {
  const plain = text
    .slice(0, LONGEST)
    .normalize('NFKC')
    .slice(0, LONGEST)
    .toUpperCase()
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}'’ʼ`´‘]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  if (plain === '') return [];
  const words = plain.split(' ', MOST_WORDS).map((word) => (/\p{L}/u.test(word) ? word.replaceAll('0', 'O') : word));
  return words.length > 2 && words.every((word) => word.length === 1) ? [words.join('')] : words;
}

/** A word as it looks: letters that look alike or that keyboards lack are one, and three of a letter in a row count as one. */
export function looksOf(word: string): string {
  return mapped(mapped(word, POOR_KEYBOARD), LOOK_ALIKES).replace(/(.)\1{2,}/gu, '$1');
}

/** What somebody gets who types this in capitals on the wrong layout: Latin for Russian or Ukrainian, and the other way. */
export function onWrongLayouts(text: string): string[] {
  return LAYOUTS.map((layout) => mapped(text, layout)).filter((typed) => typed !== text);
}

/** A word in Latin letters by its sound, so that all usual transliterations of a word are one. */
export function soundOf(word: string): string {
  return mapped(word, LATIN_OF)
    .replace(/SHCH|SCH|SZCZ|SH|SZ/g, 'S')
    .replace(/CH|CZ/g, 'C')
    .replace(/ZH|RZ/g, 'Z')
    .replace(/KH/g, 'H')
    .replace(/TS|TC/g, 'C')
    .replace(/W/g, 'V')
    .replace(/[YJ]/g, 'I')
    .replace(/X/g, 'H')
    .replace(/G/g, 'H')
    .replace(/I+(?=[AEOU])/g, '')
    .replace(/(.)\1+/g, '$1');
}

/** Whether one letter too many, too few, another or two exchanged make `b` of `a`; the first letter is right. */
export function isSlipOf(a: string, b: string): boolean {
  if (a[0] !== b[0] || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
