import { openSqliteStore, type SqliteStoreOptions } from '../../src/store/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';

/** The store of a daemon, on a disk that may not fail. */
export function openStore(options: Omit<SqliteStoreOptions, 'daemon' | 'onFatal'>): Promise<Store> {
  return openSqliteStore({
    ...options,
    daemon: true,
    onFatal(error) {
      throw error;
    },
  });
}
