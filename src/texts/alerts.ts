import data from './data/alerts.json' with { type: 'json' };

type Words = typeof data.en;
type Phrase = 'subject' | 'greeting' | 'isOver' | 'more' | 'test';

/** What an alert may be about: each kind has its sentences in the catalogue. */
export type AlertKind = Exclude<keyof Words, Phrase>;

const PHRASES: readonly string[] = ['subject', 'greeting', 'isOver', 'more', 'test'];

const isKind = (word: string): word is AlertKind => Object.hasOwn(data.en, word) && !PHRASES.includes(word);

export const ALERT_KINDS: readonly AlertKind[] = Object.keys(data.en).filter(isKind);

/** Those that this catalogue has; for others the nearest that people there read. */
const BY_LANGUAGE: Readonly<Record<string, Words>> = { uk: data.uk, ru: data.ru, en: data.en, kk: data.ru };

/** What a sentence names. */
export type AlertFacts = Readonly<Record<string, string | number>>;

const wordsOf = (language: string): Words => BY_LANGUAGE[language] ?? data.en;

/** Fills in `{names}`; what is not given stays as it is, so that a test finds it. */
const filled = (sentence: string, facts: AlertFacts): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(facts, name) ? String(facts[name]) : whole));

/** What is wrong and what to do, or that it is over. */
export function alertSentence(kind: AlertKind, facts: AlertFacts, state: 'raised' | 'over', language: string): string {
  const [raised = '', over = ''] = wordsOf(language)[kind];
  return filled(state === 'raised' ? raised : over, facts);
}

/** What stands around the sentences. */
export function alertPhrase(phrase: Phrase, facts: AlertFacts, language: string): string {
  return filled(wordsOf(language)[phrase], facts);
}
