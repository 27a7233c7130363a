import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { createLog } from '../base/log.ts';
import { readConfig } from '../config/load.ts';
import { POLICY_IS_OFF } from '../daemon/readiness.ts';
import { runDaemon } from '../daemon/run-daemon.ts';
import { DEMO_MARK } from './demo-mark.ts';
import { ServiceNotify } from './service-notify.ts';
import { stopSignal } from './stop-signal.ts';
import { systemWorld } from './system-world.ts';

/**
 * `simpost serve`: a daemon on the real world until SIGTERM or SIGINT, then one orderly stop. A second signal ends the
 * process at once; what was on the air is then uncertain at the next start.
 * @throws Fault `configInvalid`, `storeInUse`, `storeNewer` ...
 */
export async function serve(configFile: string | undefined): Promise<void> {
  const { config, warnings } = readConfig(configFile, process.env);
  // The demo's store lies in a folder of its folder.
  if (existsSync(join(config.store.path, '..', DEMO_MARK)) || existsSync(join(config.store.path, DEMO_MARK))) {
    throw new Fault('storeForeign', `${config.store.path} belongs to the demo; give a real installation a store.path of its own.`);
  }
  const log = createLog(config.log.level);
  for (const warning of warnings) log.warn(warning);
  const stopped = stopSignal();
  const service = new ServiceNotify({ env: process.env, clock: systemClock, log });
  const { world, end } = systemWorld(config, log);
  try {
    const daemon = await runDaemon(config, world);
    if (config.policy.profile === 'off') log.warn(POLICY_IS_OFF);
    await service.ready();
    const signal = await stopped;
    log.info({ signal }, 'stopping: what is on the air gets its answer first');
    await service.stopping();
    await daemon.stop();
  } finally {
    service.end();
    end();
  }
  log.info('stopped');
}
