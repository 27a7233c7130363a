import Database from 'better-sqlite3';
import { Fault } from '../base/fault.ts';

/** SQLite's own name of what went wrong, such as `SQLITE_FULL`; undefined when it was not SQLite. */
export function sqliteCode(error: unknown): string | undefined {
  return error instanceof Database.SqliteError ? error.code : undefined;
}

/** No room left. The shared index of the WAL cannot be extended on a full disk either, and says so in its own way. */
const isFull = (code: string | undefined): boolean => code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE';

/** The disk failed. After a failed fsync nobody knows what is on it, so the process must not go on (S04). */
export function isDiskFailure(code: string | undefined): boolean {
  return !isFull(code) && (code?.startsWith('SQLITE_IOERR') ?? false);
}

/** A write of which nothing was taken: by itself it says no more than a failed disk would. */
export function isRefusedWrite(code: string | undefined): boolean {
  return code === 'SQLITE_IOERR_WRITE' || code === 'SQLITE_IOERR_TRUNCATE' || isReadOnlyStore(code);
}

/** A connection that was opened while nothing could be written. */
export const isReadOnlyStore = (code: string | undefined): boolean => code?.startsWith('SQLITE_READONLY') ?? false;

/** Another process, or another connection, has the lock. */
export function isBusy(code: string | undefined): boolean {
  return code?.startsWith('SQLITE_BUSY') ?? false;
}

/** A full, busy or failed disk, or a damaged file, as the Fault that says so; every other error as it is. */
export function storeFault(error: unknown): Error {
  const code = sqliteCode(error);
  const options = { cause: error };
  if (isFull(code)) {
    const detail = 'The disk that holds the data folder is full, so nothing of this was kept; free some space and try again.';
    return new Fault('storeFull', detail, [], options);
  }
  if (isBusy(code)) {
    const detail = 'Another process has held the store for seconds, so nothing of this was kept; try again.';
    return new Fault('unavailable', detail, [], options);
  }
  if (isReadOnlyStore(code)) return diskReadOnly(error);
  if (isDiskFailure(code)) return diskFailed(options);
  if (isDamage(code)) return storeDamaged('The store', error);
  return error instanceof Error ? error : new Error(String(error));
}

/** As `storeFault`, of an error that may have come from anywhere; undefined when SQLite has not said it. */
export function readingFault(error: unknown): Fault | undefined {
  const fault = sqliteCode(error) === undefined ? undefined : storeFault(error);
  return fault instanceof Fault ? fault : undefined;
}

/** The file system takes nothing for now. */
export function diskReadOnly(cause: unknown): Fault {
  const detail =
    'The disk that holds the data folder is read-only now, so nothing of this was kept; make it writable again (look into its log first).';
  return new Fault('unavailable', detail, [], { cause });
}

/** What everybody is told who waits for the store when the disk fails. */
export function diskFailed(options?: ErrorOptions): Fault {
  return new Fault('unavailable', 'The disk that holds the data folder fails, so Simpost stops; check the disk and its log.', [], options);
}

/** Whether an error speaks of the disk or of another process, and not of what was being done. */
export function isOfTheDisk(error: unknown): boolean {
  const code = sqliteCode(error);
  return isFull(code) || isBusy(code) || isDiskFailure(code);
}

/** What was read is not what was written. */
export function isDamage(code: string | undefined): boolean {
  return code?.startsWith('SQLITE_CORRUPT') ?? false;
}

/** @param store the file, or words for it */
export function storeDamaged(store: string, cause: unknown): Fault {
  return new Fault(
    'storeDamaged',
    `${store} is damaged. Stop Simpost and run "simpost restore" with the newest backup; what is damaged is kept aside.`,
    [],
    { cause },
  );
}
