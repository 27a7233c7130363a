import type { Fields, FieldValue } from './field-value.ts';

/** What every text may name of the site. */
export function siteFields({ name, phone }: { readonly name: string; readonly phone: string | undefined }): Fields {
  return new Map<string, FieldValue>([['site', name], ...(phone === undefined ? [] : [['sitePhone', phone] as const])]);
}
