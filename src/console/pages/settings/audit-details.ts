import type { AuditEntry } from '../../../http/schemas/audit.ts';
import type { Words } from '../../i18n/catalogue.ts';
import { when } from '../../i18n/format.ts';
import { purposeName, scopeName } from '../../words/consent.ts';
import { clientLanguages } from '../../words/languages.ts';
import { kindWords as resourceKind } from '../contacts/resource-words.ts';
import { kindName } from '../dialogues/words.ts';
import { templateName } from '../templates/names.ts';
import { detailPhrases as say, settingNames } from './audit-detail-words.ts';
import { eventWords } from './event-words.ts';
import { keyWords, peopleWords } from './words.ts';

type Value = AuditEntry['detail'][string];

/** Each of several words in the words of a catalogue, the rest as they stand. */
const each = (value: Value, { maybe }: Pick<Words<string>, 'maybe'>, between = /[ ,]+/): string =>
  String(value)
    .split(between)
    .map((one) => maybe(one) ?? one)
    .join(', ');

/** A word of ours, or as it stands. */
const word = (value: Value): string => say.maybe(String(value)) ?? String(value);

const as = (phrase: Parameters<typeof say>[0]) => (value: Value) => say(phrase, { it: String(value) });
const time = (phrase: 'at' | 'until' | 'since') => (value: Value) => say(phrase, { it: when(String(value)) });
const itself = (value: Value): string => String(value);

/** What each field of a detail means; undefined says nothing. */
const FIELDS: Readonly<Record<string, (value: Value, entry: AuditEntry) => string | undefined>> = {
  name: itself,
  host: itself,
  thing: itself,
  password: () => say('password'),
  role: (value) => say('role', { it: peopleWords.maybe(String(value)) ?? String(value) }),
  scopes: (value) => say('may', { it: each(value, keyWords) }),
  named: (value) => each(value, settingNames),
  state: word,
  as: word,
  action: word,
  when: word,
  purpose: (value) => purposeName(String(value)),
  reason: as('reason'),
  trusted: (value) => say(value === true ? 'trusted' : 'untrusted'),
  seconds: as('seconds'),
  begins: (value) => say(value === true ? 'begins' : 'goesOn'),
  switchOff: (value) => (value === true ? say('switchOff') : undefined),
  at: time('at'),
  until: time('until'),
  failedSince: time('since'),
  successor: as('successor'),
  segments: as('segments'),
  to: (value, { action }) => (action === 'dialogue.steer' ? word(value) : say('to', { it: String(value) })),
  scope: (value) => scopeName(String(value)),
  languages: (value) => say('languages', { it: each(value, clientLanguages) }),
  kind: (value, { action }) => kindWords(action, String(value)),
  recipients: as('recipients'),
  count: as('clients'),
  resource: as('about'),
  events: (value) => each(value, eventWords),
  address: as('address'),
  consent: () => say('consent'),
  optOut: (value) => (value === true ? say('optOut') : undefined),
  things: as('things'),
  steps: as('steps'),
  deliveries: as('deliveries'),
};

function kindWords(action: AuditEntry['action'], kind: string): string {
  if (action.startsWith('poster.')) return say(kind === 'consent' ? 'consentPoster' : 'optOutPoster');
  return resourceKind(kind);
}

/** What else was asked, each in a few words; a field that nobody knows here stands as it is. */
export function detailWords(entry: AuditEntry): string[] {
  return Object.entries(entry.detail).flatMap(([name, value]) => {
    if (value === null) return [];
    if (entry.action === 'message.accept') return [`${purposeName(name)}: ${String(value)}`];
    const known = FIELDS[name];
    return known ? (known(value, entry) ?? []) : [`${name}: ${String(value)}`];
  });
}

/** @param names of people, keys, campaigns and SIMs, by their ids */
export function targetWords({ action, target, actor, detail }: AuditEntry, names: ReadonlyMap<string, string>): string | undefined {
  if (target === null || target === actor || action.startsWith('occasion.')) return undefined;
  if (action.startsWith('template.')) return templateName(target);
  if (action.startsWith('dialogue.') && action !== 'dialogue.steer') return kindName(target);
  // An id says less than the name beside it.
  if (detail.name !== undefined || detail.host !== undefined) return undefined;
  return names.get(target) ?? target;
}
