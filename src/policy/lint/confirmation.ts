import { VOCABULARY } from './vocabulary.ts';
import type { Word } from './words.ts';

/**
 * What somebody needs who has a visit: when, and where or whom to call. Patterns are bounded in each repetition (X17).
 */

/** `14:30`; with a point `14.30` only where it can be no date. */
const CLOCK = /(?<![\d.:])(?:[01]?\d|2[0-3])(?::[0-5]\d(?!\d)|\.(?:1[3-9]|[2-5]\d|00)(?![\d.]))/;
/** `о 12.10`, `at 9-30`. */
const CLOCK_AFTER_WORD = /(?:^|[\s,])(?:о|об|в|at|з|с|до|from|till|@)\s(?:[01]?\d|2[0-3])[.-][0-5]\d(?![\d.])/iu;
const MERIDIEM = /(?<!\d)\d{1,2}\s?[ap]\.?m\b/i;
/** Seven digits or more, as numbers are written; an ISO date is none. */
const PHONE = /(?<![\d.:])\+?\d(?:[ ()-]{0,2}\d){6,13}(?!\d)/;
const ISO_DATE = /\d{4}-\d\d-\d\d/g;
/** `на Садовій, 3`: a name and a house. */
const HOUSE =
  /(?:^|[\s,.:(])(?:(?:на|у|в|at|on|по)\s{1,2})?\p{Lu}[\p{Ll}'’-]{3,24},?\s{1,2}(?:буд\.?\s|д\.\s)?\d{1,3}[а-яa-z]?(?=$|[\s,.;)](?!\d))/u;

export type Lacking = 'time' | 'place';

/** What a confirmation lacks, the weightier first. */
export function lackingIn(text: string, words: readonly Word[]): Lacking | undefined {
  if (!hasTime(text, words)) return 'time';
  return hasPlace(text, words) || hasPhone(text, words) ? undefined : 'place';
}

function hasTime(text: string, words: readonly Word[]): boolean {
  if (CLOCK.test(text) || CLOCK_AFTER_WORD.test(text) || MERIDIEM.test(text) || VOCABULARY.noon.find(words)) return true;
  return words.some(({ word, to }, i) => {
    if (!/^(?:[01]?\d|2[0-3])$/.test(word) || /^[.:/-]\d/.test(text.slice(to, to + 2))) return false;
    if (VOCABULARY.hours.at(words, i + 1) > 0) return i === 0 || VOCABULARY.beforeSpan.at(words, i - 1) === 0;
    if (i === 0 || VOCABULARY.beforeHour.at(words, i - 1) === 0 || VOCABULARY.month.at(words, i + 1) > 0) return false;
    // `в 3 кабинет` is a place, `в 3, кабинет 5` a time.
    return text.charAt(to) !== ' ' || VOCABULARY.place.at(words, i + 1) === 0;
  });
}

function hasPlace(text: string, words: readonly Word[]): boolean {
  if (VOCABULARY.place.find(words)) return true;
  const house = HOUSE.exec(text);
  if (!house) return false;
  const name = words.findIndex(({ from }) => from >= house.index && /\p{Lu}/u.test(text.charAt(from)));
  return VOCABULARY.month.at(words, name) === 0;
}

const hasPhone = (text: string, words: readonly Word[]): boolean =>
  PHONE.test(text.replaceAll(ISO_DATE, '')) || VOCABULARY.phoneWords.find(words) !== undefined;
