import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import { restoredText } from '../../src/commands/restore.ts';
import { makeBackup } from '../../src/store/backup.ts';
import type { CampaignPlan } from '../../src/store/records/campaign.ts';
import { restoreStore } from '../../src/store/restore.ts';
import { FIRST_SCHEMA } from '../../src/store/schema.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { claimOn, DAY, mustClaim, newMessage, SIM_A, statusOf } from '../support/store-samples.ts';

const NOW = new FakeClock().now();
const HOUR = 3_600_000;

let scratch: string;
let folder: string;
const open: Store[] = [];

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'simpost-restore-'));
  folder = join(scratch, 'data');
});
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
  await rm(scratch, { recursive: true, force: true });
});

async function openStore(path = folder): Promise<Store> {
  const store = await openSqliteStore({
    path,
    clock: new FakeClock(),
    random: seededRandom(1),
    daemon: true,
    onFatal: (error) => {
      throw error;
    },
  });
  open.push(store);
  return store;
}

const backup = async (now = NOW): Promise<string> => (await makeBackup({ folder, directory: join(scratch, 'backups'), now })).file;

const restore = (file: string) => restoreStore({ folder, file, now: NOW + HOUR, by: 'cli:test' });

const ids = async (store: Store): Promise<string[]> => (await store.messages({}, { limit: 99, cursor: null })).data.map((m) => m.id).sort();

/** Everything in the data folder, with its contents. */
const contents = (): string[] =>
  readdirSync(folder)
    .filter((name) => name !== 'daemon.lock')
    .sort()
    .map((name) => `${name} ${readFileSync(join(folder, name)).toString('base64')}`);

describe('a restored store', () => {
  it('S07 sends nothing again: paused until a person resumes, and what may have gone out since is flagged', async () => {
    const store = await openStore();
    const messages = Array.from({ length: 100 }, () => newMessage(NOW));
    const later = newMessage(NOW, { sendAt: NOW + DAY, expiresAt: NOW + 2 * DAY, held: { reason: 'scheduled', dueAt: NOW + DAY } });
    await store.accept([...messages, later]);
    const file = await backup();
    for (let i = 0; i < 100; i += 1) {
      const claim = await mustClaim(store, SIM_A, NOW);
      await store.settle(claim.attemptId, { kind: 'sent', mr: i, at: NOW });
    }
    await store.close();

    expect(await restore(file)).toMatchObject({ messages: 101, open: 101, doubtful: 100 });
    const restored = await openStore();
    expect(restored.pauses()).toEqual([{ purpose: null, sim: null, since: NOW + HOUR }]);
    expect(await claimOn(restored, SIM_A, NOW + HOUR)).toBeUndefined();

    // It stays so over a restart; a person ends it, and each copy tells what it may be.
    await restored.close();
    const again = await openStore();
    expect(await claimOn(again, SIM_A, NOW + HOUR)).toBeUndefined();
    await again.setSending({ state: 'running', purpose: null, sim: null, at: NOW + HOUR });
    for (let i = 0; i < 100; i += 1) expect((await mustClaim(again, SIM_A, NOW + HOUR)).possibleDuplicate).toBe(true);
    expect((await again.message(later.id))?.possibleDuplicate).toBe(false);
  });

  it('S07 goes on with no campaign by itself: who got it since is not known', async () => {
    const store = await openStore();
    const plan: CampaignPlan = {
      ...{ name: 'x', segment: null, condition: null, variants: [], purpose: 'promotional', topic: null, startAt: null, perHour: null },
      ...{ budget: null, stopAtOptOuts: null, sim: null, cameBackDays: 30 },
    };
    for (const [i, state] of (['running', 'scheduled', 'finished', 'draft'] as const).entries()) {
      await store.campaigns.add({ id: `cmp_${i}`, keyId: 'key_a', plan, createdAt: NOW });
      await store.campaigns.move(`cmp_${i}`, ['draft'], state, { now: NOW });
    }
    const file = await backup();
    await store.close();
    await restore(file);
    const restored = await openStore();
    expect([0, 1, 2, 3].map((i) => restored.campaigns.of(`cmp_${i}`)).map((c) => `${c?.state} ${c?.reason}`)).toEqual([
      ...['paused restored', 'cancelled restored', 'finished null', 'draft null'],
    ]);
  });

  it('S07 numbers its events on from above all that were told, so that who names the last one of before misses nothing after', async () => {
    const store = await openStore();
    await store.accept([newMessage(NOW)]);
    const file = await backup();
    await store.accept(Array.from({ length: 50 }, () => newMessage(NOW)));
    const before = await store.lastEvent();
    await store.close();
    await restore(file);
    const restored = await openStore();
    const message = newMessage(NOW + HOUR);
    await restored.accept([message]);
    const events = await restored.events(before, 100);
    expect(events.map((e) => [e.type, e.message?.id ?? null])).toEqual([
      ['store.restored', null],
      ['message.queued', message.id],
    ]);
    expect(events[0]?.notice).toMatch(/restored.*paused/);
    // And the same backup once more.
    const later = await restored.lastEvent();
    await restored.close();
    await restoreStore({ folder, file, now: NOW + HOUR + 5000, by: 'cli:test' });
    expect((await (await openStore()).events(later, 100)).map((e) => e.type)).toEqual(['store.restored']);
  });

  it('has what the backup had, and the store of before is kept aside, whole', async () => {
    const store = await openStore();
    const [first, second] = [newMessage(NOW), newMessage(NOW)];
    await store.accept([first]);
    const file = await backup();
    await store.accept([second]);
    await store.close();

    const { aside } = await restore(file);
    expect(await ids(await openStore())).toEqual([first.id]);
    expect(aside).toBe(join(folder, 'before-restore-2026-11-22T11-00-00.000Z'));
    expect((statSync(aside ?? '').mode & 0o777).toString(8)).toBe('700');
    expect((statSync(join(folder, 'simpost.db')).mode & 0o777).toString(8)).toBe('600');
    for (const s of open.splice(0)) await s.close();
    // And back again.
    await restoreStore({ folder, file: join(aside ?? '', 'simpost.db'), now: NOW + 2 * HOUR, by: 'cli:test' });
    expect(await ids(await openStore())).toEqual([first.id, second.id].sort());
  });

  it('is made where there was none, and from a store that was left with its WAL', async () => {
    const store = await openStore();
    const message = newMessage(NOW);
    await store.accept([message]);
    const left = join(scratch, 'left');
    cpSync(folder, left, { recursive: true });
    await store.close();
    rmSync(folder, { recursive: true });
    expect(statSync(join(left, 'simpost.db-wal')).size).toBeGreaterThan(0);
    expect(await restore(join(left, 'simpost.db'))).toMatchObject({ messages: 1, aside: null });
    expect(await statusOf(await openStore(), message.id)).toBe('queued');
  });

  it('is brought up to date when an older Simpost made the backup', async () => {
    mkdirSync(scratch, { recursive: true });
    const file = join(scratch, 'old.db');
    const db = new Database(file);
    db.exec(FIRST_SCHEMA);
    db.pragma('application_id = 0x534d5054');
    db.pragma('user_version = 1');
    db.close();
    expect(await restore(file)).toMatchObject({ schema: 1, messages: 0 });
    await (await openStore()).accept([newMessage(NOW)]);
  });

  it('takes the place of a damaged one, which is kept as it was found', async () => {
    const store = await openStore();
    const message = newMessage(NOW);
    await store.accept([message]);
    const file = await backup();
    await store.close();
    const rubbish = Buffer.alloc(10_000, 0x5a);
    writeFileSync(join(folder, 'simpost.db'), rubbish);
    writeFileSync(join(folder, 'simpost.db-wal'), rubbish);
    const { aside } = await restore(file);
    expect(readFileSync(join(aside ?? '', 'simpost.db')).equals(rubbish)).toBe(true);
    expect(readFileSync(join(aside ?? '', 'simpost.db-wal')).equals(rubbish)).toBe(true);
    expect(await statusOf(await openStore(), message.id)).toBe('queued');
  });
});

describe('what is said of a restore', () => {
  it.each([
    [0, 'Sending is paused. No message in the backup can have been sent since: start the daemon, then resume'],
    [1, 'because 1 message may have been sent after the backup was made. It is flagged possibleDuplicate:'],
    [2, 'because 2 messages may have been sent after the backup was made. They are flagged possibleDuplicate:'],
  ])('fits %i messages in doubt, and ends with how to go on', (doubtful, sentence) => {
    const said = restoredText({ schema: 1, messages: 5, open: 3, doubtful, aside: null, lostSuppression: false, optOutsKept: null });
    expect(said).toContain(sentence);
    expect(said).toContain('resume (PUT /v1/sending {"state": "running"}).\n');
    expect(said.includes('cancel what went out already')).toBe(doubtful > 0);
  });
});

describe('a PIN that was refused since the backup', () => {
  it('M06 stays refused', async () => {
    const store = await openStore();
    const file = await backup();
    expect(await store.tryPin(SIM_A, 17, NOW)).toBe(true);
    await store.close();
    await restore(file);
    expect(await (await openStore()).tryPin(SIM_A, 17, NOW)).toBe(false);
  });
});

describe('a restore is refused, and changes nothing', () => {
  it('while a daemon runs on the data folder', async () => {
    const store = await openStore();
    await store.accept([newMessage(NOW)]);
    const file = await backup();
    await expect(restore(file)).rejects.toMatchObject({ code: 'storeInUse', message: expect.stringContaining(folder) });
    await store.accept([newMessage(NOW)]);
    expect(await ids(store)).toHaveLength(2);
  });

  it.each<[string, (file: string) => void, string]>([
    ['a file that is not there', (file) => rmSync(file), 'restoreRefused'],
    [
      'a folder',
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
      'restoreRefused',
    ],
    ['X05 an archive', (file) => writeFileSync(file, 'PK\x03\x04 ../../../etc/cron.d/x'), 'storeForeign'],
    ['X05 half a backup', (file) => writeFileSync(file, readFileSync(file).subarray(0, 30_000)), 'storeDamaged'],
    [
      'a newer store',
      (file) => {
        const db = new Database(file);
        db.pragma('user_version = 99');
        db.close();
      },
      'storeNewer',
    ],
    [
      'X05 a store with a trigger of somebody else',
      (file) => {
        const db = new Database(file);
        db.exec('CREATE TRIGGER evil AFTER UPDATE ON messages BEGIN DELETE FROM attempts; END');
        db.close();
      },
      'storeForeign',
    ],
  ])('for %s', async (_what, spoil, code) => {
    const store = await openStore();
    const message = newMessage(NOW);
    await store.accept([message]);
    const file = await backup();
    await store.close();
    spoil(file);
    const before = contents();
    await expect(restore(file)).rejects.toMatchObject({ code, message: expect.stringContaining(file) });
    expect(contents()).toEqual(before);
    expect(readdirSync(scratch).sort()).toEqual(['backups', 'data']);
    expect(await statusOf(await openStore(), message.id)).toBe('queued');
  });
});
