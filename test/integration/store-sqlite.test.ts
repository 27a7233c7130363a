import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/base/clock.ts';
import { seededRandom } from '../../src/base/random.ts';
import { Checkpoints } from '../../src/store/checkpoints.ts';
import type { Synchronous } from '../../src/store/database.ts';
import { lockFolder } from '../../src/store/lock.ts';
import { MIGRATIONS, migrate } from '../../src/store/migrations.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { claimOn, mustClaim, newKey, newMessage, SIM_A } from '../support/store-samples.ts';

let path: string;
const open: Store[] = [];

beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'simpost-sqlite-')), 'data');
});
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
  await rm(join(path, '..'), { recursive: true, force: true });
});

async function openStore(over: { daemon?: boolean; clock?: Clock; path?: string; synchronous?: Synchronous } = {}): Promise<Store> {
  const store = await openSqliteStore({
    path,
    clock: new FakeClock(),
    random: seededRandom(1),
    daemon: true,
    onFatal: (error) => {
      throw error;
    },
    ...over,
  });
  open.push(store);
  return store;
}

/** Changes the store's file behind its back. */
function tamper(change: (db: Database.Database) => void): void {
  const db = new Database(join(path, 'simpost.db'));
  change(db);
  db.close();
}

const NOW = new FakeClock().now();

/** A clock that is `step` milliseconds later each time it is asked, and whose timers fire at once. */
function hurriedClock(step: number): Clock {
  let mono = 0;
  return {
    now: () => NOW,
    monotonic: () => {
      mono += step;
      return mono;
    },
    setTimer: (_delay, fn) => {
      const handle = setImmediate(fn);
      return { cancel: () => clearImmediate(handle) };
    },
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the data folder', () => {
  it('X26 is for its owner alone, and so is every file in it', async () => {
    const store = await openStore();
    await store.accept([newMessage(NOW)]);
    const mode = (name: string): string => (statSync(join(path, name)).mode & 0o777).toString(8);
    expect(mode('.')).toBe('700');
    for (const name of ['simpost.db', 'simpost.db-wal', 'simpost.db-shm', 'daemon.lock', 'daemon.pid'])
      expect(mode(name), name).toBe('600');
  });

  it('S12 is refused to a second daemon, and free when the first has closed', async () => {
    const first = await openStore();
    await expect(openStore()).rejects.toMatchObject({ code: 'storeInUse', message: expect.stringContaining(path) });
    await expect(openStore()).rejects.toMatchObject({ code: 'storeInUse' });
    await first.accept([newMessage(NOW)]);
    await first.close();
    await (await openStore()).accept([newMessage(NOW)]);
  });

  it('is open to a command beside the daemon, and each sees what the other wrote', async () => {
    const daemon = await openStore();
    await daemon.accept([newMessage(NOW)]);
    const command = await openStore({ daemon: false });
    const key = newKey();
    await command.createKey(key);
    expect(daemon.findKey(key.hash)).toMatchObject(key);
    await command.close();
    await daemon.accept([newMessage(NOW)]);
    expect((await daemon.messages({}, { limit: 5, cursor: null })).data).toHaveLength(2);
  });

  it('is made by a command when there was none, for a daemon to come', async () => {
    const command = await openStore({ daemon: false });
    await command.createKey(newKey());
    await command.close();
    expect((await (await openStore()).keys()).map((k) => k.name)).toEqual(['desk']);
  });

  it('says in a sentence when it cannot be used', async () => {
    mkdirSync(join(path, '..', 'file'), { recursive: true });
    writeFileSync(join(path, '..', 'file', 'x'), '');
    const wrong = join(path, '..', 'file', 'x', 'data');
    await expect(openStore({ path: wrong })).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining(wrong) });
  });
});

/** A message that a program with the first schema has taken in. */
function writtenBefore(db: Database.Database): void {
  db.exec(`INSERT INTO messages (seq, id, key_id, recipient, rank, status, alphabet, flash, transliterated, segment_count, ready, lane, left,
    accepted_at, expires_at, updated_at) VALUES (1, 'msg_old', 'key_1', '+380501234567', 2, 'queued', 'gsm7', 0, 0, 1, 1, '', 1, ${NOW}, ${NOW + 86_400_000}, ${NOW});
    INSERT INTO message_texts (message_seq, text, policy) VALUES (1, 'hello', '{"decision":"send","until":null,"rules":[]}');
    INSERT INTO segments (message_seq, n, chars, state) VALUES (1, 1, 5, 'queued');`);
}

describe('the file', () => {
  it('S08 is refused, as it is, when a newer program wrote it', async () => {
    await (await openStore()).close();
    tamper((db) => db.pragma('user_version = 99'));
    const before = readFileSync(join(path, 'simpost.db'));
    await expect(openStore()).rejects.toMatchObject({ code: 'storeNewer', message: expect.stringContaining('schema 99') });
    expect(readFileSync(join(path, 'simpost.db')).equals(before)).toBe(true);
  });

  it('is refused, as it is, when it is not ours', async () => {
    mkdirSync(path, { recursive: true });
    const file = join(path, 'simpost.db');
    writeFileSync(file, 'Not a database, but a letter to the mayor. '.repeat(50));
    await expect(openStore()).rejects.toMatchObject({ code: 'storeForeign', message: expect.stringContaining(file) });
    await rm(file);
    tamper((db) => db.exec('CREATE TABLE somebody (id INTEGER); PRAGMA user_version = 1'));
    const before = readFileSync(file);
    await expect(openStore()).rejects.toMatchObject({ code: 'storeForeign' });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it.each(MIGRATIONS.map((schema, version) => [version, schema] as const))(
    'S08 opens after a crash at each statement of the migration from schema %i, from every earlier schema',
    async (version, schema) => {
      const statements = schema
        .replaceAll(/--.*$/gm, '')
        .split(/;\s*\n/)
        .filter((s) => s.trim() !== '');
      expect(statements.length).toBeGreaterThan(0);
      mkdirSync(path, { recursive: true });
      const db = new Database(join(path, 'simpost.db'));
      db.pragma('journal_mode = WAL');
      migrate(db, MIGRATIONS.slice(0, version));
      if (version > 0) writtenBefore(db);
      // So small a cache that unfinished work reaches the file before the commit. The power stays on, so what follows need not sync.
      db.pragma('cache_size = 1');
      db.exec('BEGIN IMMEDIATE');
      for (const [i, statement] of statements.entries()) {
        db.exec(statement);
        const crashed = join(path, '..', `crash-${i}`);
        cpSync(path, crashed, { recursive: true });
        const store = await openStore({ path: crashed, synchronous: 'OFF' });
        const message = newMessage(NOW);
        await store.accept([message]);
        const listed = (await store.messages({}, { limit: 10, cursor: null })).data;
        expect(listed.map((m) => m.id)).toEqual(version > 0 ? [message.id, 'msg_old'] : [message.id]);
        // What was written before is sent first, with the new columns as they are of old rows.
        expect((await mustClaim(store, SIM_A, NOW)).messageId).toBe(listed.at(-1)?.id);
        await store.close();
        rmSync(crashed, { recursive: true });
      }
      db.close();
    },
  );

  it('S08 opens after a crash anywhere in the making of a new file', async () => {
    mkdirSync(path, { recursive: true });
    const db = new Database(join(path, 'simpost.db'));
    db.pragma('journal_mode = WAL');
    db.pragma('cache_size = 1');
    db.exec('BEGIN IMMEDIATE');
    for (const [i, schema] of MIGRATIONS.entries()) {
      db.exec(schema);
      if (i % 5 !== 0) continue;
      const crashed = join(path, '..', `crash-${i}`);
      cpSync(path, crashed, { recursive: true });
      const store = await openStore({ path: crashed, synchronous: 'OFF' });
      await store.accept([newMessage(NOW)]);
      expect((await store.messages({}, { limit: 10, cursor: null })).data).toHaveLength(1);
      await store.close();
    }
    db.close();
  });

  it('S08 keeps the version before when a migration fails, and goes on from it', () => {
    mkdirSync(path, { recursive: true });
    const db = new Database(join(path, 'simpost.db'));
    const version = (): unknown => db.pragma('user_version', { simple: true });
    const tables = (): unknown[] => db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    const failing = ['CREATE TABLE a (x)', 'CREATE TABLE b (x); CREATE TABLE a (x)'];
    // A new file takes all of them or none.
    expect(() => migrate(db, failing)).toThrow('already exists');
    expect([version(), tables()]).toEqual([0, []]);
    migrate(db, ['CREATE TABLE a (x)']);
    expect(() => migrate(db, failing)).toThrow('already exists');
    expect([version(), tables()]).toEqual([1, ['a']]);
    migrate(db, ['CREATE TABLE a (x)', 'CREATE TABLE b (x)']);
    expect(version()).toBe(2);
    db.close();
  });

  it('is not migrated by a command while a daemon has the folder', async () => {
    mkdirSync(path, { recursive: true });
    const lock = lockFolder(path);
    await expect(openStore({ daemon: false })).rejects.toMatchObject({ code: 'storeInUse' });
    lock.release();
    await openStore({ daemon: false });
  });
});

describe('commits', () => {
  it('give the event loop its turns within one large batch, which is seen whole or not at all', async () => {
    const store = await openStore({ clock: hurriedClock(5) });
    let done = false;
    const accepted = store.accept(Array.from({ length: 1000 }, () => newMessage(NOW))).then(() => {
      done = true;
    });
    let turns = 0;
    while (!done) {
      await turn();
      turns += 1;
      const listed = (await store.messages({}, { limit: 500, cursor: null })).data.length;
      if (!done) expect(listed).toBe(0);
    }
    await accepted;
    expect(turns).toBeGreaterThan(10);
    expect(store.queueDepth()).toEqual({ ready: 1000, waiting: 0 });
    expect((await store.messages({}, { limit: 500, cursor: null })).data).toHaveLength(500);
  });

  it('let others in behind a large batch', async () => {
    const store = await openStore({ clock: hurriedClock(5) });
    const urgent = newMessage(NOW, { purpose: 'otp' });
    const [, , claim] = await Promise.all([
      store.accept(Array.from({ length: 300 }, () => newMessage(NOW))),
      store.accept([urgent]),
      claimOn(store, SIM_A, NOW),
    ]);
    expect(claim?.messageId).toBe(urgent.id);
  });

  it('wait for another process that writes, without holding the event loop', async () => {
    const clock = new FakeClock();
    const store = await openStore({ clock });
    const other = new Database(join(path, 'simpost.db'));
    other.exec('BEGIN IMMEDIATE');
    let done = false;
    const accepted = store.accept([newMessage(NOW)]).then(() => {
      done = true;
    });
    await clock.advance(30);
    expect(done).toBe(false);
    other.exec('COMMIT');
    other.close();
    await clock.advance(20);
    await accepted;
    expect(store.queueDepth()).toEqual({ ready: 1, waiting: 0 });
  });

  it('give up, keeping nothing, when another process holds the file for too long', async () => {
    const store = await openStore({ clock: hurriedClock(1000) });
    const other = new Database(join(path, 'simpost.db'));
    other.exec('BEGIN IMMEDIATE');
    await expect(store.accept([newMessage(NOW)])).rejects.toMatchObject({ code: 'unavailable' });
    other.close();
    await store.accept([newMessage(NOW)]);
    expect((await store.messages({}, { limit: 5, cursor: null })).data).toHaveLength(1);
  });

  it('finish what was asked before a close, and refuse what comes after', async () => {
    const store = await openStore();
    const before = store.accept([newMessage(NOW)]);
    const closing = store.close();
    await expect(store.accept([newMessage(NOW)])).rejects.toMatchObject({ code: 'closed' });
    expect(await before).toEqual({ kind: 'accepted' });
    await closing;
    await store.close();
    expect(() => store.check()).toThrow();
    const again = await openStore();
    again.check();
    expect(again.queueDepth()).toEqual({ ready: 1, waiting: 0 });
  });
});

describe('the write-ahead log', () => {
  it('S10 is folded back by a thread, and never grows without bound', async () => {
    mkdirSync(path, { recursive: true });
    const file = join(path, 'wal.db');
    const db = new Database(file);
    db.pragma('journal_mode = WAL');
    db.pragma('wal_autocheckpoint = 0');
    db.exec('CREATE TABLE t (x)');
    let written = 0;
    const write = (pages: number): void => {
      written += pages;
      db.prepare(
        'WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO t SELECT hex(randomblob(2000)) FROM n',
      ).run(pages);
    };
    const size = db.prepare<[], { log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)');
    const left = (): number => {
      const { log, checkpointed } = size.get() ?? { log: 0, checkpointed: 0 };
      return log - checkpointed;
    };
    const failures: string[] = [];
    const checkpoints = new Checkpoints({ db, file, onFailure: (code) => failures.push(code) });

    write(100);
    expect(checkpoints.tend()).toBeUndefined();
    expect(left()).toBeGreaterThan(100);
    // By the thread, while others write on; and with writers waiting when it has grown large.
    write(1200);
    expect(checkpoints.tend()).toBeUndefined();
    write(9000);
    const wait = checkpoints.tend();
    expect(wait).toBeInstanceOf(Promise);
    await wait;
    expect(left()).toBe(0);
    // Not again for each few pages that are written meanwhile: somebody reads, so that the log cannot start over.
    write(1200);
    const reader = new Database(file, { readonly: true });
    const reading = reader.prepare('SELECT x FROM t').iterate();
    reading.next();
    write(100);
    expect(checkpoints.tend()).toBeUndefined();
    await checkpoints.pass;
    expect(left()).toBeGreaterThan(100);
    expect(checkpoints.tend()).toBeUndefined();
    expect(checkpoints.pass).toBeUndefined();
    write(1000);
    expect(checkpoints.tend()).toBeUndefined();
    expect(checkpoints.pass).toBeInstanceOf(Promise);
    reading.return?.();
    reader.close();
    while (left() > 0) {
      write(1000);
      await checkpoints.tend();
      await checkpoints.pass;
    }
    // A close ends what is under way, and nothing is begun after.
    write(1200);
    expect(checkpoints.tend()).toBeUndefined();
    const closing = checkpoints.close();
    expect(checkpoints.tend()).toBeUndefined();
    await closing;
    expect(left()).toBe(0);
    expect(failures).toEqual([]);
    expect(db.prepare('SELECT count(*) FROM t').pluck().get()).toBe(written);
    db.close();
  });

  it('S10 goes on without its thread when that cannot work', async () => {
    mkdirSync(path, { recursive: true });
    const file = join(path, 'wal.db');
    const db = new Database(file);
    db.pragma('journal_mode = WAL');
    db.pragma('wal_autocheckpoint = 0');
    db.exec('CREATE TABLE t (x)');
    const write = db.prepare(
      'WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 9000) INSERT INTO t SELECT hex(randomblob(2000)) FROM n',
    );
    const missing = join(path, 'gone', 'wal.db');
    const checkpoints = new Checkpoints({ db, file: missing, onFailure: () => {} });
    write.run();
    await checkpoints.tend();
    expect(checkpoints.threaded).toBe(false);
    expect(checkpoints.tend()).toBeUndefined();
    expect(db.prepare<[], { log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)').get()).toMatchObject({
      checkpointed: expect.any(Number),
    });
    await checkpoints.close();
    db.close();
  });
});
