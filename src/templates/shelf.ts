import { LANGUAGES, type Language } from '../policy/language.ts';
import { STARTUP_TEMPLATES } from '../texts/startup-templates.ts';

/** The texts of one template by language. */
export type TemplateTexts = Readonly<Partial<Record<Language, string>>>;

/** A template as it is used: the site's own texts over those that Simpost ships. */
export interface Template {
  readonly name: string;
  readonly texts: TemplateTexts;
  /** In which languages the text is the site's own. */
  readonly own: readonly Language[];
  /** Whether Simpost ships one of this name. */
  readonly shipped: boolean;
}

/** A template in one language. */
export interface ChosenText {
  readonly language: Language;
  readonly text: string;
}

export const SHIPPED_NAMES: readonly string[] = [...STARTUP_TEMPLATES.keys()];

/**
 * The template of a name; undefined where there is neither one of the site nor a shipped one.
 * @param own the texts of the site, empty where it has none
 */
export function templateOf(name: string, own: TemplateTexts): Template | undefined {
  const startup = STARTUP_TEMPLATES.get(name);
  const texts: Partial<Record<Language, string>> = {};
  for (const language of LANGUAGES) {
    const text = own[language] ?? startup?.[language];
    if (text !== undefined) texts[language] = text;
  }
  if (Object.keys(texts).length === 0) return undefined;
  return { name, texts, own: LANGUAGES.filter((language) => own[language] !== undefined), shipped: startup !== undefined };
}

/**
 * The text for a reader: in the language that the contact chose, else in that of the site, else in the first there is.
 * @param wanted null where the contact has not said
 */
export function chooseText(texts: TemplateTexts, wanted: Language | null, site: Language): ChosenText | undefined {
  for (const language of [...(wanted === null ? [] : [wanted]), site, ...LANGUAGES]) {
    const text = texts[language];
    if (text !== undefined) return { language, text };
  }
  return undefined;
}
