import { Fault, wrongAt } from '../base/fault.ts';
import { notJson, standsTwice } from './json-body.ts';
import { type JsonPart, measureValue, skipSpace, skipString } from './json-scan.ts';

const FIELD = 'messages';
const LONGEST_NAME = 1000;
const EXPECTED = 'send {"messages": [...]}';

/**
 * Splits `{"messages": [...]}` into its entries without parsing them, so that a batch of 8 MB can be parsed, checked and
 * planned entry by entry, with the event loop free in between.
 * @throws Fault `bodyInvalid` when it is not JSON as far as the frame goes, `requestInvalid` when it is something else
 */
export function splitBatch(body: Buffer, mostItems: number): JsonPart[] {
  let items: JsonPart[] | undefined;
  let at = skipSpace(body, 0);
  if (char(body, at) !== '{') {
    throw looksLikeJson(body, at) ? new Fault('requestInvalid', `The body must be a JSON object; ${EXPECTED}.`) : notJson();
  }
  at = skipSpace(body, at + 1);
  while (char(body, at) !== '}') {
    if (char(body, at) !== '"') throw notJson();
    const keyEnd = skipString(body, at);
    const key = nameIn(body, at, keyEnd);
    at = skipSpace(body, keyEnd);
    if (char(body, at) !== ':') throw notJson();
    at = skipSpace(body, at + 1);
    if (key !== FIELD) throw wrongAt(`/${key.slice(0, 100)}`, `is not known here; known is ${FIELD}`);
    if (items) throw standsTwice(`/${FIELD}`);
    if (char(body, at) !== '[') throw looksLikeJson(body, at) ? wrongAt(`/${FIELD}`, 'must be a list') : notJson();
    const list = splitList(body, at, mostItems);
    items = list.items;
    at = skipSpace(body, list.end);
    if (char(body, at) === ',') {
      at = skipSpace(body, at + 1);
      if (char(body, at) === '}') throw notJson();
    } else if (char(body, at) !== '}') throw notJson();
  }
  if (skipSpace(body, at + 1) !== body.length) throw notJson();
  if (!items) throw wrongAt(`/${FIELD}`, 'is missing');
  if (items.length === 0) throw wrongAt(`/${FIELD}`, 'is empty');
  return items;
}

function splitList(body: Buffer, open: number, mostItems: number): { items: JsonPart[]; end: number } {
  const items: JsonPart[] = [];
  let at = skipSpace(body, open + 1);
  if (char(body, at) === ']') return { items, end: at + 1 };
  for (;;) {
    if (items.length === mostItems) throw wrongAt(`/${FIELD}`, `may have at most ${mostItems} entries; send the rest in another batch`);
    const { end, structure } = measureValue(body, at);
    if (end === at) throw notJson();
    items.push({ start: at, end, structure });
    at = skipSpace(body, end);
    const separator = char(body, at);
    if (separator === ']') return { items, end: at + 1 };
    if (separator !== ',') throw notJson();
    at = skipSpace(body, at + 1);
  }
}

const char = (body: Buffer, at: number): string => String.fromCharCode(body[at] ?? 0);

function nameIn(body: Buffer, start: number, end: number): string {
  if (end - start > LONGEST_NAME) return 'a field with a very long name';
  try {
    const name: unknown = JSON.parse(body.toString('utf8', start, end));
    return String(name);
  } catch {
    throw notJson();
  }
}

const looksLikeJson = (body: Buffer, at: number): boolean => '{["-0123456789tfn'.includes(char(body, at)) && at < body.length;
