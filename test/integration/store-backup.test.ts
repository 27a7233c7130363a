import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { Fault } from '../../src/base/fault.ts';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { backupsIn, backupTrouble, makeBackup, rotateBackups } from '../../src/store/backup.ts';
import { BackupSchedule, waitFor } from '../../src/store/backup-schedule.ts';
import { inspectStore } from '../../src/store/inspect.ts';
import { lockBackup } from '../../src/store/lock.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { mustClaim, newMessage, SIM_A } from '../support/store-samples.ts';

const NOW = new FakeClock().now();
const HOUR = 3_600_000;

let scratch: string;
let folder: string;
let directory: string;
const open: Store[] = [];

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'simpost-backup-'));
  folder = join(scratch, 'data');
  directory = join(scratch, 'backups');
});
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
  await rm(scratch, { recursive: true, force: true });
});

async function openStore(path = folder, daemon = true): Promise<Store> {
  const store = await openSqliteStore({
    path,
    clock: systemClock,
    random: seededRandom(1),
    daemon,
    onFatal: (error) => {
      throw error;
    },
  });
  open.push(store);
  return store;
}

const backup = (now = NOW) => makeBackup({ folder, directory, now });

async function messagesIn(file: string): Promise<number> {
  return (await inspectStore(file)).messages;
}

describe('a backup', () => {
  it('holds what was committed before it, and the store goes on', async () => {
    const store = await openStore();
    await store.accept([newMessage(NOW), newMessage(NOW)]);
    await mustClaim(store, SIM_A, NOW);
    const made = await backup();
    expect(made).toMatchObject({ messages: 2, open: 2, octets: statSync(made.file).size });
    await store.accept([newMessage(NOW)]);
    expect(await messagesIn(made.file)).toBe(2);
    expect((await store.messages({}, { limit: 9, cursor: null })).data).toHaveLength(3);
  });

  it('is made without a daemon too, also of work that stands in the WAL alone', async () => {
    const store = await openStore();
    await store.accept([newMessage(NOW)]);
    await store.close();
    expect((await backup()).messages).toBe(1);
  });

  it('X26 is its owner’s alone, and nothing lies beside it', async () => {
    await openStore();
    const { file } = await backup();
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(directory).mode & 0o777).toString(8)).toBe('700');
    expect(readdirSync(directory)).toEqual(['simpost-2026-11-22T10-00-00.000Z.db']);
  });

  it('S06 removes what a killed one left, and nothing else', async () => {
    await openStore();
    mkdirSync(directory);
    const others = ['notes.part', 'simpost-2026-11-22T09-00-00.000Z.db', 'simpost.db.part'];
    const mine = ['simpost-2026-11-22T08-00-00.000Z.db.part', 'simpost-2026-11-22T08-00-00.000Z.db.part-journal'];
    for (const name of [...others, ...mine]) writeFileSync(join(directory, name), '');
    await backup();
    expect(readdirSync(directory).sort()).toEqual([...others, 'simpost-2026-11-22T10-00-00.000Z.db'].sort());
  });

  it('is refused in words when there is no store, no room for two at once, or no directory to write to', async () => {
    await expect(backup()).rejects.toMatchObject({ code: 'backupFailed', message: expect.stringContaining(folder) });
    await openStore();
    const lock = lockBackup(folder);
    await expect(backup()).rejects.toMatchObject({ code: 'backupFailed', message: expect.stringContaining('being made') });
    lock.release();
    writeFileSync(directory, 'a file');
    await expect(backup()).rejects.toMatchObject({ code: 'backupFailed', message: expect.stringContaining(directory) });
  });

  it('S06 does not count when the store is damaged, and says which', async () => {
    const store = await openStore();
    await store.accept(Array.from({ length: 200 }, () => newMessage(NOW)));
    await store.close();
    const file = join(folder, 'simpost.db');
    const octets = readFileSync(file);
    for (let at = 20 * 2048; at < octets.length; at += 2048) octets.fill(0x5a, at, at + 100);
    writeFileSync(file, octets);
    const why: unknown = await backup().catch((error: unknown) => error);
    expect(why).toMatchObject({ code: 'storeDamaged', message: expect.stringContaining(folder) });
    expect(backupTrouble(why)).toBe('storeDamaged');
    expect(readdirSync(directory)).toEqual([]);
  });

  it.each([
    ['SQLITE_FULL', 'diskFull'],
    ['ENOSPC', 'diskFull'],
    ['EROFS', 'directory'],
    ['SQLITE_CANTOPEN', 'directory'],
    ['SQLITE_READONLY_DIRECTORY', 'directory'],
    ['SQLITE_IOERR_WRITE', 'other'],
  ])('that ended with %s has its trouble named for programs', (code, trouble) => {
    expect(backupTrouble(new Fault('backupFailed', 'Why.', [], { cause: Object.assign(new Error(code), { code }) }))).toBe(trouble);
  });

  it('leaves the event loop to others, who accept and send meanwhile', async () => {
    const store = await openStore();
    for (let i = 0; i < 10; i += 1) await store.accept(Array.from({ length: 1000 }, () => newMessage(NOW)));
    let making = true;
    const made = backup().finally(() => {
      making = false;
    });
    let sent = 0;
    while (making) {
      await store.accept([newMessage(NOW)]);
      const claim = await mustClaim(store, SIM_A, NOW);
      await store.settle(claim.attemptId, { kind: 'sent', mr: 1, at: NOW });
      sent += 1;
    }
    await made;
    // One that copied in this thread would leave time for one or two.
    expect(sent).toBeGreaterThan(10);
  }, 60_000);
});

describe('the directory of backups', () => {
  it('keeps the newest, and always the one just made', async () => {
    await openStore();
    const files: string[] = [];
    for (const hours of [0, 1, 2, 3]) files.push((await backup(NOW + hours * HOUR)).file);
    rotateBackups(directory, 2, files[3] ?? '');
    expect(backupsIn(directory).map((b) => b.file)).toEqual([files[3], files[2]]);
    // A clock that was set back names the newest as the oldest.
    const { file } = await backup(NOW - 1000 * HOUR);
    rotateBackups(directory, 1, file);
    expect(backupsIn(directory)).toMatchObject([{ at: NOW - 1000 * HOUR, file }]);
  });

  it('has the next one made a period after the last, over restarts and wrong clocks', () => {
    expect(waitFor(undefined, NOW, 24 * HOUR)).toBe(300_000);
    expect(waitFor(NOW - 23 * HOUR, NOW, 24 * HOUR)).toBe(HOUR);
    expect(waitFor(NOW - 48 * HOUR, NOW, 24 * HOUR)).toBe(300_000);
    expect(waitFor(NOW + 9999 * HOUR, NOW, 24 * HOUR)).toBe(24 * HOUR);
  });

  it('gets a backup each period by itself, the oldest removed, and none after a stop', async () => {
    await openStore();
    const clock = new FakeClock();
    const schedule = new BackupSchedule({ folder, directory, every: HOUR, keep: 2, clock, log: silentLog, onFailed: () => {} });
    schedule.start();
    const names = (): string[] => backupsIn(directory).map((b) => new Date(b.at).toISOString().slice(11, 16));
    await clock.advance(300_000);
    await expect.poll(names).toEqual(['10:05']);
    for (const seen of [
      ['11:05', '10:05'],
      ['12:05', '11:05'],
    ]) {
      // The next is set when the one before has ended.
      await expect.poll(() => clock.timers).toBe(1);
      await clock.advance(HOUR);
      await expect.poll(names).toEqual(seen);
    }
    await schedule.stop();
    expect(clock.timers).toBe(0);
  });
});

describe('the schedule of backups', () => {
  function schedule(clock: FakeClock, onFailed: (why: string) => void = () => {}): BackupSchedule {
    const made = new BackupSchedule({ folder, directory, every: 24 * HOUR, keep: 9, clock, log: silentLog, onFailed });
    made.start();
    return made;
  }

  it('T02, T03: keeps to durations, whatever the clock on the wall does meanwhile', async () => {
    await openStore();
    const clock = new FakeClock();
    const backups = schedule(clock);
    const count = (): number => backupsIn(directory).length;
    await clock.advance(300_000);
    await expect.poll(count).toBe(1);
    await expect.poll(() => clock.timers).toBe(1);
    clock.step(400 * 24 * HOUR);
    await clock.advance(HOUR);
    clock.step(-400 * 24 * HOUR);
    clock.step(-2 * HOUR);
    await clock.advance(22.9 * HOUR);
    expect(count()).toBe(1);
    await clock.advance(0.2 * HOUR);
    await expect.poll(count).toBe(2);
    await backups.stop();
  });

  it('T02: does not wait for one that a wrong clock has made in the future', async () => {
    await openStore();
    await backup(NOW + 400 * 24 * HOUR);
    const clock = new FakeClock();
    const backups = schedule(clock);
    await clock.advance(300_000);
    await expect.poll(() => backupsIn(directory).length).toBe(2);
    await backups.stop();
  });

  it('S06: tells once that backups fail, tries each hour, and says when one could be made', async () => {
    await openStore();
    writeFileSync(directory, 'in its way');
    const clock = new FakeClock();
    const told: string[] = [];
    const backups = schedule(clock, (why) => told.push(why));
    await clock.advance(300_000);
    await expect.poll(() => backups.problem).toMatch(/could not be written to .*backups/);
    await expect.poll(() => clock.timers).toBe(1);
    await clock.advance(HOUR);
    await expect.poll(() => clock.timers).toBe(1);
    expect(told).toEqual([backups.problem]);
    rmSync(directory);
    await clock.advance(HOUR);
    await expect.poll(() => backups.problem).toBeNull();
    expect(backups.trouble).toBeNull();
    await backups.stop();
  });
});

describe('inspection', () => {
  async function aBackup(): Promise<string> {
    const store = await openStore();
    await store.accept(Array.from({ length: 50 }, () => newMessage(NOW)));
    return (await backup()).file;
  }

  const tampered = (file: string, change: (db: Database.Database) => void): string => {
    const db = new Database(file);
    db.unsafeMode();
    change(db);
    db.close();
    return file;
  };

  it('X05 refuses what is no SQLite file: an archive, a text, nothing, a link to something else', async () => {
    const file = join(scratch, 'x.db');
    for (const octets of [
      Buffer.from('PK\x03\x04../../etc/passwd'),
      Buffer.from('SQLite format 4\0'),
      Buffer.alloc(0),
      Buffer.alloc(4096),
    ]) {
      writeFileSync(file, octets);
      await expect(inspectStore(file)).rejects.toMatchObject({ code: 'storeForeign' });
    }
    symlinkSync('/etc/passwd', join(scratch, 'link.db'));
    await expect(inspectStore(join(scratch, 'link.db'))).rejects.toMatchObject({ code: 'storeForeign' });
    writeFileSync(file, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(5000, 0x41)]));
    await expect(inspectStore(file)).rejects.toMatchObject({ code: expect.stringMatching(/storeForeign|storeDamaged/) });
  });

  it.each<[string, (db: Database.Database) => void, string]>([
    ['another program’s file', (db) => db.pragma('application_id = 7'), 'storeForeign'],
    ['a version that never was', (db) => db.pragma('user_version = 0'), 'storeForeign'],
    ['a newer version', (db) => db.pragma('user_version = 99'), 'storeNewer'],
    [
      'a trigger that somebody added',
      (db) => db.exec('CREATE TRIGGER evil AFTER INSERT ON messages BEGIN DELETE FROM attempts; END'),
      'storeForeign',
    ],
    ['a view in place of a table', (db) => db.exec('DROP TABLE slots; CREATE VIEW slots AS SELECT 1'), 'storeForeign'],
    ['a table more', (db) => db.exec('CREATE TABLE extra (x)'), 'storeForeign'],
    ['an index less', (db) => db.exec('DROP INDEX messages_status'), 'storeForeign'],
    [
      'rows without the rows that they belong to',
      (db) => {
        db.pragma('foreign_keys = OFF');
        db.exec('DELETE FROM messages WHERE seq = 3');
      },
      'storeDamaged',
    ],
    [
      'a schema that lies about its tables',
      (db) => {
        db.pragma('writable_schema = ON');
        db.exec(
          "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'segments') WHERE name = 'message_texts'",
        );
      },
      'storeDamaged',
    ],
  ])('X05 refuses %s', async (_what, change, code) => {
    const file = tampered(await aBackup(), change);
    await expect(inspectStore(file)).rejects.toMatchObject({ code, message: expect.stringContaining(file) });
  });

  it('X05 refuses a file that is cut short', async () => {
    const file = await aBackup();
    writeFileSync(file, readFileSync(file).subarray(0, 40 * 2048));
    await expect(inspectStore(file)).rejects.toMatchObject({ code: 'storeDamaged' });
  });
});
