import { catalogue } from '../../i18n/catalogue.ts';
import { purposeName, scopeName, topicName } from '../../words/consent.ts';
import { clientLanguages } from '../../words/languages.ts';
import { words as contactWords } from '../contacts/words.ts';

/** Who belongs to a segment, as one sentence. The API tells it in the language of the site; here whoever looks reads their own. */
export const conditionPhrases = catalogue({
  sentence: { uk: 'Усі, хто {it}', ru: 'Все, кто {it}', en: 'All who {it}' },
  and: { uk: ' і ', ru: ' и ', en: ' and ' },
  or: { uk: ' або ', ru: ' или ', en: ' or ' },
  not: { uk: 'не ({it})', ru: 'не ({it})', en: 'do not ({it})' },
  tag: { uk: 'має позначку «{it}»', ru: 'имеет метку «{it}»', en: 'have the tag “{it}”' },
  branch: { uk: 'ходить до філії «{it}»', ru: 'ходит в филиал «{it}»', en: 'go to the branch “{it}”' },
  language: { uk: 'обрав мову: {it}', ru: 'выбрал язык: {it}', en: 'chose the language {it}' },
  channel: { uk: 'просить зв’язуватися так: {it}', ru: 'просит связываться так: {it}', en: 'want to be reached so: {it}' },
  is: { uk: 'має у полі {field} «{it}»', ru: 'имеет в поле {field} «{it}»', en: 'have “{it}” as {field}' },
  isNot: { uk: 'має у полі {field} не «{it}»', ru: 'имеет в поле {field} не «{it}»', en: 'have other than “{it}” as {field}' },
  above: { uk: 'має у полі {field} більше за {it}', ru: 'имеет в поле {field} больше {it}', en: 'have more than {it} as {field}' },
  below: { uk: 'має у полі {field} менше за {it}', ru: 'имеет в поле {field} меньше {it}', en: 'have less than {it} as {field}' },
  contains: { uk: 'має «{it}» у полі {field}', ru: 'имеет «{it}» в поле {field}', en: 'have “{it}” in {field}' },
  known: { uk: 'має заповнене поле {field}', ru: 'имеет заполненное поле {field}', en: 'have something in {field}' },
  unknown: { uk: 'має порожнє поле {field}', ru: 'имеет пустое поле {field}', en: 'have nothing in {field}' },
  agreesTo: { uk: 'має згоду: {it}', ru: 'имеет согласие: {it}', en: 'have agreed to: {it}' },
  suppressed: { uk: 'має відмову: {it}', ru: 'имеет отказ: {it}', en: 'have opted out of: {it}' },
  visit: { uk: 'записаний на візит', ru: 'записан на визит', en: 'have a visit' },
  visitCame: { uk: 'прийшов на візит', ru: 'пришёл на визит', en: 'came to a visit' },
  visitDidNotCome: { uk: 'не прийшов на візит', ru: 'не пришёл на визит', en: 'did not come to a visit' },
  occasion: { uk: 'має запис «{it}»', ru: 'имеет запись «{it}»', en: 'have an entry “{it}”' },
  came: { uk: ' і прийшов', ru: ' и пришёл', en: ' and came' },
  didNotCome: { uk: ' і не прийшов', ru: ' и не пришёл', en: ' and did not come' },
  status: { uk: ' у стані «{it}»', ru: ' в состоянии «{it}»', en: ' in the state “{it}”' },
  within: {
    uk: { one: ' за останній {n} день', few: ' за останні {n} дні', many: ' за останні {n} днів', other: ' за останні {n} дня' },
    ru: { one: ' за последний {n} день', few: ' за последние {n} дня', many: ' за последние {n} дней', other: ' за последние {n} дня' },
    en: { one: ' in the last day', other: ' in the last {n} days' },
  },
  ahead: {
    uk: { one: ' у найближчий {n} день', few: ' у найближчі {n} дні', many: ' у найближчі {n} днів', other: ' у найближчі {n} дня' },
    ru: { one: ' в ближайший {n} день', few: ' в ближайшие {n} дня', many: ' в ближайшие {n} дней', other: ' в ближайшие {n} дня' },
    en: { one: ' in the next day', other: ' in the next {n} days' },
  },
  heard: { uk: 'писав або дзвонив', ru: 'писал или звонил', en: 'wrote or called' },
  written: { uk: 'отримав від нас повідомлення', ru: 'получил от нас сообщение', en: 'got a message from us' },
  new: { uk: 'доданий', ru: 'добавлен', en: 'were added' },
});

type Said = ReadonlyMap<string, unknown>;

const partsOf = (value: unknown): Said => new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
const text = (value: unknown): string => (typeof value === 'object' || value === undefined ? '' : String(value));

/** @param written a condition as the API takes and gives it; undefined where it has something that is not known here */
export function conditionWords(written: unknown): string | undefined {
  const it = phrase(written, true);
  return it === undefined ? undefined : conditionPhrases('sentence', { it });
}

/** @param isOuter the outermost needs no brackets */
function phrase(written: unknown, isOuter: boolean): string | undefined {
  const said = partsOf(written);
  for (const [name, join] of [['all', 'and'] as const, ['any', 'or'] as const]) {
    const list = said.get(name);
    if (!Array.isArray(list)) continue;
    const parts = list.map((part: unknown) => phrase(part, isOuter && list.length === 1));
    if (parts.includes(undefined)) return undefined;
    const whole = parts.join(conditionPhrases(join));
    return isOuter || parts.length === 1 ? whole : `(${whole})`;
  }
  if (said.has('not')) {
    const it = phrase(said.get('not'), true);
    return it === undefined ? undefined : conditionPhrases('not', { it });
  }
  return simple(said);
}

function simple(said: Said): string | undefined {
  const name = [...said.keys()].find((key) => Object.hasOwn(SIMPLE, key));
  return name === undefined ? undefined : SIMPLE[name]?.(said.get(name), said);
}

const days = (what: 'heard' | 'written' | 'new') => (value: unknown) =>
  conditionPhrases(what) + conditionPhrases('within', { n: text(value) });

const SIMPLE: Readonly<Record<string, (value: unknown, said: Said) => string | undefined>> = {
  tag: (value) => conditionPhrases('tag', { it: text(value) }),
  branch: (value) => conditionPhrases('branch', { it: text(value) }),
  language: (value) => conditionPhrases('language', { it: clientLanguages.maybe(text(value)) ?? text(value) }),
  channel: (value) => conditionPhrases('channel', { it: contactWords.maybe(text(value)) ?? text(value) }),
  field: (field, said) => fieldPhrase(text(field), said),
  agreesTo: (value, said) => {
    const about = said.has('topic') ? `, ${topicName(text(said.get('topic')))}` : '';
    return conditionPhrases('agreesTo', { it: purposeName(text(value)) + about });
  },
  suppressed: (value) => conditionPhrases('suppressed', { it: scopeName(text(value)) }),
  occasion: (value) => occasionPhrase(partsOf(value)),
  heardWithin: days('heard'),
  writtenWithin: days('written'),
  newWithin: days('new'),
};

function fieldPhrase(field: string, said: Said): string | undefined {
  for (const test of ['is', 'isNot', 'above', 'below', 'contains'] as const)
    if (said.has(test)) return conditionPhrases(test, { field, it: text(said.get(test)) });
  return said.has('known') ? conditionPhrases(said.get('known') === true ? 'known' : 'unknown', { field }) : undefined;
}

function occasionPhrase(said: Said): string {
  const attendance = said.get('attendance');
  const kind = text(said.get('kind'));
  const came = attendance === 'came' || attendance === 'didNotCome' ? attendance : undefined;
  const what =
    kind === 'visit'
      ? conditionPhrases(came === 'came' ? 'visitCame' : came === 'didNotCome' ? 'visitDidNotCome' : 'visit')
      : conditionPhrases('occasion', { it: kind }) + (came === undefined ? '' : conditionPhrases(came));
  return [
    what,
    said.has('status') ? conditionPhrases('status', { it: text(said.get('status')) }) : '',
    said.has('within') ? conditionPhrases('within', { n: text(said.get('within')) }) : '',
    said.has('ahead') ? conditionPhrases('ahead', { n: text(said.get('ahead')) }) : '',
  ].join('');
}
