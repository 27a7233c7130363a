import { effect, signal } from '@preact/signals';
import { kept } from '../state/kept.ts';
import { type ConsoleLanguage, firstSpoken } from './languages.ts';

const remembered = kept('language');

/** The language of whoever looks: as chosen here before, else as the browser says. */
export const language = signal<ConsoleLanguage>(firstSpoken([remembered.read() ?? '', ...(globalThis.navigator?.languages ?? [])]));

/** What `Intl` is asked for: English as in Kyiv, with the day before the month and 24 hours. */
export const locale = (): string => (language.value === 'en' ? 'en-GB' : language.value);

/** Chooses a language for this browser, from now on. */
export function speak(chosen: ConsoleLanguage): void {
  language.value = chosen;
  remembered.write(chosen);
}

effect(() => {
  if (globalThis.document) document.documentElement.lang = language.value;
});
