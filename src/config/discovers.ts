import type { Config } from './options.ts';

/** Whether modems that no [[modem]] names are used: as `modems.discover` says, else where there is no [[modem]] at all. */
export function discovers(config: Config): boolean {
  return config.modems.discover ?? config.modem.length === 0;
}
