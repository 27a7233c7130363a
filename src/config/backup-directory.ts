import { join } from 'node:path';
import type { Config } from './options.ts';

/** Where scheduled backups go, and those of the command line unless told otherwise. */
export function backupDirectory(config: Pick<Config, 'backup' | 'store'>): string {
  return config.backup.directory ?? join(config.store.path, 'backups');
}
