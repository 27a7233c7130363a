import data from './data/dialogues.json' with { type: 'json' };

type Sayings = typeof data.en;

const BY_LANGUAGE: Readonly<Record<string, Sayings>> = { uk: data.uk, ru: data.ru, en: data.en, kk: data.ru };

/** What every dialogue says. */
export const dialogueSays = (what: keyof Sayings, language: string): string => (BY_LANGUAGE[language] ?? data.en)[what];

/** What every dialogue hears. */
export const DIALOGUE_HEARS = data.hears;
