import { contactFields, placeFields } from '../contacts/fields.ts';
import type { Occasion } from '../store/records/occasion.ts';
import type { Store } from '../store/store.ts';
import type { Fields } from '../templates/field-value.ts';

/** What contacts and resources say of an occasion; where the two rooms are joined. */

export function contactFieldsOf({ contacts }: Store, externalId: string): Fields {
  const contact = contacts.of(externalId);
  return contact ? contactFields(contact) : new Map();
}

export function resourceFieldsOf({ resources }: Store, externalId: string): Fields {
  const resource = resources.of(externalId);
  const branch = resource?.branch ? resources.of(resource.branch) : undefined;
  return placeFields(resource, branch);
}

/** Whether the contact has said that a person should call instead. */
export function wantsCall({ contacts }: Store, { contact }: Occasion): boolean {
  const known = contact === null ? undefined : contacts.of(contact);
  return known !== undefined && known.preferredChannel !== 'sms';
}
