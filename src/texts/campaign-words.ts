import data from './data/campaign-words.json' with { type: 'json' };

export type CampaignSentence = keyof typeof data.en;

const BY_LANGUAGE: Readonly<Record<string, Readonly<Record<CampaignSentence, string>>>> = {
  uk: data.uk,
  ru: data.ru,
  kk: data.ru,
  en: data.en,
};

/** A sentence about a campaign, for the people at the desk. @param names what stands for `{…}` */
export function campaignSentence(
  language: string,
  sentence: CampaignSentence,
  names: Readonly<Record<string, string | number>> = {},
): string {
  return (BY_LANGUAGE[language] ?? data.en)[sentence].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(names[name] ?? whole));
}
