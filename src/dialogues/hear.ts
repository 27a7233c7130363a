import { DAY, dayOf, writeDay } from '../policy/local-date.ts';
import { fits, foldedWords, phrasePattern, readPattern } from '../policy/text-pattern.ts';
import type { DialogueField, DialogueOption } from '../store/records/dialogue.ts';
import { DIALOGUE_HEARS } from '../texts/dialogue-words.ts';
import type { Heard } from './definition.ts';

/** What was understood of a text; undefined where it is not what is waited for. */
export interface Understood {
  readonly value: DialogueField;
  /** The one that was chosen. */
  readonly option?: DialogueOption;
}

const NUMBERS: ReadonlyMap<string, number> = new Map(
  Object.entries(DIALOGUE_HEARS.numbers).flatMap(([word, n]) => foldedWords(word).map((folded) => [folded, n] as const)),
);

const patternsOf = (phrases: readonly string[]) => phrases.filter((p) => p !== '?').map(phrasePattern);

const GLOBAL = {
  back: patternsOf(DIALOGUE_HEARS.back),
  cancel: patternsOf(DIALOGUE_HEARS.cancel),
  person: patternsOf(DIALOGUE_HEARS.person),
  help: patternsOf(DIALOGUE_HEARS.help),
  today: patternsOf(DIALOGUE_HEARS.today),
  tomorrow: patternsOf(DIALOGUE_HEARS.tomorrow),
};

/** What may be said in every state. */
export function globalIn(text: string): 'back' | 'cancel' | 'person' | 'help' | undefined {
  if (text.trim() === '?') return 'help';
  const words = foldedWords(text);
  return (['back', 'cancel', 'person', 'help'] as const).find((name) => GLOBAL[name].some((pattern) => fits(pattern, words)));
}

/**
 * Reads a text as what is waited for.
 * @param options those of a choice, as they were offered
 * @param today at the site, days since 1970-01-01
 */
export function understand(heard: Heard, text: string, options: readonly DialogueOption[], today: number): Understood | undefined {
  if ('words' in heard) {
    const words = foldedWords(text);
    if (!heard.words.some((pattern) => fits(readPattern(pattern), words))) return undefined;
    return { value: numbersIn(text)[0] ?? text.trim() };
  }
  if ('number' in heard) {
    const [only, second] = numbersIn(text);
    const isIn = only !== undefined && second === undefined && only >= heard.number.min && only <= heard.number.max;
    return isIn ? { value: only } : undefined;
  }
  if ('choice' in heard) {
    const option = choose(text, options);
    return option && { value: option.value, option };
  }
  if ('date' in heard) {
    const day = dayIn(text, today);
    return day !== undefined && day >= today && day <= today + heard.date.withinDays ? { value: writeDay(day) } : undefined;
  }
  if ('text' in heard) {
    const said = text.trim();
    return said !== '' && said.length <= heard.text.max ? { value: said } : undefined;
  }
  return undefined;
}

/** Written in digits, with or without letters behind, or as a word. */
export function numbersIn(text: string): number[] {
  return foldedWords(text).flatMap((word) => {
    const digits = /^(\d{1,9})\p{L}{0,4}$/u.exec(word)?.[1];
    return digits === undefined ? (NUMBERS.get(word) ?? []) : Number(digits);
  });
}

/** By its number in the list, or by its name; nothing where two are meant. */
function choose(text: string, options: readonly DialogueOption[]): DialogueOption | undefined {
  const [n, second] = numbersIn(text);
  if (n !== undefined) {
    const byName = options.filter(({ label }) => foldedWords(label).join(' ') === foldedWords(text).join(' '));
    if (byName.length === 1) return byName[0];
    return second === undefined ? options[n - 1] : undefined;
  }
  const said = new Set(foldedWords(text));
  const meant = options.filter(({ label, value }) => {
    const name = foldedWords(label);
    const whole = name.length > 0 && name.every((word) => said.has(word));
    return (
      whole || foldedWords(value).join(' ') === [...said].join(' ') || (said.size > 0 && [...said].every((word) => name.includes(word)))
    );
  });
  return meant.length === 1 ? meant[0] : undefined;
}

/** `24.11`, `24.11.2026`, `2026-11-24`, today, tomorrow. A day without its year is the next one. */
function dayIn(text: string, today: number): number | undefined {
  const words = foldedWords(text);
  if (GLOBAL.today.some((pattern) => fits(pattern, words))) return today;
  if (GLOBAL.tomorrow.some((pattern) => fits(pattern, words))) return today + 1;
  const iso = /^\s*(\d{4})-(\d\d)-(\d\d)\s*$/.exec(text);
  if (iso) return existing(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const short = /^\s*(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?\.?\s*$/.exec(text);
  if (!short) return undefined;
  const [date, month] = [Number(short[1]), Number(short[2])];
  if (short[3] !== undefined) return existing(Number(short[3]), month, date);
  const year = new Date(today * DAY).getUTCFullYear();
  const here = existing(year, month, date);
  return here !== undefined && here >= today ? here : existing(year + 1, month, date);
}

function existing(year: number, month: number, date: number): number | undefined {
  const day = dayOf(year, month, date);
  return writeDay(day) === `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
    ? day
    : undefined;
}
