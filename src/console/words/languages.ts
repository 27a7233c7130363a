import { catalogue } from '../i18n/catalogue.ts';

/** Languages in which clients are written to. */
export const clientLanguages = catalogue({
  uk: { uk: 'Українська', ru: 'Украинский', en: 'Ukrainian' },
  ru: { uk: 'Російська', ru: 'Русский', en: 'Russian' },
  en: { uk: 'Англійська', ru: 'Английский', en: 'English' },
  kk: { uk: 'Казахська', ru: 'Казахский', en: 'Kazakh' },
  pl: { uk: 'Польська', ru: 'Польский', en: 'Polish' },
});

export const CLIENT_LANGUAGES = ['uk', 'ru', 'en', 'kk', 'pl'] as const;
