import { isTable, type Path, type Table } from './option.ts';

/** The values of one table, as they were read and not yet checked. */
export type Values = Record<string, unknown>;

export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The dates and times of TOML, which no option takes: a symbol fits no type of the schema, where an object would pass for a table. */
const DATE = Symbol('a date');

/** What the parser read, without its date objects. */
export function withoutDates(value: Values): Values {
  const replaced = (inner: unknown): unknown => {
    if (inner instanceof Date) return DATE;
    if (Array.isArray(inner)) return inner.map(replaced);
    return isValues(inner) ? withoutDates(inner) : inner;
  };
  // Without a prototype, as the parser makes them: a key named __proto__ is then a key like others.
  const plain: Values = Object.create(null);
  for (const [key, inner] of Object.entries(value)) plain[key] = replaced(inner);
  return plain;
}

/** The value at a path; undefined where the path leads nowhere. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const part of path) {
    if (typeof part === 'number') value = Array.isArray(value) ? value[part] : undefined;
    else value = isValues(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return value;
}

/**
 * Calls `visit` for every table that is written, each item of an array by itself, outer ones first. What is not a table
 * though it should be is stepped over: the schema reports it.
 */
export function eachTable(value: unknown, table: Table, visit: (values: Values, table: Table, path: Path) => void, path: Path = []): void {
  if (!isValues(value)) return;
  visit(value, table, path);
  for (const [key, node] of Object.entries(table.options)) {
    if (!isTable(node) || !Object.hasOwn(value, key)) continue;
    const inner = value[key];
    if (!node.list) eachTable(inner, node, visit, [...path, key]);
    else if (Array.isArray(inner)) for (const [i, item] of inner.entries()) eachTable(item, node, visit, [...path, key, i]);
  }
}

/** A value as a sentence can show it, short and on one line. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isValues(value)) return 'a table';
  if (typeof value === 'symbol') return value.description ?? '';
  if (typeof value !== 'string') return String(value);
  return JSON.stringify([...value].length > 60 ? `${[...value].slice(0, 60).join('')}…` : value);
}
