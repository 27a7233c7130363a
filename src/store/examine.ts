import { AsideError, runAside } from './aside.ts';
import { isDamage, storeDamaged } from './sqlite-errors.ts';

/**
 * Reads every page of the store that is open, in a thread: damage is found at the start and not by the message that meets it.
 * What is found is said and nothing is done about it, since a store that is damaged in one place still sends (S05).
 * @throws Fault `storeDamaged`
 */
export async function examine(file: string): Promise<void> {
  try {
    const [found] = await runAside(file, [{ sql: 'PRAGMA quick_check(3)' }], { readonly: true });
    const words = found?.map((row) => String(row[0])).join('; ');
    if (words !== 'ok') throw storeDamaged(`The store ${file}`, new Error(words));
  } catch (error) {
    throw error instanceof AsideError && isDamage(error.code) ? storeDamaged(`The store ${file}`, error) : error;
  }
}
