import type { Store } from '../store/store.ts';

/** Of a switchboard that a whole firm shares nobody wants to read all. */
const MOST = 3;

/**
 * Who has a number, for people to read: a mother and two children may share one.
 * @param number E.164; anything else belongs to nobody
 * @returns null where no contact has it
 */
export function knownName({ contacts }: Pick<Store, 'contacts'>, number: string): string | null {
  const names = contacts.withNumber(number).map(({ name }) => name);
  return names.length === 0 ? null : names.slice(0, MOST).join(', ');
}
