import { withStore } from './with-store.ts';

/**
 * `simpost store check`: brings the store up to date, where no daemon is at work, and reads it whole. Nothing is accepted or sent meanwhile,
 * so that an upgrade can be taken back when this fails.
 * @returns a sentence for the person who asked
 * @throws Fault `storeDamaged`, `storeNewer`, `storeForeign`, `storeInUse` ...
 */
export async function checkStore(options: { config?: string }): Promise<string> {
  await withStore(options.config, (store) => store.examine());
  return 'The store is whole and up to date.\n';
}
