/** Languages in which the console speaks, each by its own name. */
export const CONSOLE_LANGUAGES = ['uk', 'ru', 'en'] as const;

export type ConsoleLanguage = (typeof CONSOLE_LANGUAGES)[number];

export const LANGUAGE_NAMES: Readonly<Record<ConsoleLanguage, string>> = { uk: 'Українська', ru: 'Русский', en: 'English' };

/** The first that we speak of those that somebody wants; English where there is none. @param wanted language tags, the best first */
export function firstSpoken(wanted: readonly string[]): ConsoleLanguage {
  for (const tag of wanted) {
    const found = CONSOLE_LANGUAGES.find((one) => tag.toLowerCase().split('-')[0] === one);
    if (found) return found;
  }
  return 'en';
}
