import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Fault } from '../base/fault.ts';
import { type Db, makePrivate } from './database.ts';
import { isBusy, sqliteCode } from './sqlite-errors.ts';

/** What is held while a daemon has the data folder. The operating system frees it with the process, kill -9 included. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes the data folder for this process, or refuses at once (S12). The lock is an exclusive transaction, never ended, on
 * an empty SQLite file beside the store, hence an fcntl lock: no stale lock file can stand in the way after a crash.
 * @throws Fault `storeInUse` when another daemon has it
 */
export function lockFolder(folder: string): FolderLock {
  const pidFile = join(folder, 'daemon.pid');
  const db = hold(join(folder, 'daemon.lock'), (cause) => {
    const pid = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').trim() : '';
    const who = /^\d+$/.test(pid) ? ` (process ${pid})` : '';
    return new Fault(
      'storeInUse',
      `Another Simpost daemon${who} uses the data folder ${folder}; stop it, or give this one a folder of its own in [store] path.`,
      [],
      { cause },
    );
  });
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  return {
    release() {
      if (!db.open) return;
      rmSync(pidFile, { force: true });
      db.close();
    },
  };
}

/**
 * Takes the right to make a backup of the store in this folder.
 * @throws Fault `backupFailed` when another process is making one
 */
export function lockBackup(folder: string): FolderLock {
  const db = hold(
    join(folder, 'backup.lock'),
    (cause) => new Fault('backupFailed', `Another backup of ${folder} is being made; wait for its end.`, [], { cause }),
  );
  return { release: () => db.close() };
}

/** @param taken what to say when somebody else holds it */
function hold(lockFile: string, taken: (cause: unknown) => Fault): Db {
  makePrivate(lockFile);
  const db = new Database(lockFile, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db.close();
    throw isBusy(sqliteCode(error)) ? taken(error) : error;
  }
}
