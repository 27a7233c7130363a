import { chmodSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { rfc3339 } from '../base/clock.ts';
import { errorCode } from '../base/error-code.ts';
import { Fault } from '../base/fault.ts';
import { makeFolder } from '../base/folders.ts';
import { AsideError, runAside } from './aside.ts';
import { makePrivate, STORE_FILE } from './database.ts';
import { inspectStore, type StoreFacts } from './inspect.ts';
import { lockBackup } from './lock.ts';
import type { BackupTrouble } from './records/backup.ts';
import { isDamage, storeDamaged } from './sqlite-errors.ts';
import { sync } from './sync.ts';

/** The end of a name that is not a backup yet. */
const PART = '.part';

const NAME = /^simpost-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)\.db$/;

export interface Backup extends StoreFacts {
  readonly file: string;
  readonly octets: number;
}

export interface BackupWish {
  /** The data folder. */
  readonly folder: string;
  /** Where the backup goes; made when it is not there. */
  readonly directory: string;
  /** Its name says when it was made, milliseconds since 1970. */
  readonly now: number;
}

/**
 * Makes a consistent copy of the store, whether a daemon works with it or not: one read transaction in a thread, so nobody
 * waits and nothing is copied twice. What has the name of a backup is whole: it is written beside, opened and checked page
 * by page, synced, and only then renamed.
 * @throws Fault `backupFailed`, `storeForeign` or `storeDamaged`
 */
export async function makeBackup({ folder, directory, now }: BackupWish): Promise<Backup> {
  const store = join(folder, STORE_FILE);
  if (!existsSync(store)) throw new Fault('backupFailed', `There is no store in ${folder} to make a backup of; check [store] path.`);
  const file = join(directory, `simpost-${rfc3339(now).replaceAll(':', '-')}.db`);
  const part = `${file}${PART}`;
  const lock = lockBackup(folder);
  try {
    makeFolder(directory);
    // Left by one that was killed: while we hold the lock, nobody writes one.
    removeParts(directory);
    makePrivate(part);
    await runAside(store, [{ sql: 'VACUUM INTO ?', values: [part] }], { readonly: false });
    const facts = await inspectStore(part, `The copy of ${store}`);
    chmodSync(part, 0o600);
    sync(part);
    renameSync(part, file);
    sync(directory);
    return { ...facts, file, octets: statSync(file).size };
  } catch (error) {
    if (existsSync(part)) removeParts(directory);
    throw failed(store, directory, error);
  } finally {
    lock.release();
  }
}

/** A backup as it lies in its directory. */
export interface BackupFile {
  /** When it was made, milliseconds since 1970. */
  readonly at: number;
  readonly file: string;
  readonly octets: number;
}

/** The backups in a directory, the newest first. */
export function backupsIn(directory: string): BackupFile[] {
  return namesIn(directory)
    .flatMap((name) => {
      const [, hour, minute, second] = NAME.exec(name) ?? [];
      const file = join(directory, name);
      const octets = hour === undefined ? undefined : statSync(file, { throwIfNoEntry: false })?.size;
      return octets === undefined ? [] : [{ at: Date.parse(`${hour}:${minute}:${second}`), file, octets }];
    })
    .sort((a, b) => b.at - a.at);
}

/** None where the directory is not there or cannot be read: making the next backup says what is wrong with it. */
function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Removes the oldest backups beyond `keep`; never the one that was just made, whatever the clock says. */
export function rotateBackups(directory: string, keep: number, justMade: string): void {
  const others = backupsIn(directory).filter(({ file }) => file !== justMade);
  for (const { file } of others.slice(Math.max(keep - 1, 0))) rmSync(file, { force: true });
}

/** Removes what was to become a backup, with what SQLite wrote beside it (`-journal`). */
function removeParts(directory: string): void {
  for (const name of readdirSync(directory)) {
    const end = name.lastIndexOf(PART);
    if (end >= 0 && NAME.test(name.slice(0, end))) rmSync(join(directory, name), { force: true });
  }
}

const FULL: ReadonlySet<string> = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT']);
/** The directory is not there, is none, or takes nothing. */
const NOT_WRITABLE = /^(?:EACCES|EPERM|EROFS|ENOENT|ENOTDIR|EEXIST|SQLITE_CANTOPEN|SQLITE_READONLY)/;

/** What an error of `makeBackup` comes from. */
export function backupTrouble(error: unknown): BackupTrouble {
  if (error instanceof Fault && error.code === 'storeDamaged') return 'storeDamaged';
  const code = (error instanceof Error && errorCode(error.cause)) || '';
  if (FULL.has(code)) return 'diskFull';
  return NOT_WRITABLE.test(code) ? 'directory' : 'other';
}

function failed(store: string, directory: string, error: unknown): Error {
  if (error instanceof Fault) return error;
  if (error instanceof AsideError && isDamage(error.code)) return storeDamaged(`The store ${store}`, error);
  const code = errorCode(error) ?? '';
  if (!(error instanceof AsideError) && code === '') return error instanceof Error ? error : new Error(String(error));
  const why = FULL.has(code) ? 'the disk is full' : error instanceof Error ? error.message : code;
  return new Fault('backupFailed', `The backup could not be written to ${directory}: ${why}; nothing of it was kept.`, [], {
    cause: error,
  });
}
