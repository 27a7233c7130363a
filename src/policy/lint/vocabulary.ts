import data from './data/words.json' with { type: 'json' };
import { type Phrases, phrases } from './phrases.ts';

/** The words that the rules look for, in Ukrainian, Russian and English at once: a site writes in more than one language. */
export const VOCABULARY: Readonly<Record<keyof typeof data, Phrases>> = {
  reminder: phrases(data.reminder),
  confirmation: phrases(data.confirmation),
  offer: phrases(data.offer),
  threat: phrases(data.threat),
  wayOut: phrases(data.wayOut),
  shout: phrases(data.shout),
  replyVerbs: phrases(data.replyVerbs),
  keywords: phrases(data.keywords),
  abbreviations: phrases(data.abbreviations),
  month: phrases(data.month),
  noon: phrases(data.noon),
  place: phrases(data.place),
  phoneWords: phrases(data.phoneWords),
  hours: phrases(data.hours),
  beforeHour: phrases(data.beforeHour),
  beforeSpan: phrases(data.beforeSpan),
  generic: phrases(data.generic),
};
