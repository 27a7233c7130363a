import { CHANNELS, type Contact, type NewContact, type OwnField } from './records/contact.ts';

/** A row of `contacts`. */
export interface ContactRow {
  readonly seq: number;
  readonly externalId: string;
  readonly name: string;
  readonly sortName: string;
  readonly firstName: string | null;
  readonly numbers: string;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly tags: string;
  readonly fields: string;
  readonly preferredChannel: string;
  readonly branch: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly stage: number;
}

export const CONTACT_COLUMNS = `seq, external_id AS externalId, name, sort_name AS sortName, first_name AS firstName, numbers, language,
  time_zone AS timeZone, tags, fields, preferred_channel AS preferredChannel, branch, created_at AS createdAt, updated_at AS updatedAt, stage`;

export function contactOf(row: ContactRow): Contact {
  return {
    externalId: row.externalId,
    name: row.name,
    firstName: row.firstName,
    numbers: texts(row.numbers),
    language: row.language,
    timeZone: row.timeZone,
    tags: texts(row.tags),
    fields: ownFields(row.fields),
    preferredChannel: CHANNELS.find((channel) => channel === row.preferredChannel) ?? 'sms',
    branch: row.branch,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

function texts(json: string): string[] {
  const read: unknown = JSON.parse(json);
  return Array.isArray(read) ? read.filter((one) => typeof one === 'string') : [];
}

/** A JSON object without a prototype, since the names of fields come from outside. */
function ownFields(json: string): Record<string, OwnField> {
  const read: unknown = JSON.parse(json);
  const fields: Record<string, OwnField> = Object.create(null);
  if (typeof read !== 'object' || read === null) return fields;
  for (const [name, value] of Object.entries(read)) if (isOwnField(value)) fields[name] = value;
  return fields;
}

function isOwnField(value: unknown): value is OwnField {
  if (typeof value === 'object' && value !== null) {
    return 'amount' in value && typeof value.amount === 'string' && 'currency' in value && typeof value.currency === 'string';
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** By what a contact is found. */
export type IndexKind = 'number' | 'tag' | 'word' | 'branch';

/** Letters that stand behind others in Ukrainian and Kazakh, and not where their numbers in Unicode are. */
const BEHIND: Readonly<Record<string, string>> = {
  ґ: 'г',
  ғ: 'г',
  є: 'е',
  і: 'и',
  ї: 'і',
  ә: 'а',
  қ: 'к',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'ұ',
  һ: 'х',
};
const LAST = '\u04ff';

const behind = (letter: string): string => (BEHIND[letter] === undefined ? letter : behind(BEHIND[letter]) + LAST);

const lower = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е');

/** What names are sorted by: as an alphabet has them, without regard to case. */
export const sortKey = (name: string): string => lower(name).replace(/[ґғєіїәқңөұүһ]/g, behind);

/** How an id is looked for. */
export const idKey = (externalId: string): string => lower(externalId);

/** The words of a name or of what is looked for. */
export const wordsIn = (text: string): string[] => {
  const written = lower(text).replaceAll('ґ', 'г').replace(/['’ʼ]/g, '');
  return [...new Set(written.match(/[\p{L}\p{N}]+/gu) ?? [])];
};

/** The words by which a contact is looked for: those of the name, those of the id, and the id whole. */
const wordsOf = ({ name, externalId }: Pick<NewContact, 'externalId' | 'name'>): string[] => [
  ...new Set([...wordsIn(name), ...wordsIn(externalId), idKey(externalId)]),
];

/** What a contact is found by, each once. */
export function indexOf(
  contact: Pick<NewContact, 'externalId' | 'name' | 'numbers' | 'tags' | 'branch'>,
): (readonly [IndexKind, string])[] {
  return [
    ...wordsOf(contact).map((word) => ['word', word] as const),
    ...[...new Set(contact.numbers)].map((number) => ['number', number] as const),
    ...[...new Set(contact.tags)].map((tag) => ['tag', tag] as const),
    ...(contact.branch === null ? [] : [['branch', contact.branch] as const]),
  ];
}
