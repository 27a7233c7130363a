import data from './data/public-pages.json' with { type: 'json' };

type Words = typeof data.en;

export const PAGE_LANGUAGES = ['uk', 'ru', 'en'] as const;

export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

/** What the pages for clients say; `{site}` and `{number}` are filled in. */
export function pageWords(
  language: PageLanguage,
  names: { readonly site: string; readonly number?: string },
): (what: keyof Words) => string {
  const words = data[language];
  return (what) => words[what].replaceAll('{site}', () => names.site).replaceAll('{number}', () => names.number ?? '');
}

const POSTERS: Readonly<Record<'consent' | 'optOut', Readonly<Record<string, string>>>> = data.posters;

/** The text that a poster has ready: YES and its word, or the word that ends offers. */
export function posterText(kind: 'consent' | 'optOut', language: string, word: string): string {
  const said = POSTERS[kind][language] ?? POSTERS[kind].en ?? '';
  return kind === 'consent' ? `${said} ${word}` : said;
}
