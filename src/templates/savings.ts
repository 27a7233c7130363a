import { planText } from '../pdu/plan.ts';
import { transliterate } from '../pdu/transliterate.ts';

/** The same message in fewer segments. */
export interface Saving {
  /** `tidy`: without blanks that show nothing. `replace`: dashes, quotation marks and the like as they are typed. `transliterate`: in
   * Latin letters. `shorten`: cut where the last segment begins. */
  readonly way: 'tidy' | 'replace' | 'transliterate' | 'shorten';
  readonly text: string;
  readonly segments: number;
  /** What is left out, for `shorten`; else empty. */
  readonly over: string;
}

/** What would make a text cost less, the gentlest first; empty for one of one segment. */
export function savings(text: string): Saving[] {
  const now = planText(text).segments.length;
  if (now < 2) return [];
  const tidy = text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
  const latin = transliterate(tidy);
  const hasCyrillic = /\p{Script=Cyrillic}/u.test(text);
  const cut = beginning(tidy, now - 1);
  const ways: Saving[] = [];
  const offer = (way: Saving['way'], written: string | null, over = ''): void => {
    const segments = written === null || written === '' ? now : planText(written).segments.length;
    if (written !== null && segments < now) ways.push({ way, text: written, segments, over });
  };
  if (tidy !== text) offer('tidy', tidy);
  if (latin !== tidy) offer(hasCyrillic ? 'transliterate' : 'replace', latin);
  if (ways[0]?.way !== 'tidy') offer('shorten', cut, tidy.slice(cut.length));
  return ways;
}

/** The longest beginning that fits into so many segments, whole characters. */
function beginning(text: string, segments: number): string {
  const characters = [...text];
  let [fits, tooLong] = [0, characters.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (planText(characters.slice(0, middle).join('')).segments.length <= segments) fits = middle;
    else tooLong = middle;
  }
  return characters.slice(0, fits).join('');
}
