import type { Config } from '../config/options.ts';
import { Sessions } from '../http/sessions.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import type { World } from './world.ts';

/**
 * A daemon that begins anew inside where somebody changed what only a start takes up, or restores a backup: in the same process, at the
 * same address, after an orderly stop. Who is logged in stays so, but not over a restore, which may bring back other people.
 */
export async function runDaemon(config: Config, world: Omit<World, 'restart' | 'sessions'>): Promise<Daemon> {
  let sessions = new Sessions(world.clock, world.random);
  let turn = Promise.resolve();
  let isEnding = false;
  const begin = (as: Config): Promise<Daemon> => startDaemon(as, { ...world, sessions, restart });
  const again = async (between: (() => Promise<void>) | undefined): Promise<void> => {
    if (isEnding) return;
    await daemon.stop();
    if (between) {
      sessions = new Sessions(world.clock, world.random);
      await between().catch((error: unknown) => world.log.error({ err: error }, 'what was to be done between two starts was not done'));
    }
    daemon = await begin(there);
  };
  const restart = (between?: () => Promise<void>): void => {
    turn = turn
      .then(() => again(between))
      .catch((error: unknown) => world.fatal(error instanceof Error ? error : new Error(String(error))));
  };
  let daemon = await begin(config);
  const { url } = daemon;
  // A port that the system has chosen is chosen once.
  const there = { ...config, http: { ...config.http, listen: config.http.listen.replace(/:0$/, `:${new URL(url).port}`) } };
  return {
    url,
    async stop() {
      isEnding = true;
      await turn;
      await daemon.stop();
    },
  };
}
