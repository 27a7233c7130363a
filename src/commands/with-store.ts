import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { systemRandom } from '../base/random.ts';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/options.ts';
import { STORE_FILE } from '../store/database.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';

/** Opens the store of a configuration for a command, beside a daemon or without one, and closes it after. It is made where there is none. */
export async function withStore<T>(configFile: string | undefined, use: (store: Store) => Promise<T>): Promise<T> {
  return await useStore(loadConfig(configFile, process.env), use);
}

/**
 * The same for a command that only asks: to look for a key must not leave a store behind.
 * @throws Fault `requestInvalid` where there is none
 */
export async function withExistingStore<T>(configFile: string | undefined, use: (store: Store) => Promise<T>): Promise<T> {
  const config = loadConfig(configFile, process.env);
  const { path } = config.store;
  if (!existsSync(join(path, STORE_FILE))) {
    const which =
      configFile === undefined ? 'name the configuration of the box with --config FILE' : 'start the daemon, or make a key, first';
    throw new Fault('requestInvalid', `There is no store in ${path}: ${which}.`);
  }
  return await useStore(config, use);
}

async function useStore<T>(config: Config, use: (store: Store) => Promise<T>): Promise<T> {
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
