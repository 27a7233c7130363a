import { LANGUAGES } from '../policy/language.ts';
import type { TemplateTexts } from './shelf.ts';

/** What was kept of a site's own texts, by languages that this program knows. */
export function textsOf(stored: { readonly texts: ReadonlyMap<string, string> } | undefined): TemplateTexts {
  return Object.fromEntries(
    LANGUAGES.flatMap((language) => {
      const text = stored?.texts.get(language);
      return text === undefined ? [] : [[language, text]];
    }),
  );
}
