import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { PlaceReason } from '../base/fault.ts';
import { OWN_SCHEMA } from '../base/own-schema.ts';
import { familiar } from './familiar.ts';
import { FORMATS, LONGEST_REPLY } from './formats.ts';
import type { Mistake } from './mistakes.ts';
import { didYouMean, nearest } from './nearest.ts';
import { type FormatName, isSecret, isTable, leaves, nodeAt, type Option, type Path, pathText, type Table } from './option.ts';
import { type Config, OPTIONS } from './options.ts';
import { configSchema } from './schema.ts';
import { show } from './values.ts';

let compiled: ValidateFunction<Config> | undefined;

/**
 * Holds values against the schema and puts the defaults in.
 * @returns whether they are a configuration; `mistakes` gains a sentence for each thing that is wrong
 */
export function fitsSchema(values: object, mistakes: Mistake[]): values is Config {
  compiled ??= compile();
  if (compiled(values)) return true;
  // A wrong type can make further checks of the same value fail: those say nothing new.
  const errors = (compiled.errors ?? []).toSorted((a, b) => Number(b.keyword === 'type') - Number(a.keyword === 'type'));
  mistakes.push(...errors.map(mistakeOf));
  return false;
}

function compile(): ValidateFunction<Config> {
  const ajv = new Ajv({ ...OWN_SCHEMA, allErrors: true, useDefaults: true, verbose: true });
  ajv.addVocabulary(['x-unit', 'x-since', 'x-secret']);
  for (const [name, problem] of Object.entries(FORMATS)) ajv.addFormat(name, (text: string) => problem(text) === undefined);
  return ajv.compile<Config>(configSchema('effective'));
}

function mistakeOf(error: ErrorObject): Mistake {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
  if (error.keyword === 'additionalProperties') return unknownKey(path, String(error.params.additionalProperty));
  if (error.keyword === 'required') return missing(path, String(error.params.missingProperty));
  const node = nodeAt(OPTIONS, path);
  if (!node) return { path, sentence: 'is not understood' };
  if (isTable(node)) return { path, sentence: tableComplaint(node, path, error.data) };
  return {
    path,
    sentence: `${isSecret(node) ? 'the value' : withoutPassword(show(error.data))} ${complaint(error, node)}`,
    ...reasonOf(error),
  };
}

/** `http://user:password@host` may stand where an address is asked for. */
function withoutPassword(text: string): string {
  return text.replace(/\/\/[^/]*@/, '//(secret)@');
}

function unknownKey(path: Path, key: string): Mistake {
  const full = [...path, key];
  return { path: full, sentence: `is no option${elsewhere(path, key) || ': take it away'}` };
}

/** What another program calls it, a key with a typing error, or a right one in the wrong table. */
function elsewhere(path: Path, key: string): string {
  const node = nodeAt(OPTIONS, path);
  const here =
    node && isTable(node) ? Object.entries(node.options).flatMap(([name, o]) => (isSecret(o) ? [name, `${name}File`] : [name])) : [];
  const known = familiar([...path, key]);
  if (known) return known;
  const near = nearest(key, here);
  const meant = near !== undefined && node && isTable(node) ? node.options[near] : undefined;
  if (meant && isTable(meant)) return `; did you mean ${meant.list ? `[[${near}]]` : `[${near}]`}?`;
  if (near !== undefined) return `; did you mean "${near}"?`;
  const home = leaves(OPTIONS).find((leaf) => leaf.path.at(-1) === key);
  if (!home) return '';
  const table = home.path.slice(0, -1).join('.');
  return `; it belongs into ${home.inList ? `[[${table}]]` : `[${table}]`}`;
}

function missing(path: Path, key: string): Mistake {
  const full = [...path, key];
  const node = nodeAt(OPTIONS, full);
  const table = pathText(path.filter((part) => typeof part === 'string'));
  const need = node && isSecret(node) ? `${key}File, a file that holds it, or ${key}` : key;
  return { path: full, sentence: `is missing: every [[${table}]] needs ${need}` };
}

/** What the console says of a place in a language of its own; of what it cannot change there is no need. */
const REASONS: Readonly<Partial<Record<FormatName, PlaceReason>>> = {
  name: 'name',
  phone: 'number',
  fullNumber: 'number',
  money: 'amount',
  country: 'country',
  timeZone: 'timeZone',
  date: 'day',
  phrase: 'phrase',
};

function reasonOf({ keyword, params, data }: ErrorObject): Pick<Mistake, 'reason' | 'limit'> {
  const limit = Number(params.limit);
  if (keyword === 'minimum') return { reason: 'tooSmall', limit };
  if (keyword === 'maximum') return { reason: 'tooLarge', limit };
  if (keyword === 'enum') return { reason: 'oneOf' };
  if (keyword !== 'format') return {};
  const name = String(params.format);
  if (name === 'replyText') return data === '' ? { reason: 'empty' } : { reason: 'tooLong', limit: LONGEST_REPLY };
  const reason = isFormat(name) ? REASONS[name] : undefined;
  return reason === undefined ? {} : { reason };
}

/** The end of the sentence that begins with the value. */
function complaint(error: ErrorObject, node: Option): string {
  switch (error.keyword) {
    case 'type':
      return typeComplaint(node);
    case 'enum': {
      const values = node.type === 'string' ? (node.values ?? []) : [];
      return `must be ${oneOf(values)}${typeof error.data === 'string' ? didYouMean(error.data, values) : ''}`;
    }
    case 'minimum':
    case 'maximum':
      return node.type === 'integer' ? `must be ${node.minimum} to ${node.maximum}${node.unit ? ` ${node.unit}` : ''}` : 'is out of range';
    case 'format': {
      const name = String(error.params.format);
      return (isFormat(name) && typeof error.data === 'string' ? FORMATS[name](error.data) : undefined) ?? 'is not understood';
    }
    default:
      return 'is not understood';
  }
}

function tableComplaint(node: Table, path: Path, data: unknown): string {
  const name = pathText(path.filter((part) => typeof part === 'string'));
  const lists = Object.entries(OPTIONS.options).flatMap(([key, table]) => ('list' in table ? [key] : []));
  const meant = Array.isArray(data) ? nearest(name, lists) : undefined;
  if (meant !== undefined) return `is one table for all; did you mean [[${meant}]]?`;
  return node.list
    ? `must be an array of tables: write [[${name}]], in two brackets, once for each`
    : `must be a table: write [${name}], in one bracket, once`;
}

function typeComplaint(option: Option): string {
  switch (option.type) {
    case 'integer':
      return `must be a whole number without quotes, such as ${option.example}`;
    case 'boolean':
      return 'must be true or false, without quotes';
    case 'texts':
      return `must be a list of texts, such as ${JSON.stringify(option.example)}`;
    case 'string':
      return `must be a text in quotes${option.secret ? '' : `, such as ${JSON.stringify(option.example)}`}`;
  }
}

function oneOf(values: readonly string[]): string {
  const quoted = values.map((value) => JSON.stringify(value));
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}

function isFormat(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}
