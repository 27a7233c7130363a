import type { Contact, Resource } from '../store/records/contact.ts';
import { type Fields, type FieldValue, readField } from '../templates/field-value.ts';

/** What a text may name of a contact: `name`, `firstName`, and the site's own fields by their names. */
export function contactFields({ name, firstName, fields }: Pick<Contact, 'name' | 'firstName' | 'fields'>): Fields {
  const all = new Map<string, FieldValue>();
  // What a field means of itself wins over a field of the site's own that has the same name.
  for (const [own, value] of Object.entries(fields)) if (typeof value !== 'boolean') all.set(own, readField(value));
  all.set('name', name);
  if (firstName !== null) all.set('firstName', firstName);
  return all;
}

/**
 * What a text may name of a resource, after a word and a point: `resource.name`, `branch.address`. The name stays out of texts where
 * it is to be hidden.
 */
function resourceFields(word: 'resource' | 'branch', { name, address, phone, openingHours, hideName }: Resource): Fields {
  const named = { name: hideName ? null : name, address, phone, openingHours };
  const all = new Map<string, FieldValue>();
  for (const [field, value] of Object.entries(named)) if (value !== null) all.set(`${word}.${field}`, value);
  return all;
}

/**
 * What a text may name besides of whom and where: `address`, `phone` and `openingHours` of the nearest that has one, the resource
 * before the branch, and `resource` for its name.
 */
export function placeFields(resource: Resource | undefined, branch: Resource | undefined): Fields {
  const all = new Map<string, FieldValue>();
  for (const [field, value] of [
    ['address', resource?.address ?? branch?.address],
    ['phone', resource?.phone ?? branch?.phone],
    ['openingHours', resource?.openingHours ?? branch?.openingHours],
    ['resource', resource?.hideName ? undefined : resource?.name],
  ] as const) {
    if (value !== undefined && value !== null) all.set(field, value);
  }
  for (const fields of [branch && resourceFields('branch', branch), resource && resourceFields('resource', resource)]) {
    for (const [name, value] of fields ?? []) all.set(name, value);
  }
  return all;
}
