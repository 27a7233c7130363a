import sentences from './data/campaign-words.json' with { type: 'json' };

export type CampaignSentence = keyof typeof sentences;

const LANGUAGES: Readonly<Record<string, keyof (typeof sentences)[CampaignSentence]>> = { uk: 'uk', ru: 'ru', kk: 'ru', en: 'en' };

/** A sentence about a campaign, for the people at the desk. @param names what stands for `{…}` */
export function campaignSentence(
  language: string,
  sentence: CampaignSentence,
  names: Readonly<Record<string, string | number>> = {},
): string {
  return sentences[sentence][LANGUAGES[language] ?? 'en'].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(names[name] ?? whole));
}
