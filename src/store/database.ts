import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Fault } from '../base/fault.ts';
import { makeFolder } from '../base/folders.ts';

/** A connection to the store's file. SQL is spoken in this folder and nowhere else. */
export type Db = Database.Database;

export const STORE_FILE = 'simpost.db';

/**
 * Octets in a page of a new file. A commit writes whole pages, so small ones spare the SD card: a message touches about
 * ten pages in each of its four commits (S10). Two kilobytes still hold a row without overflow.
 */
const PAGE_SIZE = 2048;

/** Kilobytes of pages that each connection keeps. */
const CACHE_KB = 16_000;

/** How long a writer waits, holding the process, while another process commits; the committer waits longer, without. */
const WRITER_WAIT_MS = 15;

/** SQLite's own numbers of these. */
const LEVELS = { OFF: 0, NORMAL: 1, FULL: 2 } as const;

export type Synchronous = keyof typeof LEVELS;

/** The data folder, made when it is not there: for its owner alone, since it holds texts and numbers (X26). */
export function prepareFolder(folder: string): void {
  makeFolder(folder);
  makePrivate(join(folder, STORE_FILE));
}

/**
 * Makes an empty file for its owner alone, where there is none; SQLite gives its -wal and -shm the same mode. A file that
 * is there is not opened: closing any descriptor of a file drops the locks that this process holds on it (fcntl).
 */
export function makePrivate(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
}

/** Opens a connection without touching the file yet. */
export function connect(file: string): Db {
  const db = new Database(file, { timeout: 5000 });
  db.pragma('trusted_schema = OFF');
  db.pragma('foreign_keys = ON');
  return db;
}

/**
 * Makes a connection fit to promise durability: WAL, an fsync with every commit, deleted content overwritten.
 * @param synchronous FULL; the others only for the control runs of the tests that count fsyncs and cut the power (S01, S02)
 * @throws Fault `internal` when the file does not take these settings
 */
export function makeDurable(db: Db, synchronous: Synchronous = 'FULL'): void {
  db.pragma(`page_size = ${PAGE_SIZE}`);
  const journal = db.pragma('journal_mode = WAL', { simple: true });
  // After WAL, never before: better-sqlite3 is built with DEFAULT_WAL_SYNCHRONOUS=1, so that a file that turns to WAL
  // silently runs at NORMAL, where a power cut loses what was acknowledged, while the pragma may still read FULL.
  db.pragma(`synchronous = ${synchronous}`);
  db.pragma(`cache_size = -${CACHE_KB}`);
  db.pragma('secure_delete = ON');
  db.pragma('journal_size_limit = 16777216');
  // The committer checkpoints in a turn of its own, so that no commit carries the time of one.
  db.pragma('wal_autocheckpoint = 0');
  const level = db.pragma('synchronous', { simple: true });
  if (journal !== 'wal' || level !== LEVELS[synchronous]) {
    throw new Fault('internal', `The store cannot be made durable: journal mode ${String(journal)}, synchronous ${String(level)}.`);
  }
}

/** From now on, waits for other writers are short ones: see `WRITER_WAIT_MS`. */
export function shortWaits(db: Db): void {
  db.pragma(`busy_timeout = ${WRITER_WAIT_MS}`);
}

/** A second connection that only reads, and only what was committed. */
export function connectReader(file: string): Db {
  const db = new Database(file, { readonly: true, timeout: 5000 });
  db.pragma('trusted_schema = OFF');
  db.pragma('query_only = ON');
  db.pragma(`cache_size = -${CACHE_KB}`);
  return db;
}
