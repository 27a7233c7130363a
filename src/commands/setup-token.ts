import { networkInterfaces } from 'node:os';
import { systemClock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { makeFolder } from '../base/folders.ts';
import { systemRandom } from '../base/random.ts';
import { parseListen } from '../config/listen.ts';
import { loadConfig } from '../config/load.ts';
import { makeSetupGrant } from '../daemon/setup-grant.ts';
import { hostNames } from './host-names.ts';
import { withStore } from './with-store.ts';

/**
 * `simpost setup-token`: lets a new box be set up from its network, at its next start and for an hour, by whoever has the token that this prints.
 * @throws Fault `tooLate` when the box has an owner or a key
 */
export async function setupToken(options: { config?: string }): Promise<string> {
  const { store, http } = loadConfig(options.config, process.env);
  makeFolder(store.path);
  if (await withStore(options.config, (opened) => Promise.resolve(opened.accessible()))) {
    throw new Fault('tooLate', 'This box has an owner or an API key already; whoever may do everything adds users.');
  }
  const names = [...hostNames(), 'localhost', ...addresses()];
  const { word, fingerprint } = makeSetupGrant(store.path, names, systemClock.now(), systemRandom);
  const port = parseListen(http.setupListen)?.port;
  return [
    'Set up Simpost from a computer in the same network, within an hour of its start:',
    ...[...hostNames().filter((name) => name.endsWith('.local')), ...addresses()].map(
      (host) => `  https://${host.includes(':') ? `[${host}]` : host}:${port}/#/?token=${word}`,
    ),
    'Token:',
    `  ${word}`,
    'The browser warns, since no authority knows this box. Its certificate has the SHA-256 fingerprint',
    `  ${fingerprint}`,
    '',
  ].join('\n');
}

const addresses = (): string[] =>
  Object.values(networkInterfaces())
    .flat()
    .flatMap((one) => (one && !one.internal && !one.address.startsWith('fe80:') ? [one.address] : []));
