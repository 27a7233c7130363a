import { rfc3339, systemClock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { systemRandom } from '../base/random.ts';
import { loadConfig } from '../config/load.ts';
import { makeKey, SCOPES } from '../http/auth.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';

/**
 * Makes an API key of 256 random bits and stores its SHA-256; the key itself exists only in the answer.
 * @returns the key
 * @throws Fault `requestInvalid` for an unknown scope, a name that cannot be or a weight out of range
 */
export async function createKey(options: { name: string; scopes: string; weight?: string; config?: string }): Promise<string> {
  const asked = options.scopes.split(',').map((s) => s.trim());
  const scopes = SCOPES.filter((scope) => asked.includes(scope));
  const unknown = asked.filter((s) => !scopes.some((scope) => scope === s));
  if (unknown.length > 0) throw new Fault('requestInvalid', `There is no scope "${unknown.join('", "')}"; there are ${SCOPES.join(', ')}.`);
  const weight = Number(options.weight ?? 1);
  if (!Number.isInteger(weight) || weight < 1 || weight > 100)
    throw new Fault('requestInvalid', `The weight "${options.weight}" must be a whole number from 1 to 100.`);
  const { key, record } = makeKey(options.name.trim(), scopes, systemClock, systemRandom, weight);
  await withStore(options.config, (store) => store.createKey(record));
  return key;
}

/** The keys as a table, one a line. */
export async function listKeys(options: { config?: string }): Promise<string> {
  const keys = await withStore(options.config, (store) => store.keys());
  const lines = keys.map((k) => `${k.prefix}…  ${rfc3339(k.createdAt)}  ${k.scopes.join(',').padEnd(10)}  ${k.name}\n`);
  return lines.length > 0 ? lines.join('') : 'There is no API key yet; make one with: simpost keys create --name NAME\n';
}

async function withStore<T>(configFile: string | undefined, use: (store: Store) => Promise<T>): Promise<T> {
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
