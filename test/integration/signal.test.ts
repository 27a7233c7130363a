import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { systemRandom } from '../../src/base/random.ts';
import { SignalLog } from '../../src/metrics/signal-log.ts';
import type { Store } from '../../src/store/store.ts';
import { apiRig } from '../support/api-rig.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openStore } from '../support/open-store.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const IMEI = '867648012345678';

const sim = (n: number) => ({
  iccid: `89380062300${String(n).padStart(8, '0')}`,
  imei: `8676480123456${70 + n}`,
  registered: true,
  signalDbm: -70 - n,
});

let folder: string;
let clock: FakeClock;
let store: Store;
let heard: ReturnType<typeof sim>[];
let log: SignalLog;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'simpost-signal-'));
  clock = new FakeClock();
  await open();
});
afterEach(async () => {
  await log.stop();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  store = await openStore({
    path: folder,
    clock,
    random: systemRandom,
  });
  heard = [sim(8)];
  log = new SignalLog({ store, clock, log: silentLog, sims: () => heard });
  log.start();
}

it('a sample each five minutes, over a start; where the SIM is not registered there is none to tell, and where it is gone none at all', async () => {
  const began = clock.now();
  await clock.advance(10 * MINUTE);
  heard = [{ ...sim(8), registered: false }];
  await clock.advance(5 * MINUTE);
  heard = [];
  await clock.advance(60 * MINUTE);
  await log.stop();
  await store.close();
  await open();
  await clock.advance(5 * MINUTE);
  expect((await log.since(IMEI, 0)).map(({ at, dbm }) => [(at - began) / MINUTE, dbm])).toEqual([
    [5, -78],
    [10, -78],
    [15, null],
    [80, -78],
  ]);
  expect(await log.since(IMEI, began + 15 * MINUTE)).toHaveLength(2);
  expect(await log.since('867648000000000', 0)).toEqual([]);
});

it('S10: what eight modems hear for a week is kept no longer, and costs the disk less than two megabytes a day', async () => {
  heard = Array.from({ length: 8 }, (_, n) => sim(n));
  const written = (): number => Number(/wchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
  const before = written();
  let pages = 0;
  for (let day = 0; day < 9; day += 1) {
    for (let half = 0; half < 48; half += 1) {
      await clock.advance(30 * MINUTE);
      // In the order of the disk: what is asked for after it is written behind it.
      await store.signals.keep([], 0);
    }
    if (day === 7) pages = written() - before;
  }
  expect(pages / 8).toBeLessThan(2e6);
  const all = await log.since(IMEI.replace('678', '670'), 0);
  expect(all.length).toBe((7 * DAY) / (5 * MINUTE) + 1);
  expect(clock.now() - (all[0]?.at ?? 0)).toBeLessThanOrEqual(7 * DAY);
});

it('the API shows the last day, or from when on it is asked for, by IMEI, port or name', async () => {
  const modem = {
    imei: IMEI,
    port: '/dev/ttyUSB0',
    usbPath: null,
    sharedImei: false,
    name: 'desk',
    manufacturer: null,
    model: null,
    profile: null,
    state: 'ready',
    reason: 'ready',
    notes: [],
    sentence: 'Ready.',
    nextStep: null,
    sim: sim(8).iccid,
  } as const;
  const rig = await apiRig({ modems: () => [modem], signals: log });
  await clock.advance(30 * 60 * MINUTE);
  await rig.clock.advance(clock.now() - rig.clock.now());
  const day = (await rig.call('GET', '/v1/modems/desk/signal')).json();
  expect(day.imei).toBe(IMEI);
  expect(day.data).toHaveLength(24 * 12 + 1);
  expect(day.data.at(-1)).toEqual({ at: new Date(clock.now()).toISOString(), dbm: -78, sim: sim(8).iccid });
  const since = encodeURIComponent(new Date(clock.now() - 10 * MINUTE).toISOString());
  for (const named of [IMEI, encodeURIComponent('/dev/ttyUSB0')]) {
    expect((await rig.call('GET', `/v1/modems/${named}/signal?since=${since}`)).json().data).toHaveLength(3);
  }
  expect((await rig.call('GET', '/v1/modems/nobody/signal')).statusCode).toBe(404);
  expect((await rig.call('GET', '/v1/modems/desk/signal?since=yesterday')).statusCode).toBe(400);
  await rig.close();
});
