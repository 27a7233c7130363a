import type { Fields, FieldValue } from './field-value.ts';

/** What every text may name of the site; `{optOutLink}` stays as it is for the door, which knows whose page it is. */
export function siteFields({ name, phone }: { readonly name: string; readonly phone: string | undefined }): Fields {
  return new Map<string, FieldValue>([
    ['site', name],
    ...(phone === undefined ? [] : [['sitePhone', phone] as const]),
    ['optOutLink', '{optOutLink}'],
  ]);
}
