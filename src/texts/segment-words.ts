import data from './data/segment-words.json' with { type: 'json' };

export type SegmentWord = keyof typeof data.en;

/** The words of a segment; for languages that this catalogue lacks, those that people there read. */
const BY_LANGUAGE: Readonly<Record<string, Readonly<Record<SegmentWord, string>>>> = { uk: data.uk, ru: data.ru, kk: data.ru, en: data.en };

/** Tells a phrase of a segment. @param it what stands for `{it}` */
export function segmentWord(language: string, word: SegmentWord, it: string | number = '', field = ''): string {
  return (BY_LANGUAGE[language] ?? data.en)[word].replaceAll(/\{(it|field)\}/g, (_, name: string) => (name === 'it' ? String(it) : field));
}
