import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AlertWatch } from '../../src/alerts/watch.ts';
import { silentLog } from '../../src/base/log.ts';
import { systemRandom } from '../../src/base/random.ts';
import { boxState } from '../../src/daemon/box-state.ts';
import type { SimOutlook } from '../../src/policy/sim-outlook.ts';
import { Standings } from '../../src/standing/standings.ts';
import type { Store } from '../../src/store/store.ts';
import { webhookId } from '../../src/webhooks/endpoints.ts';
import { deliver } from '../support/fake-modem.ts';
import { openStore } from '../support/open-store.ts';
import { newMessage } from '../support/store-samples.ts';
import { UsbBench } from '../support/usb-bench.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const SOCKETS = Array.from({ length: 8 }, (_, n) => `1-1.${n + 1}`);
const NO_OUTLOOK: SimOutlook = { packageEndsAt: null, topUpBy: null, payBy: null, warmUpDay: null, sentences: [], alerts: [] };

/** Eight sticks on a hub, and the room of alerts that looks at them, on a clock that stands still until it is moved. */
let folder: string;
let bench: UsbBench;
let store: Store;
let alerts: AlertWatch;
/** How often the modems asked to be looked at out of turn. */
let asked: number;
let ttys: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'simpost-modem-alerts-'));
  [asked, ttys] = [0, 0];
  bench = new UsbBench([], true, false, {
    onTrouble: () => {
      asked += 1;
    },
  });
  const { clock, pool } = bench.rig;
  store = await openStore({
    path: folder,
    clock,
    random: systemRandom,
  });
  const standings = new Standings({
    store,
    clock,
    log: silentLog,
    hearsNetwork: () => true,
    askBalance: () => undefined,
    onChange: () => undefined,
  });
  alerts = new AlertWatch({
    store,
    clock,
    log: silentLog,
    channels: [],
    language: 'en',
    quiet: 15 * MINUTE,
    box: () =>
      boxState({
        store,
        now: clock.now(),
        diskFree: 10e9,
        sims: pool.sims(),
        modems: pool.modems(),
        lostTogether: pool.lostTogether,
        standings,
        damage: undefined,
        noBackup: null,
        clockTrusted: true,
        numbersBlocked: false,
        costReached: false,
        strangers: [],
        simName: () => null,
        balanceBelow: () => 0,
        outlookOf: () => NO_OUTLOOK,
        urlOf: () => undefined,
      }),
  });
  for (const n of SOCKETS.keys()) plug(n);
  pool.start();
  await bench.settle(8);
});
afterEach(async () => {
  const stopped = bench.rig.pool.stop(0);
  await bench.rig.clock.advance(200_000);
  await stopped;
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** @param n of its socket and of what is in it; its tty is another one each time */
function plug(n: number): void {
  ttys += 1;
  const body = { imei: String(867_648_010_000_000 + n), iccid: `89380062300${String(n).padStart(8, '0')}` };
  bench.plug(SOCKETS[n] ?? '', [[`/dev/ttyUSB${ttys}`, body]]);
}

const unplug = (n: number): void => bench.unplug(SOCKETS[n] ?? '');

/** Lets time go on; the box is looked at each half minute, as the daemon does. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 30 * SECOND) {
    await bench.rig.clock.advance(Math.min(left, 30 * SECOND));
    await alerts.look();
  }
}

/** All alerts there ever were, the oldest first: of what, and whether it is over. */
async function told(): Promise<unknown[]> {
  const { data } = await store.alerts.list(true, { limit: 50, cursor: null });
  return data.toReversed().map(({ kind, subject, overAt }) => [kind, subject, overAt === null ? 'open' : 'over']);
}

const sentences = async (): Promise<string[]> => (await store.alerts.open()).map((alert) => alerts.sentence(alert));

it('M11: eight modems that vanish at once are one alert, also where all are back within two minutes', async () => {
  const began = bench.rig.clock.monotonic();
  for (const n of SOCKETS.keys()) unplug(n);
  await bench.rig.clock.advance(2 * SECOND);
  expect(asked).toBe(1);
  await pass(40 * SECOND);
  expect(await sentences()).toEqual(['8 modems went at once. Look at their power and the USB hub.']);
  for (const n of SOCKETS.keys()) plug(n);
  await bench.settle(8);
  expect(bench.rig.clock.monotonic() - began).toBeLessThanOrEqual(120 * SECOND);
  await pass(10 * MINUTE);
  expect(await told()).toEqual([['modemsLost', '', 'over']]);
  expect(bench.every.flatMap((fake) => fake.heard).filter((line) => line.startsWith('AT+CFUN'))).toEqual([]);
});

it('M11: eight that stay away are one alert, which says nothing of each of them nor of what follows, until the last is back', async () => {
  for (const n of SOCKETS.keys()) unplug(n);
  await pass(20 * MINUTE);
  expect(await told()).toEqual([['modemsLost', '', 'open']]);
  for (const n of SOCKETS.keys()) if (n !== 3) plug(n);
  await bench.settle(7);
  await pass(20 * MINUTE);
  expect(await told()).toEqual([['modemsLost', '', 'open']]);
  plug(3);
  await bench.settle(8);
  await pass(MINUTE);
  expect(await told()).toEqual([['modemsLost', '', 'over']]);
});

it('one that goes alone, and one that goes long after the others, is told of by its own name', async () => {
  unplug(2);
  await pass(6 * MINUTE);
  expect(await sentences()).toEqual(['Modem 1-1.3 is gone. Look at its cable and power.']);
  for (const n of [4, 5]) unplug(n);
  await pass(6 * MINUTE);
  unplug(6);
  await pass(6 * MINUTE);
  expect(await told()).toEqual([
    ['modemAbsent', '1-1.3', 'open'],
    ['modemsLost', '', 'open'],
    ['modemAbsent', '1-1.7', 'open'],
  ]);
});

it('M05: another program that opens a port is named in an alert, for which nobody waits longer than ten seconds', async () => {
  bench.others.set('/dev/ttyUSB2', ['minicom (process 1234)']);
  await bench.rig.clock.advance(10 * SECOND);
  expect(asked).toBe(1);
  await alerts.look();
  expect(await sentences()).toEqual([
    'Also minicom (process 1234) has the port of modem /dev/ttyUSB2 open, so answers may get lost. Close it.',
  ]);
  bench.others.clear();
  await bench.rig.clock.advance(10 * SECOND);
  expect(asked).toBe(2);
  await alerts.look();
  expect(await told()).toEqual([['portShared', '/dev/ttyUSB2', 'over']]);
});

it('I02, I08: a modem that does not delete what came in is told of before its storage is full', async () => {
  const fake = bench.live.get('/dev/ttyUSB1');
  fake?.instead.set('AT+CMGD', ['ERROR']);
  for (let slot = 0; slot < 18; slot += 1) fake?.storage.set(slot, { stat: 0, pdu: deliver(slot) });
  fake?.say('+CMTI: "SM",0');
  await pass(4 * MINUTE);
  const [modem] = bench.rig.pool.modems();
  expect(modem?.notes).toMatchObject([
    { code: 'notDeleted', count: 18 },
    { code: 'storageFilling', count: 90 },
  ]);
  expect(await told()).toEqual([['modemKeepsMessages', '/dev/ttyUSB1', 'open']]);
  fake?.instead.delete('AT+CMGD');
  await pass(10 * MINUTE);
  expect(await told()).toEqual([['modemKeepsMessages', '/dev/ttyUSB1', 'over']]);
});

it('an alert about a webhook of the configuration has its id, and no address, which may hold a token', async () => {
  const { clock } = bench.rig;
  const url = 'https://crm.example/sms?token=secret';
  store.setEndpoints([{ name: url, events: ['*'] }]);
  await store.accept([newMessage(clock.now())]);
  const [delivery] = await store.dueDeliveries(url, clock.now(), 1);
  await store.settleDelivery(delivery?.id ?? 0, { kind: 'gone', at: clock.now(), reason: 'gone', error: 'HTTP 410' });
  await pass(30 * SECOND);
  const { data } = await store.alerts.list(false, { limit: 10, cursor: null });
  expect(data).toMatchObject([{ kind: 'webhookGone', subject: webhookId(url) }]);
  expect(JSON.stringify(data)).not.toContain('token');
});
