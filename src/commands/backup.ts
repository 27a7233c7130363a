import { resolve } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { counted } from '../base/counted.ts';
import { backupDirectory } from '../config/backup-directory.ts';
import { loadConfig } from '../config/load.ts';
import { makeBackup } from '../store/backup.ts';

/**
 * `simpost backup`: a checked copy of the store, with or without a daemon running. It counts as nobody's turn: no older
 * one is removed.
 * @returns what to tell the person who asked
 */
export async function backup(options: { to?: string; config?: string }): Promise<string> {
  const config = loadConfig(options.config, process.env);
  const directory = options.to === undefined ? backupDirectory(config) : resolve(options.to);
  const { file, messages, octets } = await makeBackup({ folder: config.store.path, directory, now: systemClock.now() });
  return `${file}\n${counted(messages, 'message', 'messages')}, ${Math.ceil(octets / 1024)} kB, checked. It holds texts and numbers: keep it where only you can read it.\n`;
}
