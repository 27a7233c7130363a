import { systemClock } from '../base/clock.ts';
import { systemRandom } from '../base/random.ts';
import { loadConfig } from '../config/load.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';

/** Opens the store of a configuration for a command, beside a daemon or without one, and closes it after. */
export async function withStore<T>(configFile: string | undefined, use: (store: Store) => Promise<T>): Promise<T> {
  const config = loadConfig(configFile, process.env);
  const store = await openSqliteStore({
    path: config.store.path,
    clock: systemClock,
    random: systemRandom,
    daemon: false,
    onFatal(error) {
      throw error;
    },
  });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
