/**
 * Looks over JSON in octets without parsing it: where a value ends and how much structure it has. It is a guard before
 * `JSON.parse`, not a judge: what passes here is still parsed, and refused there when it is not JSON.
 */

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** More commas and brackets than one request of ours ever has. */
export const STRUCTURE_MAX = 200;

export interface Measured {
  /** The offset behind the value. */
  readonly end: number;
  /** Commas and opening brackets in it. */
  readonly structure: number;
}

/** A value within a body, not parsed yet. */
export interface JsonPart {
  readonly start: number;
  readonly end: number;
  /** As in `Measured`. */
  readonly structure: number;
}

/** The offset of the first octet at or after `at` that is not white space (RFC 8259 2). */
export function skipSpace(json: Buffer, at: number): number {
  let i = at;
  for (;;) {
    const octet = json[i];
    if (octet !== 0x20 && octet !== 0x0a && octet !== 0x0d && octet !== 0x09) return i;
    i += 1;
  }
}

/** The offset behind a string that begins (with its quote) at `at`; the length of `json` when it never ends. */
export function skipString(json: Buffer, at: number): number {
  for (let i = at + 1; i < json.length; i += 1) {
    const octet = json[i];
    if (octet === QUOTE) return i + 1;
    if (octet === BACKSLASH) i += 1;
  }
  return json.length;
}

/** Where the value that begins at `at` (or behind white space there) ends, and how much structure is in it. */
export function measureValue(json: Buffer, at: number): Measured {
  let i = skipSpace(json, at);
  let depth = 0;
  let structure = 0;
  while (i < json.length) {
    const octet = json[i];
    if (octet === QUOTE) {
      i = skipString(json, i);
      if (depth === 0) return { end: i, structure };
      continue;
    }
    if (octet === OPEN_ARRAY || octet === OPEN_OBJECT) {
      depth += 1;
      structure += 1;
    } else if (octet === CLOSE_ARRAY || octet === CLOSE_OBJECT) {
      if (depth === 0) return { end: i, structure };
      depth -= 1;
      if (depth === 0) return { end: i + 1, structure };
    } else if (octet === COMMA) {
      if (depth === 0) return { end: i, structure };
      structure += 1;
    } else if (depth === 0 && (octet === 0x20 || octet === 0x0a || octet === 0x0d || octet === 0x09)) {
      return { end: i, structure };
    }
    i += 1;
  }
  return { end: json.length, structure };
}

/**
 * A name that an object has twice, as one that `JSON.parse` gave back cannot tell: there the last one wins. No request of ours
 * has objects in objects, so only the outermost is looked at, and only when the count says that something is amiss.
 * @param part where `value` was parsed from; the structure of a flat object is the number of its fields
 */
export function repeatedName(json: Buffer, part: JsonPart, value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  if (Object.keys(value).length >= part.structure) return undefined;
  const seen = new Set<string>();
  let i = skipSpace(json, skipSpace(json, part.start) + 1);
  while (json[i] === QUOTE) {
    const end = skipString(json, i);
    // Once more through JSON.parse, since `\u0074o` is `to`.
    const name = String(JSON.parse(json.toString('utf8', i, end)));
    if (seen.has(name)) return name;
    seen.add(name);
    const colon = skipSpace(json, end);
    const comma = skipSpace(json, measureValue(json, colon + 1).end);
    i = skipSpace(json, comma + 1);
  }
  return undefined;
}
