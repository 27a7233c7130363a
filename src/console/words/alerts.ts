import type { Alert } from '../../http/schemas/alert.ts';
import sentences from '../../texts/data/alerts.json' with { type: 'json' };
import { saying } from '../i18n/catalogue.ts';
import { language } from '../i18n/language.ts';

type Sentences = typeof sentences.en;

/** What an alert may be about. */
export type AlertKind = { [K in keyof Sentences]: Sentences[K] extends string ? never : K }[keyof Sentences];

export const isAlertKind = (word: string): word is AlertKind =>
  Object.entries(sentences.en).some(([kind, said]) => kind === word && typeof said !== 'string');

/** What is wrong and what to do, as mail and texts say it, in the language of whoever looks. */
export function alertWords({ kind, facts, sentence }: Pick<Alert, 'kind' | 'facts' | 'sentence'>): string {
  const said = isAlertKind(kind) ? sentences[language.value][kind][0] : undefined;
  return saying(said ?? sentence, language.value, facts);
}
