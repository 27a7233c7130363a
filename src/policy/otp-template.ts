import shipped from './data/otp-templates.json' with { type: 'json' };
import vocabulary from './data/otp-words.json' with { type: 'json' };
import type { Language } from './language.ts';
import { phrases, stands } from './lint/phrases.ts';

/** What a code is for, and how its text is written. */
export interface OtpTemplate {
  readonly name: string;
  /** By language: the same text from the most to the least wordy; the first that fits in one segment is sent. */
  readonly texts: Readonly<Partial<Record<Language, readonly string[]>>>;
  /** Whose page may fill the code in by itself (WebOTP), null where there is none. */
  readonly domain: string | null;
}

/** A template as the site writes it: it adds to the shipped one of the same name. */
export interface OwnTemplate extends Readonly<Partial<Record<Language, string>>> {
  readonly name: string;
  readonly webOtpDomain?: string;
}

/** What is sent where a request names none. */
export const DEFAULT_TEMPLATE = 'signIn';

/** All templates by name: those that Simpost has, and over them those of the site. */
export function otpTemplates(own: readonly OwnTemplate[]): ReadonlyMap<string, OtpTemplate> {
  const all = new Map<string, OtpTemplate>(Object.entries(shipped).map(([name, texts]) => [name, { name, texts, domain: null }]));
  for (const { name, webOtpDomain, ...texts } of own) {
    const written = Object.fromEntries(Object.entries(texts).map(([language, text]) => [language, [text]]));
    all.set(name, { name, texts: { ...all.get(name)?.texts, ...written }, domain: webOtpDomain ?? null });
  }
  return all;
}

export interface OtpFacts {
  readonly code: string;
  /** The name of the business. */
  readonly site: string;
  /** How long the code is good, seconds. */
  readonly validFor: number;
}

/** The texts of a template in one language with everything filled in, from the most to the least wordy. */
export function renderOtp(template: OtpTemplate, texts: readonly string[], { code, site, validFor }: OtpFacts): string[] {
  // As https://wicg.github.io/sms-one-time-codes/ has it: the last line names who may read the code.
  const suffix = template.domain === null ? '' : `\n\n@${template.domain} #${code}`;
  const values = new Map([
    ['{code}', code],
    ['{site}', site],
    ['{minutes}', String(Math.max(1, Math.floor(validFor / 60)))],
  ]);
  return texts.map((text) => text.replaceAll(PLACEHOLDER, (name) => values.get(name) ?? name) + suffix);
}

const PLACEHOLDER = /\{\w{1,20}\}/g;
const KNOWN: ReadonlySet<string> = new Set(['{code}', '{site}', '{minutes}']);

const tellNoOne = phrases(vocabulary.tellNoOne);
const action = phrases(vocabulary.action);
const advertising = phrases(vocabulary.advertising);

/** `https://…`, `www.…`, and a name with a point inside that ends in letters: every one of them can be tapped on. */
const LINK = /:\/\/|www\.|[\p{L}\p{N}]\.\p{L}{2}|@/iu;

/** Sentences: what the code is for, that nobody may have it, and how long it is good. */
const MOST_SENTENCES = 3;
/** Characters, placeholders included: a code is read in passing. */
const LONGEST = 140;

/**
 * What is wrong with the text of a code, as the ends of sentences; empty where nothing is. A text that says less cannot be
 * misused: whoever gets it learns what it is for and that it is for him alone, and nothing leads anywhere (NIST SP 800-63B 5.1.3.2).
 */
export function otpFlaws(text: string): string[] {
  const placeholders = text.match(PLACEHOLDER) ?? [];
  const unknown = placeholders.find((name) => !KNOWN.has(name));
  const plain = text.replaceAll(PLACEHOLDER, ' ');
  const flaws: (string | false)[] = [
    placeholders.filter((name) => name === '{code}').length !== 1 && 'has {code} not just once: write it where the code is to stand',
    unknown !== undefined && `has ${unknown}, which is not known: there are {code}, {site} and {minutes}`,
    !stands(tellNoOne, plain) && 'has no word that the code is for nobody else: add one, such as "Tell it to no one"',
    !stands(action, plain) && 'has no word of what the code is for: to sign in, to pay, to confirm',
    LINK.test(plain) && 'has a link or an address: whoever gets a code must be led nowhere',
    /\p{N}/u.test(plain) && 'has a number besides the code, which could be taken for it: take it out',
    (stands(advertising, plain) || /[!%$€₴₽]/.test(plain)) && 'has advertising in it: a code carries nothing else',
    text.length > LONGEST && `is longer than ${LONGEST} characters: shorten it`,
    plain.split(/[.?\n]+(?:\s|$)/).filter((part) => part.trim() !== '').length > MOST_SENTENCES &&
      `has more than ${MOST_SENTENCES} sentences: what it is for, that nobody else may have it, how long it is good`,
  ];
  return flaws.filter((flaw) => flaw !== false);
}
