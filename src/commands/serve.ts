import { systemClock } from '../base/clock.ts';
import { createLog } from '../base/log.ts';
import { systemRandom } from '../base/random.ts';
import { loadConfig } from '../config/load.ts';
import { startDaemon } from '../daemon.ts';
import { openPort } from '../serial/open-port.ts';

/**
 * `simpost serve`: a daemon on the real world until SIGTERM or SIGINT, then one orderly stop. A second signal ends the
 * process at once; what was on the air is then uncertain at the next start.
 * @throws Fault `configInvalid`, `storeInUse`, `storeNewer` ...
 */
export async function serve(configFile: string | undefined): Promise<void> {
  const config = loadConfig(configFile, process.env);
  const log = createLog(config.log.level);
  const stopped = stopSignal();
  const daemon = await startDaemon(config, {
    clock: systemClock,
    random: systemRandom,
    log,
    fetch,
    open: openPort,
    fatal(error) {
      // The disk did not keep what it was told to keep. Going on would lose messages in silence; a restart re-reads.
      log.fatal({ err: error }, 'the store cannot be written; the process ends');
      process.exit(74);
    },
  });
  if (config.http.insecureLan) log.warn({ url: daemon.url }, 'http.insecureLan is on: API keys and texts cross the network in the clear');
  log.info({ signal: await stopped }, 'stopping: what is on the air gets its answer first');
  await daemon.stop();
  log.info('stopped');
}

/** Resolves with the first SIGTERM or SIGINT; the next one ends the process. */
export function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    let asked = false;
    const ask = (signal: NodeJS.Signals): void => {
      if (asked) process.exit(130);
      asked = true;
      resolve(signal);
    };
    process.on('SIGTERM', ask);
    process.on('SIGINT', ask);
  });
}
