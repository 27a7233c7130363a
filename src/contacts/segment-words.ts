import type { Language } from '../policy/language.ts';
import { segmentWord } from '../texts/segment-words.ts';
import type { Condition } from './segment.ts';

/** Who belongs to a segment, as one sentence. */
export function inWords(condition: Condition, language: Language): string {
  return segmentWord(language, 'sentence', phrase(condition, language, true));
}

/** @param outer the outermost needs no brackets */
function phrase(condition: Condition, language: Language, outer: boolean): string {
  const say = (...[word, it, field]: [Parameters<typeof segmentWord>[1], (string | number)?, string?]): string =>
    segmentWord(language, word, it, field);
  const joined = (parts: readonly Condition[], word: 'all' | 'any'): string => {
    const [only] = parts;
    if (only && parts.length === 1) return phrase(only, language, outer);
    const text = parts.map((part) => phrase(part, language, false)).join(say(word));
    return outer ? text : `(${text})`;
  };
  if ('all' in condition) return joined(condition.all, 'all');
  if ('any' in condition) return joined(condition.any, 'any');
  if ('not' in condition) return say('not', phrase(condition.not, language, false));
  if ('tag' in condition) return say('tag', condition.tag);
  if ('branch' in condition) return say('branch', condition.branch);
  if ('language' in condition) return say('language', condition.language);
  if ('channel' in condition) return say('channel', condition.channel);
  if ('field' in condition) {
    const { field, test, value } = condition;
    if (test === 'known') return say(value === true ? 'field.known' : 'field.unknown', '', field);
    return say(`field.${test}`, String(value), field);
  }
  if ('agreesTo' in condition) return say('agreesTo', condition.agreesTo) + (condition.topic === null ? '' : say('topic', condition.topic));
  if ('suppressed' in condition) return say('suppressed', condition.suppressed);
  if ('occasion' in condition) {
    const { kind, status, attendance, within, ahead } = condition.occasion;
    return [
      say('occasion', kind),
      status === null ? '' : say('status', status),
      attendance === null ? '' : say(attendance),
      within === null ? '' : say('within', within),
      ahead === null ? '' : say('ahead', ahead),
    ].join('');
  }
  if ('heardWithin' in condition) return say('heardWithin', condition.heardWithin);
  if ('writtenWithin' in condition) return say('writtenWithin', condition.writtenWithin);
  return say('newWithin', condition.newWithin);
}
