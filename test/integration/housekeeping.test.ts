import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { keepHouse } from '../../src/daemon/housekeeping.ts';
import type { Store } from '../../src/store/store.ts';
import { loadText } from '../support/config-text.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openStore } from '../support/open-store.ts';
import { DAY, mustClaim, newMessage, SIM_A } from '../support/store-samples.ts';

const HOUR = 3_600_000;

let folder: string;
let store: Store;
let clock: FakeClock;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'simpost-house-'));
  clock = new FakeClock();
  store = await openStore({
    path: folder,
    clock,
    random: seededRandom(1),
  });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

it('T01: each hour erases what is over its time and writes who handed over how much, and nothing of it while nobody knows the time', async () => {
  const message = newMessage(clock.now(), { keyId: 'key_crm' });
  await store.accept([message]);
  await store.settle((await mustClaim(store, SIM_A, clock.now())).attemptId, { kind: 'sent', mr: 7, at: clock.now() });
  const trust = { trusted: false };
  let turns = 0;
  await clock.advance(31 * DAY);
  const house = keepHouse({ config: loadText(''), store, clock, log: silentLog, time: { trust } }, () => {
    turns += 1;
  });
  const text = async (): Promise<string | undefined> => (await store.message(message.id))?.text;
  const handedOver = async (): Promise<string[]> =>
    (await store.auditLog({}, { limit: 9, cursor: null })).data.map(({ actor, action }) => `${actor} ${action}`);

  await clock.advance(HOUR);
  expect([turns, await text(), await handedOver()]).toEqual([1, message.text, []]);
  trust.trusted = true;
  await clock.advance(HOUR);
  await expect.poll(text).toBe('');
  expect([turns, await handedOver()]).toEqual([2, ['key_crm message.accept']]);
  house.cancel();
  expect(clock.timers).toBe(0);
});
