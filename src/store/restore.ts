import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { newId } from '../base/ids.ts';
import { systemRandom } from '../base/random.ts';
import { Audit, type AuditRow, auditRows } from './audit.ts';
import { sync } from './backup.ts';
import { connect, type Db, makePrivate, STORE_FILE } from './database.ts';
import { inspectStore, type StoreFacts } from './inspect.ts';
import { lockFolder } from './lock.ts';
import { migrate } from './migrations.ts';
import { Pauses } from './pauses.ts';
import type { NewAudit } from './records/audit.ts';

export interface RestoreWish {
  /** The data folder; made when it is not there. */
  readonly folder: string;
  /** What is to become the store. It is only read. */
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Who asks, for the audit log. */
  readonly by: string;
}

export interface Restored extends StoreFacts {
  /** Where the store of before lies, if there was one. */
  readonly aside: string | null;
  /** Messages that may have been sent after the backup was made: flagged, since going on may double them. */
  readonly doubtful: number;
}

/** More events than a store writes between a backup and its restore. */
const LEAP = 1_000_000_000;
/** What a store of before hands on, since a backup must not undo it. */
interface Legacy {
  readonly pinTries: readonly PinTry[];
  readonly audit: readonly AuditRow[];
}

const NOTHING: Legacy = { pinTries: [], audit: [] };

type PinTry = [iccid: string, mark: number, taken: number, at: number];

/** A connection's other files: what was not yet folded into the store, and the index of that. */
const WAL = '-wal';
const SHM = '-shm';

/**
 * Makes a backup the store. It is copied beside, inspected as untrusted, brought to this program's schema, told that sending
 * is paused, and only then takes the store's name in one step: a crash at any point leaves one whole store or the other.
 * The store of before is kept aside, damaged or not.
 *
 * What had not been sent when the backup was made may have been since. So nothing goes out until a person says so, and
 * whatever then goes out that may be a second copy is flagged.
 * @throws Fault `storeInUse`, `storeForeign`, `storeNewer`, `storeDamaged` or `restoreRefused`
 */
export async function restoreStore({ folder, file, now, by }: RestoreWish): Promise<Restored> {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Fault('restoreRefused', `There is no file ${file}.`);
  // Without an empty store in it: none must be found there after a crash.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockFolder(folder);
  const part = join(folder, 'restore.part');
  try {
    for (const end of ['', WAL, SHM]) rmSync(part + end, { force: true });
    // A store that was kept aside may have committed work that stands in its WAL alone.
    for (const end of ['', WAL]) if (existsSync(file + end)) copyPrivately(file + end, part + end);
    const facts = await inspectStore(part, file);
    const doubtful = prepare(part, now);
    const { aside, legacy } = keepAside(folder, now);
    takeOver(part, legacy, {
      at: now,
      actor: by,
      action: 'store.restore',
      target: basename(file),
      detail: { kept: aside && basename(aside) },
    });
    sync(part);
    renameSync(part, join(folder, STORE_FILE));
    sync(folder);
    return { ...facts, aside, doubtful };
  } finally {
    for (const end of ['', WAL, SHM]) rmSync(part + end, { force: true });
    lock.release();
  }
}

function copyPrivately(from: string, to: string): void {
  makePrivate(to);
  copyFileSync(from, to);
}

/** Makes the copy fit to be started with; how many of its messages are in doubt. */
function prepare(part: string, now: number): number {
  const db = connect(part);
  try {
    // One file, with nothing beside it.
    db.pragma('journal_mode = DELETE');
    db.pragma('synchronous = FULL');
    migrate(db);
    return db.transaction(() => {
      pauseSending(db, now);
      leap(db, now);
      return flagDoubtful(db, now);
    })();
  } finally {
    db.close();
  }
}

/** Everything, on every SIM, until a person resumes it; pauses that the backup held stay. */
function pauseSending(db: Db, now: number): void {
  new Pauses(db, db).set({ state: 'paused', purpose: null, sim: null, at: now });
}

/**
 * Events are numbered on from far above: a client of `GET /v1/events` names the last one that it has, and that number must not
 * come twice. Such a client hears of the restore, and of all that happens after it. The milliseconds since 1970 are above
 * what any restore before has numbered on from; where the clock is wrong, a number that no store reaches is.
 */
function leap(db: Db, now: number): void {
  const detail = 'A backup was restored: what happened after it was made is not known, and sending is paused until a person resumes it.';
  db.prepare(
    "INSERT INTO events (seq, id, at, notice, detail) SELECT max(coalesce(max(seq), 0) + ?, ?), ?, ?, 'store.restored', ? FROM events",
  ).run(LEAP, now, newId('evt', systemRandom), now, detail);
}

/** A message that is not over and whose time to be sent had come may have gone out since: a second copy would be one. */
function flagDoubtful(db: Db, now: number): number {
  return db
    .prepare(
      `UPDATE messages SET possible_duplicate = 1
       WHERE status IN ('held', 'queued', 'sending', 'uncertain') AND (send_at IS NULL OR send_at <= ?)`,
    )
    .run(now).changes;
}

/**
 * Gives the store of before a second name in a folder of its own, and takes its WAL away: the frames in it would be taken for
 * those of the backup that gets its first name.
 * @returns that folder, or null when there was no store
 */
function keepAside(folder: string, now: number): { aside: string | null; legacy: Legacy } {
  const store = join(folder, STORE_FILE);
  if (!existsSync(store)) return { aside: null, legacy: NOTHING };
  const aside = join(folder, `before-restore-${rfc3339(now).replaceAll(':', '-')}`);
  mkdirSync(aside, { mode: 0o700 });
  const kept = join(aside, basename(store));
  // SQLite may remove the WAL of a store that it cannot read.
  if (existsSync(store + WAL)) copyPrivately(store + WAL, kept + WAL);
  const legacy = fold(store);
  if (legacy) rmSync(kept + WAL, { force: true });
  linkSync(store, kept);
  for (const end of [WAL, SHM]) rmSync(store + end, { force: true });
  sync(aside);
  return { aside, legacy: legacy ?? NOTHING };
}

/** Brings what stands in the WAL into the store; what it hands on, or undefined when it is too damaged for all that. */
function fold(store: string): Legacy | undefined {
  try {
    const db = connect(store);
    try {
      db.pragma('synchronous = FULL');
      db.pragma('journal_mode = DELETE');
      // An older Simpost kept none.
      const hasPins = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'pin_tries'").get() !== undefined;
      const pinTries = hasPins ? db.prepare<[], PinTry>('SELECT iccid, mark, taken, at FROM pin_tries').raw().all() : [];
      return { pinTries, audit: auditRows(db) };
    } finally {
      db.close();
    }
  } catch {
    return undefined;
  }
}

/**
 * A PIN that was refused since the backup stays refused: a SIM locks itself after three (M06). And the audit log goes on with
 * what was written since, so that nobody restores a backup to have it forgotten (X32).
 */
function takeOver(part: string, { pinTries, audit }: Legacy, restored: NewAudit): void {
  const db = connect(part);
  try {
    db.pragma('synchronous = FULL');
    const add = db.prepare<PinTry>('INSERT OR REPLACE INTO pin_tries (iccid, mark, taken, at) VALUES (?, ?, ?, ?)');
    const log = new Audit(db, db);
    db.transaction(() => {
      for (const tried of pinTries) add.run(...tried);
      log.goOnWith(audit);
      log.add(restored);
    })();
  } finally {
    db.close();
  }
}
