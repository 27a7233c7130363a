import type { Fields } from './field-value.ts';
import { type Locale, writeField } from './locale.ts';
import { parseTemplate } from './parse.ts';

export interface Rendered {
  readonly text: string;
  /** Fields that are not known and have nothing instead, each once: whoever sends it decides what to do. */
  readonly missing: readonly string[];
}

/**
 * Fills a template in. What a field holds goes into the text as it is and is never read as a template itself (X04). A field that
 * holds nothing is one that is not known.
 * @param shorten the address that stands for a longer one; the same unless given
 * @throws Fault `templateInvalid`
 */
export function render(template: string, fields: Fields, locale: Locale, shorten: (url: string) => string = (url) => url): Rendered {
  const missing = new Set<string>();
  const text = parseTemplate(template).map((piece) => {
    if (piece.kind === 'words') return piece.words;
    if (piece.kind === 'link') return shorten(piece.url);
    const value = fields.get(piece.name);
    const written = value === undefined ? '' : writeField(value, locale);
    if (written !== '') return written;
    if (piece.fallback === null) missing.add(piece.name);
    return piece.fallback ?? '';
  });
  return { text: text.join(''), missing: [...missing] };
}
