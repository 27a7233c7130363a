import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../src/base/fault.ts';
import { seededRandom, systemRandom } from '../../src/base/random.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { apiRig } from '../support/api-rig.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { full } from '../support/store-runs.ts';
import { longMessage, mustClaim, newMessage, SIM_A } from '../support/store-samples.ts';

const NOW = new FakeClock().now();
const PAGE = 2048;
const MESSAGES = 300;
const AS_WRITTEN = '+380501234567 Вас записано на 10:30.';

let scratch: string;
let whole: string;
let ids: string[];

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'simpost-damage-'));
  whole = join(scratch, 'whole');
});
afterEach(() => rm(scratch, { recursive: true, force: true }));

const openStore = (path: string): Promise<Store> =>
  openSqliteStore({ path, clock: new FakeClock(), random: seededRandom(1), daemon: true, onFatal: () => {} });

/** A store with messages, some sent, all folded into the file; the last ones stand in the WAL alone when asked for. */
async function makeStore(inWal: boolean): Promise<void> {
  const store = await openStore(whole);
  const messages = Array.from({ length: MESSAGES }, () => newMessage(NOW));
  ids = messages.map((m) => m.id);
  await store.accept(messages);
  for (let i = 0; i < 50; i += 1) {
    const claim = await mustClaim(store, SIM_A, NOW);
    await store.settle(claim.attemptId, { kind: 'sent', mr: i, at: NOW });
  }
  if (inWal) cpSync(whole, `${whole}-wal`, { recursive: true });
  await store.close();
}

/** What a damaged store is found to be: read as it was, or what was said of it. */
async function found(path: string): Promise<{ ids: string[]; texts: Set<string> } | { said: string }> {
  let store: Store;
  try {
    store = await openStore(path);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { said: `${error.code}: ${error.message}` };
  }
  try {
    await store.examine();
    const { data } = await store.messages({}, { limit: 500, cursor: null });
    return { ids: data.map((m) => m.id), texts: new Set(data.filter((m) => !m.damaged).map((m) => `${m.to} ${m.text}`)) };
  } catch (error) {
    const fault = error instanceof Fault ? error : store.faultOf(error);
    if (!fault) throw error;
    return { said: `${fault.code}: ${fault.message}` };
  } finally {
    await store.close();
  }
}

/** Flips one bit. */
function flip(file: string, at: number, bit: number): void {
  const octets = readFileSync(file);
  octets.writeUInt8(octets.readUInt8(at) ^ (1 << bit), at);
  writeFileSync(file, octets);
}

describe('a store that was damaged', () => {
  it('S05 is read whole or said to be damaged, and never found empty, whichever bit of its file is flipped', async () => {
    await makeStore(false);
    const seed = Math.floor(systemRandom.float() * 2 ** 31);
    console.info(`flips: seed ${seed}`);
    const random = seededRandom(seed);
    const size = readFileSync(join(whole, 'simpost.db')).length;
    const flips = full(500);
    let said = 0;
    for (let i = 0; i < flips; i += 1) {
      const path = join(scratch, `flip-${i}`);
      cpSync(whole, path, { recursive: true });
      // Every other one where it hurts: in the header of a page of a b-tree.
      const page = Math.floor(random.float() * (size / PAGE));
      const at = page * PAGE + Math.floor(random.float() * (i % 2 === 0 ? PAGE : 8)) + (page === 0 && i % 2 === 1 ? 100 : 0);
      flip(join(path, 'simpost.db'), at, Math.floor(random.float() * 8));
      const result = await found(path);
      if ('said' in result) {
        said += 1;
        expect(result.said, `seed ${seed}, flip ${i} at ${at}`).toMatch(/^store(Damaged|Foreign|Newer): .*(restore|newer)/);
      } else {
        expect(result.ids, `seed ${seed}, flip ${i} at ${at}`).toHaveLength(MESSAGES);
        // A page can be whole and a letter in it another: whatever is not said to be damaged reads as it was written.
        expect(result.texts, `seed ${seed}, flip ${i} at ${at}`).toEqual(new Set([AS_WRITTEN]));
      }
      rmSync(path, { recursive: true });
    }
    expect(said).toBeGreaterThan(flips / 5);
    console.info(`${said} of ${flips} flips were noticed`);
  }, 300_000);

  it.each([
    ['a letter of the text', "UPDATE message_texts SET text = replace(text, '10', '90') WHERE message_seq = @seq"],
    ['a digit of the number', "UPDATE messages SET recipient = '+380501234568' WHERE seq = @seq"],
    ['the length of a segment', 'UPDATE segments SET chars = chars + 1 WHERE message_seq = @seq AND n = 2'],
    ['the alphabet', "UPDATE messages SET alphabet = 'gsm7' WHERE seq = @seq"],
  ])('S05 never sends a message of which %s is not what was written, and says so', async (_what, change) => {
    const store = await openStore(whole);
    try {
      const damaged = longMessage(NOW, 3, {
        text: 'о 10:30, о 10:30, о 10:30',
        segments: Array.from({ length: 3 }, () => ({ text: 'о 10:30, ' })),
      });
      const other = newMessage(NOW);
      await store.accept([damaged, other]);
      const db = new Database(join(whole, 'simpost.db'));
      const seq = db.prepare('SELECT seq FROM messages WHERE id = ?').pluck().get(damaged.id);
      expect(db.prepare(change).run({ seq }).changes).toBe(1);
      db.close();
      expect((await mustClaim(store, SIM_A, NOW)).messageId).toBe(other.id);
      expect(await store.message(damaged.id)).toMatchObject({ status: 'failed', reason: 'damaged', damaged: true });
      expect(await store.message(other.id)).toMatchObject({ damaged: false });
    } finally {
      await store.close();
    }
  });

  it('S05 reads what an earlier version wrote, which has no CRC, and what was erased', async () => {
    const store = await openStore(whole);
    try {
      const [old, erased] = [newMessage(NOW), newMessage(NOW)];
      await store.accept([old, erased]);
      const db = new Database(join(whole, 'simpost.db'));
      db.prepare('UPDATE message_texts SET crc = NULL, message_crc = NULL WHERE message_seq = (SELECT seq FROM messages WHERE id = ?)').run(
        old.id,
      );
      db.close();
      expect((await mustClaim(store, SIM_A, NOW)).messageId).toBe(old.id);
      await store.cancel(erased.id, NOW);
      await store.eraseTexts({ otp: 0, urgent: 0, service: 0, promotional: 0, inbound: 0 }, NOW);
      expect(await store.message(erased.id)).toMatchObject({ text: '', damaged: false });
    } finally {
      await store.close();
    }
  });

  it('S05 says of itself by the API that it is damaged, where only what is asked for is', async () => {
    const rig = await apiRig();
    try {
      await rig.call('POST', '/v1/messages', { body: { to: '+380501234567', text: 'Вас записано на 10:30.' } });
      const db = new Database(join(rig.path, 'simpost.db')).unsafeMode();
      db.pragma('writable_schema = ON');
      db.prepare("UPDATE sqlite_schema SET rootpage = 1000000 WHERE name = 'message_texts'").run();
      db.pragma('schema_version = 1000');
      db.close();
      const answer = await rig.call('GET', '/v1/messages');
      expect(answer.json()).toMatchObject({ status: 503, code: 'storeDamaged', detail: expect.stringContaining('simpost restore') });
    } finally {
      await rig.close();
    }
  });

  it('S05 is said to be damaged where a bit makes an opt-out of nothing, not that the key of the list is missing', async () => {
    await makeStore(false);
    const file = join(whole, 'simpost.db');
    const db = new Database(file, { readonly: true });
    const root = db.prepare<[], number>("SELECT rootpage FROM sqlite_master WHERE name = 'suppressions'").pluck().get() ?? 0;
    db.close();
    // The number of cells in the header of a page of a b-tree (https://www.sqlite.org/fileformat2.html, 1.6).
    flip(file, (root - 1) * PAGE + 4, 0);
    expect(await found(whole)).toEqual({ said: expect.stringMatching(/^storeDamaged: /) });
  });

  it('S05 keeps what stands before a damaged place in its WAL, and opens', async () => {
    await makeStore(true);
    const random = seededRandom(5);
    for (let i = 0; i < full(100); i += 1) {
      const path = join(scratch, `wal-${i}`);
      cpSync(`${whole}-wal`, path, { recursive: true });
      const wal = join(path, 'simpost.db-wal');
      flip(wal, Math.floor(random.float() * readFileSync(wal).length), 3);
      rmSync(join(path, 'simpost.db-shm'), { force: true });
      const result = await found(path);
      expect(result).toHaveProperty('ids');
      if ('ids' in result) for (const id of result.ids) expect(ids).toContain(id);
      rmSync(path, { recursive: true });
    }
  });

  it('S05 is a store, not a new one, when its whole WAL is lost on the first day', async () => {
    await makeStore(true);
    const wal = join(`${whole}-wal`, 'simpost.db-wal');
    expect(existsSync(wal)).toBe(true);
    rmSync(wal);
    expect(readFileSync(join(`${whole}-wal`, 'simpost.db')).length).toBeGreaterThan(20 * PAGE);
    expect(await found(`${whole}-wal`)).toEqual({ ids: [], texts: new Set() });
  });

  it('S05 says so when it was cut short or filled with rubbish, and stays as it was found', async () => {
    await makeStore(false);
    const file = join(whole, 'simpost.db');
    truncateSync(file, 10 * PAGE);
    const before = readFileSync(file);
    expect(await found(whole)).toMatchObject({ said: expect.stringMatching(/^storeDamaged: .*restore/) });
    mkdirSync(join(scratch, 'rubbish'));
    writeFileSync(join(scratch, 'rubbish', 'simpost.db'), Buffer.alloc(50 * PAGE, 0x5a));
    expect(await found(join(scratch, 'rubbish'))).toMatchObject({ said: expect.stringMatching(/^storeForeign: .*restore/) });
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});
