import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { makeFolder } from '../base/folders.ts';
import { newId } from '../base/ids.ts';
import { systemRandom } from '../base/random.ts';
import { Audit, type AuditRow, auditRows } from './audit.ts';
import { connect, type Db, makePrivate, STORE_FILE } from './database.ts';
import { inspectStore, type StoreFacts } from './inspect.ts';
import { lockFolder } from './lock.ts';
import { migrate } from './migrations.ts';
import { Pauses } from './pauses.ts';
import type { NewAudit } from './records/audit.ts';
import { proofIn } from './suppression-key.ts';
import { sync } from './sync.ts';

export interface RestoreWish {
  /** The data folder; made when it is not there. */
  readonly folder: string;
  /** What is to become the store. It is only read. */
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Who asks, for the audit log. */
  readonly by: string;
  /** Restore it also where its opt-outs cannot be read any more: then nothing but codes goes out. */
  readonly loseSuppression?: boolean;
}

export interface Restored extends StoreFacts {
  /** Where the store of before lies, if there was one. */
  readonly aside: string | null;
  /** Messages that may have been sent after the backup was made: flagged, since going on may double them. */
  readonly doubtful: number;
  /** Its opt-outs were given up. */
  readonly lostSuppression: boolean;
  /** Whether the opt-outs of the store of before were taken along; null where there was none. */
  readonly optOutsKept: boolean | null;
}

/** What a store of before hands on, since a backup must not undo it. */
interface Legacy {
  readonly pinTries: readonly PinTry[];
  readonly audit: readonly AuditRow[];
  readonly optOuts: readonly OptOut[];
}

/** More events than a store writes between a backup and its restore. */
const LEAP = 1_000_000_000;

type OptOut = [mark: Buffer, scope: string, source: string, at: number];

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
export async function restoreStore({ folder, file, now, by, loseSuppression = false }: RestoreWish): Promise<Restored> {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Fault('restoreRefused', `There is no file ${file}.`);
  // Without an empty store in it: none must be found there after a crash.
  makeFolder(folder);
  const lock = lockFolder(folder);
  const part = join(folder, 'restore.part');
  try {
    for (const end of ['', WAL, SHM]) rmSync(part + end, { force: true });
    // A store that was kept aside may have committed work that stands in its WAL alone.
    for (const end of ['', WAL]) if (existsSync(file + end)) copyPrivately(file + end, part + end);
    const facts = await inspectStore(part, file);
    const { doubtful, lostSuppression } = prepare(part, { folder, now, loseSuppression, shown: file });
    const { aside, legacy } = keepAside(folder, now);
    takeOver(part, legacy, proofIn(folder), {
      at: now,
      actor: by,
      action: 'store.restore',
      target: basename(file),
      detail: { kept: aside && basename(aside), lostSuppression },
    });
    sync(part);
    renameSync(part, join(folder, STORE_FILE));
    sync(folder);
    return { ...facts, aside, doubtful, lostSuppression, optOutsKept: aside === null ? null : legacy !== undefined };
  } finally {
    for (const end of ['', WAL, SHM]) rmSync(part + end, { force: true });
    lock.release();
  }
}

function copyPrivately(from: string, to: string): void {
  makePrivate(to);
  copyFileSync(from, to);
}

/** Makes the copy fit to be started with. @returns how many of its messages are in doubt, and whether its opt-outs are given up */
function prepare(
  part: string,
  { folder, now, loseSuppression, shown }: { folder: string; now: number; loseSuppression: boolean; shown: string },
): { doubtful: number; lostSuppression: boolean } {
  const db = connect(part);
  try {
    // One file, with nothing beside it.
    db.pragma('journal_mode = DELETE');
    db.pragma('synchronous = FULL');
    migrate(db);
    const lostSuppression = !readsOptOuts(db, folder);
    if (lostSuppression && !loseSuppression) throw suppressionLost(shown, folder);
    return db.transaction(() => {
      if (lostSuppression) loseOptOuts(db, now);
      pauseSending(db, now);
      stopCampaigns(db, now);
      leap(db, now);
      return { doubtful: flagDoubtful(db, now), lostSuppression };
    })();
  } finally {
    db.close();
  }
}

/** Whether the key of the data folder is the one that its opt-outs were made with; so is any where there are none. */
function readsOptOuts(db: Db, folder: string): boolean {
  if (db.prepare('SELECT 1 FROM suppressions LIMIT 1').get() === undefined) return true;
  const proof = db.prepare<[], Buffer | null>('SELECT proof FROM suppression_state').pluck().get();
  return proof?.equals(proofIn(folder) ?? Buffer.alloc(0)) ?? false;
}

function loseOptOuts(db: Db, now: number): void {
  db.exec('DELETE FROM suppressions; DELETE FROM offer_holds');
  db.prepare('UPDATE suppression_state SET proof = NULL, lost_at = ?').run(now);
}

function suppressionLost(file: string, folder: string): Fault {
  const what = `${file} has opt-outs, and the key that they were made with is not in ${folder}`;
  return new Fault(
    'restoreRefused',
    `${what}: put its suppression.key there, or say --lose-suppression; then nothing but codes goes out until the list was imported again.`,
  );
}

/** Everything, on every SIM, until a person resumes it; pauses that the backup held stay. */
function pauseSending(db: Db, now: number): void {
  new Pauses(db, db).set({ state: 'paused', purpose: null, sim: null, at: now });
}

/**
 * Who got a campaign since is not known: one that was under way waits for a person, and one that had not begun may have begun since, and
 * is over.
 */
function stopCampaigns(db: Db, now: number): void {
  const stop = db.prepare<[string, number, string]>("UPDATE campaigns SET state = ?, reason = 'restored', changed_at = ? WHERE state = ?");
  stop.run('paused', now, 'running');
  for (const state of ['scheduled', 'planning']) stop.run('cancelled', now, state);
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
 * @returns that folder, or null when there was no store; and what of it is carried over, undefined where that cannot be read
 */
function keepAside(folder: string, now: number): { aside: string | null; legacy: Legacy | undefined } {
  const store = join(folder, STORE_FILE);
  if (!existsSync(store)) return { aside: null, legacy: undefined };
  const aside = join(folder, `before-restore-${rfc3339(now).replaceAll(':', '-')}`);
  mkdirSync(aside, { mode: 0o700 });
  const kept = join(aside, basename(store));
  // SQLite may remove the WAL of a store that it cannot read.
  if (existsSync(store + WAL)) copyPrivately(store + WAL, kept + WAL);
  const legacy = fold(store, proofIn(folder));
  if (legacy) rmSync(kept + WAL, { force: true });
  linkSync(store, kept);
  for (const end of [WAL, SHM]) rmSync(store + end, { force: true });
  sync(aside);
  return { aside, legacy };
}

/** Brings what stands in the WAL into the store; what it hands on, or undefined when it is too damaged for all that. */
function fold(store: string, proof: Buffer | undefined): Legacy | undefined {
  try {
    const db = connect(store);
    try {
      db.pragma('synchronous = FULL');
      db.pragma('journal_mode = DELETE');
      // An older Simpost kept none.
      const has = (table: string): boolean => db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(table) !== undefined;
      const pinTries = has('pin_tries') ? db.prepare<[], PinTry>('SELECT iccid, mark, taken, at FROM pin_tries').raw().all() : [];
      const theirs = has('suppression_state') ? db.prepare<[], Buffer | null>('SELECT proof FROM suppression_state').pluck().get() : null;
      const optOuts =
        theirs && proof?.equals(theirs) ? db.prepare<[], OptOut>('SELECT mark, scope, source, at FROM suppressions').raw().all() : [];
      return { pinTries, audit: auditRows(db), optOuts };
    } finally {
      db.close();
    }
  } catch {
    return undefined;
  }
}

/**
 * A PIN that was refused since the backup stays refused: a SIM locks itself after three (M06). Who opted out since stays
 * opted out (O10). And the audit log goes on with what was written since, so that nobody restores a backup to have it
 * forgotten (X32).
 */
function takeOver(part: string, legacy: Legacy | undefined, proof: Buffer | undefined, restored: NewAudit): void {
  const db = connect(part);
  try {
    db.pragma('synchronous = FULL');
    const add = db.prepare<PinTry>('INSERT OR REPLACE INTO pin_tries (iccid, mark, taken, at) VALUES (?, ?, ?, ?)');
    const log = new Audit(db, db);
    db.transaction(() => {
      for (const tried of legacy?.pinTries ?? []) add.run(...tried);
      if (legacy) log.goOnWith(legacy.audit);
      if (legacy) keepOptOuts(db, legacy.optOuts, proof);
      log.add(restored);
    })();
  } finally {
    db.close();
  }
}

/** Those of the store of before were made with the key that is in the folder. */
function keepOptOuts(db: Db, optOuts: readonly OptOut[], proof: Buffer | undefined): void {
  if (optOuts.length === 0 || !proof) return;
  const add = db.prepare<OptOut>('INSERT OR IGNORE INTO suppressions (mark, scope, source, at) VALUES (?, ?, ?, ?)');
  for (const optOut of optOuts) add.run(...optOut);
  db.prepare('INSERT INTO suppression_state (one, proof) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET proof = excluded.proof').run(proof);
}
