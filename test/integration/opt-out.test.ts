import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import type { SuppressionScope } from '../../src/base/suppression-scope.ts';
import { makeBackup } from '../../src/store/backup.ts';
import { restoreStore } from '../../src/store/restore.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { claimOn, newMessage, SIM_A, SIM_B, statusOf } from '../support/store-samples.ts';

const NOW = new FakeClock().now();
const TO = '+380501112233';

let scratch: string;
let folder: string;
const open: Store[] = [];

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'simpost-opt-out-'));
  folder = join(scratch, 'data');
});
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
  await rm(scratch, { recursive: true, force: true });
});

async function openStore(synchronous: 'FULL' | 'OFF' = 'FULL'): Promise<Store> {
  const store = await openSqliteStore({
    path: folder,
    clock: new FakeClock(),
    random: seededRandom(1),
    daemon: true,
    synchronous,
    onFatal: (error) => {
      throw error;
    },
  });
  open.push(store);
  return store;
}

const stop = (store: Store, to = TO, scopes: readonly SuppressionScope[] = ['purpose:promotional']) =>
  store.optOut.suppress([{ to, scopes, source: 'reply', at: NOW }]);

const offer = (to = TO) => newMessage(NOW, { to, purpose: 'promotional' });

describe('an opt-out', () => {
  it('O01 no offer is claimed after a STOP has committed, in 10,000 interleavings', async () => {
    // A claim is the commit of an intent: what runs together is ordered by SQLite, and the disk adds nothing to that order.
    const store = await openStore('OFF');
    const chance = seededRandom(20261122);
    const stopped = new Set<string>();
    const claimed = { before: 0, after: 0 };
    for (let round = 0; round < 1250; round += 1) {
      const numbers = Array.from({ length: 8 }, (_, i) => `+38050${String(round * 8 + i).padStart(7, '0')}`);
      await store.accept(numbers.flatMap((to) => [offer(to), offer(to)]));
      const claim = (iccid: string) =>
        claimOn(store, iccid, NOW).then((one) => {
          if (one) claimed[stopped.has(one.to) ? 'after' : 'before'] += 1;
        });
      const work = [
        ...numbers.map((to) => () => stop(store, to).then(() => stopped.add(to))),
        ...Array.from({ length: 12 }, (_, i) => () => claim(i % 2 === 0 ? SIM_A : SIM_B)),
      ]
        .map((job) => ({ job, at: chance.bytes(2).reduce((sum, octet) => sum * 256 + octet, 0) }))
        .sort((a, b) => a.at - b.at);
      const jobs: Promise<unknown>[] = [];
      for (const { job, at } of work) {
        jobs.push(job());
        // Now and then in a transaction of its own.
        if (at % 8 === 0) await Promise.all(jobs);
      }
      await Promise.all(jobs);
      // What was not claimed before is refused at the next look, and nothing is left for the next round.
      expect(await claimOn(store, SIM_A, NOW)).toBeUndefined();
    }
    expect(stopped.size).toBe(10_000);
    expect(claimed.after).toBe(0);
    // The control: many went before, and many were ended.
    expect(claimed.before).toBeGreaterThan(3000);
    expect(claimed.before).toBeLessThan(17_000);
    expect(store.queueDepth()).toEqual({ ready: 0, waiting: 0 });
  }, 600_000);

  it('O01 ends what is left of a long offer, lets codes through, and holds on every SIM', async () => {
    const store = await openStore();
    const [news, code, reminder] = [offer(), newMessage(NOW, { to: TO, purpose: 'otp' }), newMessage(NOW, { to: TO, topic: 'reminder' })];
    await stop(store, TO, ['all']);
    await store.accept([news, code, reminder]);
    expect((await claimOn(store, SIM_A, NOW))?.messageId).toBe(code.id);
    expect(await claimOn(store, SIM_A, NOW)).toBeUndefined();
    expect(await claimOn(store, SIM_B, NOW)).toBeUndefined();
    expect(await store.message(news.id)).toMatchObject({ status: 'refused', reason: 'optedOut' });
    expect(await store.message(reminder.id)).toMatchObject({ status: 'refused', reason: 'optedOut' });
  });

  it('stops its scope alone: one topic, one purpose', async () => {
    const store = await openStore();
    await stop(store, TO, ['topic:news']);
    const kept = [newMessage(NOW, { to: TO, topic: 'reminder' }), newMessage(NOW, { to: TO, topic: null })];
    const ended = newMessage(NOW, { to: TO, topic: 'news' });
    await store.accept([ended, ...kept]);
    for (const { id } of kept) expect((await claimOn(store, SIM_A, NOW))?.messageId).toBe(id);
    expect(await statusOf(store, ended.id)).toBe('refused optedOut');
    expect(store.optOut.over(TO, 'service', 'news')).toBe('topic:news');
    expect(store.optOut.over(TO, 'otp', 'news')).toBeNull();
    expect(await store.optOut.release(TO, ['topic:news', 'all'])).toBe(1);
    expect(store.optOut.over(TO, 'service', 'news')).toBeNull();
  });

  it('keeps no number: only a keyed hash, with a key that is its owner’s alone', async () => {
    const store = await openStore();
    await stop(store);
    await store.close();
    const key = join(folder, 'suppression.key');
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(readFileSync(key, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    for (const name of readdirSync(folder)) {
      const octets = readFileSync(join(folder, name)).toString('latin1');
      expect(octets.includes(TO.slice(1)), name).toBe(false);
    }
    expect((await openStore()).optOut.over(TO, 'promotional', null)).toBe('purpose:promotional');
  });

  it('does not start without its key, and says what to do', async () => {
    const store = await openStore();
    await stop(store);
    await store.close();
    rmSync(join(folder, 'suppression.key'));
    await expect(openStore()).rejects.toMatchObject({ code: 'suppressionKeyMissing' });
    writeFileSync(join(folder, 'suppression.key'), `${'ab'.repeat(32)}\n`);
    await expect(openStore()).rejects.toThrow('is not the key');
  });
});

describe('a restored store', () => {
  const backup = async (): Promise<string> => (await makeBackup({ folder, directory: join(scratch, 'backups'), now: NOW })).file;

  it('O10 knows who opted out before the backup and since, and the key is not in it', async () => {
    const store = await openStore();
    await stop(store);
    const file = await backup();
    await stop(store, '+380501112244');
    await store.close();
    const key = readFileSync(join(folder, 'suppression.key'), 'utf8').trim();
    expect(readFileSync(file).includes(Buffer.from(key, 'hex'))).toBe(false);
    expect(readFileSync(file, 'latin1').includes(key)).toBe(false);
    expect(await restoreStore({ folder, file, now: NOW, by: 'test' })).toMatchObject({ lostSuppression: false, optOutsKept: true });
    const restored = await openStore();
    for (const to of [TO, '+380501112244']) expect(restored.optOut.over(to, 'promotional', null)).toBe('purpose:promotional');
  });

  it('without the key is refused; told to lose the list, it sends nothing but codes until a person says that it is whole', async () => {
    const store = await openStore();
    await stop(store);
    const file = await backup();
    await store.close();
    const elsewhere = join(scratch, 'other');
    await expect(restoreStore({ folder: elsewhere, file, now: NOW, by: 'test' })).rejects.toMatchObject({ code: 'restoreRefused' });
    expect(await restoreStore({ folder: elsewhere, file, now: NOW, by: 'test', loseSuppression: true })).toMatchObject({
      lostSuppression: true,
    });
    folder = elsewhere;
    const restored = await openStore();
    await restored.setSending({ state: 'running', purpose: null, sim: null, at: NOW });
    expect(restored.optOut.lostAt()).toBe(NOW);
    const [code, news] = [newMessage(NOW, { purpose: 'otp' }), newMessage(NOW)];
    await restored.accept([news, code]);
    expect((await claimOn(restored, SIM_A, NOW))?.messageId).toBe(code.id);
    expect(await claimOn(restored, SIM_A, NOW)).toBeUndefined();
    expect(await restored.message(news.id)).toMatchObject({ status: 'refused', reason: 'suppressionsUnknown' });
    // The imported list is made with a key of its own, and outlives a restart.
    await stop(restored);
    await restored.optOut.setWhole();
    await restored.close();
    const again = await openStore();
    expect(again.optOut.over('+380671112233', 'service', null)).toBeNull();
    expect(again.optOut.over(TO, 'promotional', null)).toBe('purpose:promotional');
  });
});
