import { language } from '../../i18n/language.ts';

/** A definition comes as data of any shape: what can be read of it is shown, and the rest is left to whoever edits it. */

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The words that begin it, as they are compared: `замовити *`. */
export function startWords(definition: Readonly<Record<string, unknown>>): string[] {
  const { start } = definition;
  if (!Array.isArray(start)) return [];
  return start.flatMap((move: unknown) => {
    const on = isRecord(move) ? move.on : undefined;
    const words = isRecord(on) ? on.words : undefined;
    return Array.isArray(words) ? words.map(String) : [];
  });
}

/** What is said in each state, in the language of whoever looks, else in any. */
export function sayings(definition: Readonly<Record<string, unknown>>): { readonly state: string; readonly say: string }[] {
  const { states } = definition;
  if (!isRecord(states)) return [];
  return Object.entries(states).flatMap(([state, is]) => {
    const say = isRecord(is) ? is.say : undefined;
    if (!isRecord(say)) return [];
    return [{ state, say: String(say[language.value] ?? Object.values(say)[0] ?? '') }];
  });
}
