import data from './data/own-replies.json' with { type: 'json' };

type Words = typeof data.en;

const BY_LANGUAGE: Readonly<Record<string, Words>> = { uk: data.uk, ru: data.ru, en: data.en, kk: data.kk, pl: data.pl };

/** What a reply may name. */
export interface ReplyNames {
  readonly site: string;
  /** Of the desk; nothing is said of it where it is not known. */
  readonly phone: string | undefined;
}

const KNOWN_BY: ReadonlyMap<string, string> = new Map(
  Object.entries(data.knownBy).flatMap(([language, words]) => words.map((word) => [word, language] as const)),
);

/** The language of what somebody wrote, by letters or a word that only one has; that of the site where none tells. */
export function languageOfText(text: string, site: string): string {
  // Kazakh has some letters of Ukrainian and Russian too.
  if (/[әғқңөұүһ]/iu.test(text)) return 'kk';
  if (/[ąćęłńśźż]/iu.test(text)) return 'pl';
  const known = KNOWN_BY.get(
    text
      .toLowerCase()
      .replace(/[^\p{L}]+/gu, ' ')
      .trim(),
  );
  if (known !== undefined) return known;
  if (/[іїєґ]/iu.test(text)) return 'uk';
  return /[ыэъё]/iu.test(text) ? 'ru' : site;
}

const wordsFor = (heard: string, language: string): Words => BY_LANGUAGE[languageOfText(heard, language)] ?? data.en;

/**
 * The text of one of our own replies.
 * @param to what the client wrote, for its language
 * @param language of the site
 */
export function ownReply(
  kind: Exclude<keyof Words, 'phone' | 'away' | 'alarm'>,
  to: string,
  language: string,
  { site, phone }: ReplyNames,
): string {
  const words = wordsFor(to, language);
  const text = words[kind].replaceAll('{site}', site);
  return kind === 'help' && phone !== undefined ? `${text} ${words.phone.replaceAll('{phone}', phone)}` : text;
}

/** What somebody reads who writes while nobody is there. @param phone for what cannot wait */
export function awayReply(heard: string, language: string, { site, phone }: { readonly site: string; readonly phone: string }): string {
  return wordsFor(heard, language).away.replaceAll('{site}', site).replaceAll('{phone}', phone);
}

/** What the duty phone reads, in the language of the site. @param heard what the client wrote */
export function alarmText(from: string, heard: string, language: string): string {
  const words = BY_LANGUAGE[language] ?? data.en;
  return words.alarm.replaceAll('{from}', from).replace('{text}', () => heard);
}
