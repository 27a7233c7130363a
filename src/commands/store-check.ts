import { createLog } from '../base/log.ts';
import { readConfig } from '../config/load.ts';
import { rehearseDaemon } from '../daemon/daemon.ts';
import { systemWorld } from './system-world.ts';

/**
 * `simpost store check`, where no daemon is at work: brings the store up to date, reads it whole, and builds the daemon on it up to its
 * `/healthz`. Nothing is accepted or sent meanwhile, so that an upgrade can be taken back when this fails.
 * @returns a sentence for the person who asked
 * @throws Fault `storeDamaged`, `storeNewer`, `storeForeign`, `storeInUse`, `unavailable` ...
 */
export async function checkStore(options: { config?: string }): Promise<string> {
  const { config } = readConfig(options.config, process.env);
  const { world, end } = systemWorld(config, createLog('error'));
  try {
    await rehearseDaemon(config, world);
  } finally {
    end();
  }
  return 'The store is whole and up to date.\n';
}
