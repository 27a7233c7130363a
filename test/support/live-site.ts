import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { type Log, silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { createKey } from '../../src/commands/keys.ts';
import { loadConfig } from '../../src/config/load.ts';
import { runDaemon } from '../../src/daemon/run-daemon.ts';
import { VirtualNetwork } from '../../src/simulator/network.ts';
import type { NewModem } from '../../src/simulator/network-options.ts';
import { PhoneScreens } from '../../src/simulator/phone-screens.ts';
import { NO_CAPS } from './config-text.ts';
import { until } from './until.ts';
import { virtualWorld } from './virtual-world.ts';

/** A whole daemon in this process, ready on one quick virtual modem, with a configuration and a key file as a user has them. */
export interface LiveSite {
  readonly url: string;
  readonly folder: string;
  readonly config: string;
  readonly keyFile: string;
  /** What is in it. */
  readonly key: string;
  readonly network: VirtualNetwork;
  /** Ends the daemon, and leaves its files. */
  end(): Promise<void>;
  /** Starts it once more after its end, at another address. */
  again(): Promise<void>;
  /** Ends it, and takes its files away. */
  stop(): Promise<void>;
}

/**
 * @param more what the configuration says besides
 * @param scopes of the key
 */
export async function liveSite({
  more = '',
  scopes = 'send,read:all',
  log = silentLog,
  name = 'Simpost',
  manners = NO_CAPS,
  clock = systemClock,
  modems = [{ name: 'left' }],
}: {
  more?: string;
  scopes?: string;
  log?: Log;
  /** Of the business. */
  name?: string;
  /** What the configuration says of caps and policy. */
  manners?: string;
  clock?: Clock;
  modems?: readonly (NewModem & { readonly name: string })[];
} = {}): Promise<LiveSite> {
  const folder = mkdtempSync(join(tmpdir(), 'simpost-live-'));
  const config = join(folder, 'simpost.toml');
  const keyFile = join(folder, 'desk.key');
  writeFileSync(
    config,
    `[site]\nname = ${JSON.stringify(name)}\ncountry = "UA"\ntimeZone = "Europe/Kyiv"\n[http]\nlisten = "127.0.0.1:0"\n[store]\npath = "store"\n[time]\ntrust = "always"\n${manners}${more}`,
  );
  const key = await createKey({ name: 'desk', scopes, config });
  writeFileSync(keyFile, `${key}\n`);
  const network = new VirtualNetwork({ clock, random: seededRandom(1), radioMs: 20, deliveryMs: 20, reportMs: 20 });
  for (const modem of modems) network.addModem(modem);
  const run = () =>
    runDaemon(
      { ...loadConfig(config, {}), modem: modems.map((modem) => ({ port: `sim://${modem.name}`, name: modem.name, baudRate: 115_200 })) },
      virtualWorld(network, clock, { log, phones: new PhoneScreens(network) }),
    );
  let daemon = await run();
  await until(async () => (await fetch(`${daemon.url}/readyz`)).ok);
  let ended: Promise<void> | undefined;
  const end = (): Promise<void> => {
    ended ??= daemon.stop();
    return ended;
  };
  return {
    get url() {
      return daemon.url;
    },
    folder,
    config,
    keyFile,
    key,
    network,
    end,
    async again() {
      await end();
      daemon = await run();
      ended = undefined;
    },
    async stop() {
      await end();
      network.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
