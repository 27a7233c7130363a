import { createHash } from 'node:crypto';
import { rfc3339, systemClock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { newId } from '../base/ids.ts';
import { systemRandom } from '../base/random.ts';
import { loadConfig } from '../config/load.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';

/** What an API key may do: `send` writes, `read` reads. */
const SCOPES = ['send', 'read'];

/** Shown in lists, so that a person recognises the key: `sp_` and the first characters. */
const PREFIX_LENGTH = 9;

/**
 * Makes an API key of 256 random bits and stores its SHA-256; the key itself exists only in the answer.
 * @returns the key, `sp_` and 43 characters of base64url
 * @throws Fault `requestInvalid` for an unknown scope or an empty name
 */
export async function createKey(options: { name: string; scopes: string; config?: string }): Promise<string> {
  const scopes = [...new Set(options.scopes.split(',').map((s) => s.trim()))];
  const unknown = scopes.filter((s) => !SCOPES.includes(s));
  if (unknown.length > 0)
    throw new Fault('requestInvalid', `There is no scope "${unknown.join('", "')}"; there are ${SCOPES.join(' and ')}.`);
  const name = options.name.trim();
  if (name === '') throw new Fault('requestInvalid', 'The key needs a name, such as that of the program that will use it.');
  return await withStore(options.config, (store) => addKey(store, name, scopes));
}

/** Makes a key in an open store. */
export async function addKey(store: Store, name: string, scopes: readonly string[]): Promise<string> {
  const key = `sp_${systemRandom.bytes(32).toString('base64url')}`;
  await store.createKey({
    id: newId('key', systemRandom),
    name,
    prefix: key.slice(0, PREFIX_LENGTH),
    hash: createHash('sha256').update(key).digest('hex'),
    scopes,
    createdAt: systemClock.now(),
  });
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
