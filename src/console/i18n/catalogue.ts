import { language } from './language.ts';
import type { ConsoleLanguage } from './languages.ts';

/** A text, or its forms by number, as `Intl.PluralRules` names them. `{name}` stands for a value. */
export type Saying = string | { readonly one?: string; readonly few?: string; readonly many?: string; readonly other: string };

/** The same in every language. A language that is left out does not compile. */
export type Entry = Readonly<Record<ConsoleLanguage, Saying>>;

export type Values = Readonly<Record<string, string | number>>;

/** Says what stands under a key, in the language of whoever looks. */
export interface Words<K extends string> {
  (key: K, values?: Values): string;
  /** The entry of a key that comes from outside, such as a reason; undefined where nobody knows it. */
  maybe(key: string, values?: Values): string | undefined;
  readonly entries: Readonly<Record<K, Entry>>;
}

/** The words of one page or one subject. Each page has a catalogue of its own, beside it, in a file named `words.ts`. */
export function catalogue<K extends string>(entries: Readonly<Record<K, Entry>>): Words<K> {
  const isKey = (key: string): key is K => Object.hasOwn(entries, key);
  const say = (key: K, values: Values = {}): string => saying(entries[key][language.value], language.value, values);
  return Object.assign(say, {
    maybe: (key: string, values: Values = {}) => (isKey(key) ? say(key, values) : undefined),
    entries,
  });
}

/** @param values `n` is the number that decides between forms */
export function saying(text: Saying, inLanguage: ConsoleLanguage, values: Values): string {
  const form = typeof text === 'string' ? text : (text[formOf(inLanguage, Number(values.n))] ?? text.other);
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => (values[name] === undefined ? whole : String(values[name])));
}

function formOf(inLanguage: ConsoleLanguage, n: number): 'one' | 'few' | 'many' | 'other' {
  const form = new Intl.PluralRules(inLanguage).select(n);
  return form === 'zero' || form === 'two' ? 'other' : form;
}
