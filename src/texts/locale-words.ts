import data from './data/locale.json' with { type: 'json' };

/** The words of dates and money in one language. */
export interface LocaleWords {
  /** From Sunday. */
  readonly weekdays: readonly string[];
  /** From January; null where months are written as numbers. */
  readonly months: readonly string[] | null;
  /** By ISO 4217; a currency that is not here is written as its code. */
  readonly currencies: Readonly<Record<string, string | undefined>>;
}

export const LOCALE_WORDS: Readonly<Record<'uk' | 'ru' | 'kk' | 'pl' | 'en', LocaleWords>> = data;
