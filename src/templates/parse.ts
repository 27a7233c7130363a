import { Fault, type FaultPlace } from '../base/fault.ts';
import { remember } from '../base/remember.ts';

/** A piece of a template: words as they are, a field with what stands for it where it is not known, or an address to shorten. */
export type Piece =
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'field'; readonly name: string; readonly fallback: string | null }
  | { readonly kind: 'link'; readonly url: string };

/** Characters of the longest template: more than ten segments of either alphabet. */
const LONGEST_TEMPLATE = 2000;

/** Letters of any script, digits and `_`, in parts with points between: `firstName`, `resource.name`, `прізвище`. */
const NAME = /^\p{L}[\p{L}\p{N}_]*(?:\.\p{L}[\p{L}\p{N}_]*)*$/u;
const LONGEST_NAME = 60;

const LINK = 'link:';

/** Whether a word can stand for a field in a template. */
export const isFieldName = (name: string): boolean => name.length <= LONGEST_NAME && NAME.test(name);

/**
 * Takes a template apart: `{field}`, `{field|fallback}` and `{link:https://…}`, and nothing else. There are no expressions, so
 * that no text can ever be executed (X04). Takes time in proportion to the length.
 * @throws Fault `templateInvalid` with the position, in characters from 1
 */
export const parseTemplate = remember(500, (text: string) => text, parse);

function parse(text: string): readonly Piece[] {
  if (text.length > LONGEST_TEMPLATE)
    throw invalid(`has ${text.length} characters, and may have ${LONGEST_TEMPLATE}`, 'tooLong', LONGEST_TEMPLATE);
  const pieces: Piece[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{', at);
    const words = text.slice(at, open === -1 ? text.length : open);
    const stray = words.indexOf('}');
    if (stray !== -1) throw invalid(`has a } at position ${at + stray + 1} that no { begins; take it out`, 'field');
    if (words !== '') pieces.push({ kind: 'words', words });
    if (open === -1) break;
    const close = text.indexOf('}', open);
    if (close === -1) throw invalid(`has a { at position ${open + 1} that no } ends; write a field as {name} or {name|instead}`, 'field');
    pieces.push(placeholder(text.slice(open + 1, close), open));
    at = close + 1;
  }
  return pieces;
}

function placeholder(inner: string, open: number): Piece {
  if (inner.startsWith(LINK)) {
    const url = inner.slice(LINK.length).trim();
    if (!isWebAddress(url))
      throw invalid(`has a link at position ${open + 1} that is no address; write {link:https://example.com/page}`, 'link');
    return { kind: 'link', url };
  }
  const bar = inner.indexOf('|');
  const name = (bar === -1 ? inner : inner.slice(0, bar)).trim();
  const fallback = bar === -1 ? null : inner.slice(bar + 1);
  if (!isFieldName(name) || fallback?.includes('{') || fallback?.includes('|')) {
    throw invalid(
      `has something at position ${open + 1} that is no field; write {name} or {name|instead}, the name in letters and digits`,
      'field',
    );
  }
  return { kind: 'field', name, fallback };
}

/** An address that a phone opens in a browser, and nothing else. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^\s{}|]+$/i.test(url) && URL.canParse(url);
}

function invalid(why: string, reason: FaultPlace['reason'], limit?: number): Fault {
  return new Fault('templateInvalid', `The template ${why}.`, [{ pointer: '/text', detail: why, reason, limit }]);
}

/** The fields that a template names, each once, in order. @throws Fault `templateInvalid` */
export function fieldsOf(text: string): string[] {
  return [...new Set(parseTemplate(text).flatMap((piece) => (piece.kind === 'field' ? [piece.name] : [])))];
}
