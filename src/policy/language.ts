/** Languages in which Simpost itself writes to clients. */
export const LANGUAGES = ['uk', 'ru', 'en', 'kk', 'pl'] as const;

export type Language = (typeof LANGUAGES)[number];

const BY_COUNTRY: Readonly<Record<string, Language>> = { UA: 'uk', KZ: 'kk', PL: 'pl', RU: 'ru', BY: 'ru', KG: 'ru' };

/** The language of a site that has not said one, by its country (ISO 3166). */
export function languageOf(country: string | undefined): Language {
  return BY_COUNTRY[country ?? ''] ?? 'en';
}
