import type { Contact } from '../../../http/schemas/contact.ts';
import { money } from '../../i18n/format.ts';
import { words } from './words.ts';

export type OwnField = Contact['fields'][string];

/** What the desk notes of a client is a field like any other, so that an export or an erasure of the person takes it along. */
export const NOTE = 'note';

/** A field of the site's own as people read it. */
export function writeField(value: OwnField): string {
  if (typeof value === 'boolean') return words(value ? 'yes' : 'no');
  return typeof value === 'object' ? money(value) : String(value);
}

/** The same as it stands in a field of a form. */
export const editedField = (value: OwnField): string => (typeof value === 'object' ? `${value.amount} ${value.currency}` : String(value));

/** What was written in a form, of the kind that it was before or else looks like: `true`, `12`, `450.00 UAH`, or a text. */
export function readField(written: string, before: OwnField | undefined): OwnField {
  if (before !== undefined && editedField(before) === written) return before;
  const text = written.trim();
  if (typeof before === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if (typeof before === 'number' && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  const [, amount, currency] = /^(-?\d{1,12}(?:\.\d{1,6})?) ([A-Z]{3})$/.exec(text) ?? [];
  return amount !== undefined && currency !== undefined ? { amount, currency } : text;
}
