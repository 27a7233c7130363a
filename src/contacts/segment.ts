import { wrongAt } from '../base/fault.ts';
import { PURPOSES, type Purpose } from '../base/purpose.ts';
import { readScope, type SuppressionScope, TOPIC } from '../base/suppression-scope.ts';
import { LANGUAGES, type Language } from '../policy/language.ts';
import { CHANNELS, type Channel } from '../store/records/contact.ts';
import { isFieldName } from '../templates/parse.ts';

/** Who belongs to a segment. Days are whole ones, back from now or ahead of it. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly tag: string }
  | { readonly branch: string }
  | { readonly language: Language }
  | { readonly channel: Channel }
  | { readonly field: string; readonly test: FieldTest; readonly value: string | number | boolean }
  | { readonly agreesTo: Purpose; readonly topic: string | null }
  | { readonly suppressed: SuppressionScope }
  | { readonly occasion: OccasionTest }
  | { readonly heardWithin: number }
  | { readonly writtenWithin: number }
  | { readonly newWithin: number };

/** `known` asks only whether there is something. */
export const FIELD_TESTS = ['is', 'isNot', 'above', 'below', 'contains', 'known'] as const;
export type FieldTest = (typeof FIELD_TESTS)[number];

export interface OccasionTest {
  readonly kind: string;
  readonly status: string | null;
  readonly attendance: 'came' | 'didNotCome' | null;
  /** Its time lies so many days back at most. */
  readonly within: number | null;
  /** Its time lies so many days ahead at most. */
  readonly ahead: number | null;
}

const DEEPEST = 6;
const MOST = 50;
const MOST_DAYS = 3660;

/**
 * Reads who belongs to a segment.
 * @param written JSON of a caller
 * @throws Fault `requestInvalid` with the place and what may stand there
 */
export function readCondition(written: unknown, pointer = '/condition'): Condition {
  let left = MOST;
  const read = (value: unknown, at: string, depth: number): Condition => {
    left -= 1;
    if (left < 0) throw wrongAt(pointer, `has more than ${MOST} conditions`);
    if (depth > DEEPEST) throw wrongAt(at, `is nested more than ${DEEPEST} deep`);
    const said = objectAt(value, at);
    const [name = '', ...more] = [...said.keys()].filter((key) => !WITH.has(key));
    if (more.length > 0 || name === '') throw wrongAt(at, `must be one of ${NAMES.join(', ')}`);
    const own = said.get(name);
    const place = `${at}/${name.slice(0, 60)}`;
    onlyWith(said, name, at);
    switch (name) {
      case 'all':
      case 'any': {
        if (!Array.isArray(own) || own.length === 0) throw wrongAt(place, 'must be a list of conditions');
        const parts = own.map((part: unknown, i) => read(part, `${place}/${i}`, depth + 1));
        return name === 'all' ? { all: parts } : { any: parts };
      }
      case 'not':
        return { not: read(own, place, depth + 1) };
      case 'tag':
        return { tag: textAt(own, place, 60) };
      case 'branch':
        return { branch: textAt(own, place, 64) };
      case 'language':
        return { language: oneOf(own, LANGUAGES, place) };
      case 'channel':
        return { channel: oneOf(own, CHANNELS, place) };
      case 'field':
        return fieldAt(said, at);
      case 'agreesTo':
        return { agreesTo: oneOf(own, PURPOSES, place), topic: topicAt(said.get('topic'), `${at}/topic`) };
      case 'suppressed': {
        const scope = readScope(textAt(own, place, 60));
        if (!scope) throw wrongAt(place, 'must be all, purpose: and a purpose, or topic: and a word');
        return { suppressed: scope };
      }
      case 'occasion':
        return { occasion: occasionAt(own, place) };
      case 'heardWithin':
        return { heardWithin: daysAt(own, place) };
      case 'writtenWithin':
        return { writtenWithin: daysAt(own, place) };
      case 'newWithin':
        return { newWithin: daysAt(own, place) };
      default:
        throw wrongAt(place, `is not known here; there are ${NAMES.join(', ')}`);
    }
  };
  return read(written, pointer, 1);
}

const NAMES = [
  'all',
  'any',
  'not',
  'tag',
  'branch',
  'language',
  'channel',
  'field',
  'agreesTo',
  'suppressed',
  'occasion',
  'heardWithin',
  'writtenWithin',
  'newWithin',
];

/** What may stand beside a name, and beside which. */
const WITH: ReadonlyMap<string, string> = new Map([['topic', 'agreesTo'], ...FIELD_TESTS.map((test) => [test, 'field'] as const)]);

function onlyWith(said: ReadonlyMap<string, unknown>, name: string, at: string): void {
  for (const key of said.keys()) {
    if (WITH.has(key) && WITH.get(key) !== name) throw wrongAt(`${at}/${key}`, `does not belong beside ${name}`);
  }
}

function fieldAt(said: ReadonlyMap<string, unknown>, at: string): Condition {
  const field = textAt(said.get('field'), `${at}/field`, 60);
  if (!isFieldName(field)) throw wrongAt(`${at}/field`, 'is no name of a field');
  const tests = FIELD_TESTS.filter((test) => said.has(test));
  const [test] = tests;
  if (test === undefined || tests.length > 1) throw wrongAt(at, `needs one of ${FIELD_TESTS.join(', ')} beside field`);
  const value = said.get(test);
  const fits =
    test === 'known'
      ? value === true || value === false
      : typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  if (!fits || (typeof value === 'string' && value.length > 500)) {
    throw wrongAt(`${at}/${test}`, test === 'known' ? 'must be true or false' : 'must be a text, a number, true or false');
  }
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') throw wrongAt(at, 'is no value');
  return { field, test, value };
}

function occasionAt(value: unknown, at: string): OccasionTest {
  const said = objectAt(value, at);
  for (const key of said.keys()) {
    if (!['kind', 'status', 'attendance', 'within', 'ahead'].includes(key)) {
      throw wrongAt(`${at}/${key.slice(0, 60)}`, 'is not known here; there are kind, status, attendance, within, ahead');
    }
  }
  const optional = <T>(key: string, read: (value: unknown, at: string) => T): T | null =>
    said.has(key) ? read(said.get(key), `${at}/${key}`) : null;
  return {
    kind: textAt(said.get('kind'), `${at}/kind`, 40),
    status: optional('status', (one, place) => textAt(one, place, 40)),
    attendance: optional('attendance', (one, place) => oneOf(one, ['came', 'didNotCome'] as const, place)),
    within: optional('within', daysAt),
    ahead: optional('ahead', daysAt),
  };
}

function objectAt(value: unknown, at: string): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongAt(at, 'must be a JSON object');
  return new Map(Object.entries(value));
}

function textAt(value: unknown, at: string, most: number): string {
  if (typeof value === 'string' && value !== '' && value.length <= most) return value;
  throw wrongAt(at, `must be a text of 1 to ${most} characters`, value === '' ? 'empty' : 'tooLong', most);
}

function topicAt(value: unknown, at: string): string | null {
  if (value === undefined) return null;
  if (typeof value === 'string' && TOPIC.test(value)) return value;
  throw wrongAt(at, 'must be one word');
}

function daysAt(value: unknown, at: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_DAYS) return value;
  const isMany = typeof value === 'number' && value > MOST_DAYS;
  throw wrongAt(at, `must be a whole number of days, 1 to ${MOST_DAYS}`, isMany ? 'tooLarge' : 'tooSmall', isMany ? MOST_DAYS : 1);
}

function oneOf<const T extends string>(value: unknown, known: readonly T[], at: string): T {
  const found = known.find((one) => one === value);
  if (found !== undefined) return found;
  throw wrongAt(at, `must be one of ${known.join(', ')}`);
}
