import { afterEach, describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import type { ModemConfig } from '../../src/modem/config.ts';
import type { ModemView } from '../../src/modem/modem-view.ts';
import { heldMegabytes } from '../support/held-memory.ts';
import { HELLO } from '../support/modem-rig.ts';
import { type Body, type PortOfBench, UsbBench } from '../support/usb-bench.ts';

const body = (n: number): Body => ({ imei: String(867_648_010_000_000 + n), iccid: `89380062300${String(n).padStart(8, '0')}` });
const A = body(1);
const B = body(2);

const benches: UsbBench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) {
    const stopped = bench.rig.pool.stop(0);
    await bench.rig.clock.advance(200_000);
    await stopped;
    expect(bench.rig.clock.timers).toBe(0);
  }
});

function bench(entries: readonly ModemConfig[] = [], discover = true, adapters = false): UsbBench {
  const made = new UsbBench(entries, discover, adapters);
  benches.push(made);
  return made;
}

const views = (b: UsbBench, ...keys: readonly (keyof ModemView)[]): unknown[] => b.rig.pool.modems().map((m) => keys.map((key) => m[key]));

describe('modems that nobody named', () => {
  test('one that is plugged in is ready within a minute, and shown with its IMEI, port and socket', async () => {
    const b = bench();
    b.rig.pool.start();
    await b.rig.clock.advance(1_000);
    b.plug('1-1.4', [['/dev/ttyUSB2', A]]);
    await b.rig.until(() => b.rig.state('/dev/ttyUSB2') === 'ready', 60_000);
    expect(views(b, 'imei', 'port', 'usbPath', 'sim', 'sharedImei')).toEqual([[A.imei, '/dev/ttyUSB2', '1-1.4', A.iccid, false]]);
  });

  test('of a stick whose first port is silent the next one is used, and the silent one is let go', async () => {
    const b = bench();
    b.plug('1-1', [
      ['/dev/ttyUSB0', undefined],
      ['/dev/ttyUSB1', A],
      ['/dev/ttyUSB2', undefined],
    ]);
    b.rig.pool.start();
    await b.settle(1);
    expect(views(b, 'port', 'state')).toEqual([['/dev/ttyUSB1', 'ready']]);
    expect(b.openings).toEqual(['/dev/ttyUSB0', '/dev/ttyUSB1']);
  });

  test('what speaks no AT at any port is let go and asked ever more seldom, and says so', async () => {
    const b = bench();
    b.plug('1-1', [
      ['/dev/ttyUSB0', undefined],
      ['/dev/ttyUSB1', undefined],
    ]);
    b.rig.pool.start();
    await b.rig.until(() => b.rig.pool.modems()[0]?.sentence === 'None of its 2 ports speaks AT.', 120_000);
    await b.rig.clock.advance(3_600_000);
    const before = b.openings.length;
    expect(before).toBeLessThanOrEqual(2 * 5);
    await b.rig.clock.advance(12 * 3_600_000);
    expect(b.openings.length - before).toBeLessThanOrEqual(2 * 12);
    expect(b.openings.length - before).toBeGreaterThanOrEqual(2 * 10);
  });

  test('unplugged it stays in the list as what it last said; back at another socket and tty it is the same one', async () => {
    const b = bench();
    b.plug('1-1', [['/dev/ttyUSB0', A]]);
    b.rig.pool.start();
    await b.settle(1);
    b.unplug('1-1');
    await b.settle(0);
    expect(views(b, 'imei', 'port', 'usbPath', 'state', 'model')).toEqual([[A.imei, null, '1-1', 'absent', 'F100']]);
    b.plug('1-2.3', [['/dev/ttyUSB7', A]]);
    await b.settle(1);
    expect(views(b, 'imei', 'port', 'usbPath', 'state')).toEqual([[A.imei, '/dev/ttyUSB7', '1-2.3', 'ready']]);
  });

  test('back at another tty its dialogue goes on, with what it said before it went', async () => {
    const b = bench();
    b.plug('1-1', [['/dev/ttyUSB0', A]]);
    b.plug('1-2', [['/dev/ttyUSB1', B]]);
    b.rig.pool.start();
    await b.settle(2);
    b.live.get('/dev/ttyUSB0')?.say('+CIEV: "last words",1');
    await b.rig.clock.advance(100);
    const before = b.rig.pool.trace('/dev/ttyUSB0')?.lines() ?? [];
    for (const socket of ['1-1', '1-2']) b.unplug(socket);
    await b.settle(0);
    b.plug('1-4', [['/dev/ttyUSB7', A]]);
    await b.settle(1);
    const lines = b.rig.pool.trace('/dev/ttyUSB7')?.lines() ?? [];
    expect(lines.some((line) => line.text.includes('last words'))).toBe(true);
    expect(lines.slice(0, before.length)).toEqual(before);
    expect(lines.map((line) => line.n)).toEqual(lines.map((_, i) => i + 1));
  });

  test('a plain adapter is asked only where the configuration says so: it may have a printer behind it', async () => {
    const b = bench();
    b.plug('1-1', [['/dev/ttyUSB0', A]], 'adapter');
    b.rig.pool.start();
    await b.rig.clock.advance(60_000);
    expect([b.openings, views(b, 'port')]).toEqual([[], []]);
    const allowed = bench([], true, true);
    allowed.plug('1-1', [['/dev/ttyUSB0', A]], 'adapter');
    allowed.rig.pool.start();
    await allowed.settle(1);
  });

  test('several that answer one IMEI stay apart by their sockets, flagged', async () => {
    const b = bench();
    const pool = [0, 1, 2].map((n) => ({ imei: A.imei, iccid: body(n).iccid }));
    for (const [n, one] of pool.entries()) b.plug(`1-1.${n}`, [[`/dev/ttyUSB${n}`, one]]);
    b.rig.pool.start();
    await b.settle(3);
    expect(views(b, 'usbPath', 'sharedImei', 'sim')).toEqual(pool.map(({ iccid }, n) => [`1-1.${n}`, true, iccid]));
    expect(b.rig.pool.modems()[0]?.sentence).toContain('Others answer the same IMEI');
    b.unplug('1-1.1');
    await b.settle(2);
    b.plug('1-1.1', [['/dev/ttyUSB9', { imei: A.imei, iccid: body(1).iccid }]]);
    await b.settle(3);
    expect(views(b, 'usbPath', 'state')).toHaveLength(3);
    for (const { iccid } of pool) expect(await send(b, iccid)).toEqual({ kind: 'ok', mr: 41 });
  });
});

/** Sends a text that says which SIM is meant. */
async function send(b: UsbBench, iccid: string): Promise<unknown> {
  const sending = b.rig.pool.send(iccid, { ...HELLO, text: iccid.slice(-8) });
  await b.rig.clock.advance(200);
  return sending;
}

describe('modems that are named', () => {
  test('by IMEI: found at whichever port, others are asked who they are and let go untouched', async () => {
    const b = bench([{ imei: B.imei, name: 'front desk' }], false);
    b.rig.pool.start();
    await b.rig.clock.advance(100);
    expect(views(b, 'name', 'imei', 'state', 'port')).toEqual([['front desk', B.imei, 'absent', null]]);
    b.plug('1-1', [['/dev/ttyUSB0', A]]);
    b.plug('1-2', [['/dev/ttyUSB1', B]]);
    await b.settle(1);
    expect(views(b, 'name', 'imei', 'state', 'port')).toEqual([['front desk', B.imei, 'ready', '/dev/ttyUSB1']]);
    expect(b.rig.fake('/dev/ttyUSB0').heard.filter((line) => /CPIN|CNMI|CPMS/.test(line))).toEqual([]);
    b.unplug('1-2');
    await b.settle(0);
    b.plug('1-3', [['/dev/ttyUSB5', B]]);
    await b.settle(1);
    expect(views(b, 'name', 'port')).toEqual([['front desk', '/dev/ttyUSB5']]);
    expect(b.openings.filter((port) => port === '/dev/ttyUSB0')).toHaveLength(1);
  });

  test.each(['1-2.5', 'pci-0-usb-0:1-2.5'])('by socket (%s): whoever is plugged in there has its name', async (usbPath) => {
    const b = bench([{ usbPath, name: 'hub 2, port 5' }], false);
    b.plug('1-2.5', [['/dev/ttyUSB0', A]], 'adapter');
    b.plug('1-2.6', [['/dev/ttyUSB1', B]]);
    b.rig.pool.start();
    await b.settle(1);
    expect(views(b, 'name', 'imei')).toEqual([['hub 2, port 5', A.imei]]);
    b.unplug('1-2.5');
    await b.settle(0);
    b.plug('1-2.5', [['/dev/ttyUSB4', body(3)]], 'adapter');
    await b.settle(1);
    expect(views(b, 'name', 'imei')).toContainEqual(['hub 2, port 5', body(3).imei]);
    expect(b.openings).not.toContain('/dev/ttyUSB1');
  });

  test('by a port: discovery never takes it a second time, nor another port of that stick, also through a link', async () => {
    const b = bench([{ port: '/dev/modem' }]);
    b.links.set('/dev/modem', '/dev/ttyUSB0');
    b.plug('1-1', [
      ['/dev/ttyUSB2', A],
      ['/dev/ttyUSB0', A],
    ]);
    b.plug('1-2', [['/dev/ttyUSB5', B]]);
    b.rig.pool.start();
    await b.settle(2);
    expect(views(b, 'port', 'usbPath')).toEqual([
      ['/dev/modem', '1-1'],
      ['/dev/ttyUSB5', '1-2'],
    ]);
    expect(b.openings.toSorted()).toEqual(['/dev/modem', '/dev/ttyUSB5']);
  });

  test('two ports of one stick are one modem: one is kept, the other takes over when it is gone', async () => {
    const b = bench([{ port: '/dev/ttyUSB0' }, { port: '/dev/ttyUSB2' }], false);
    b.plug('1-1', [
      ['/dev/ttyUSB0', A],
      ['/dev/ttyUSB2', A],
    ]);
    b.rig.pool.start();
    await b.rig.until(() => b.rig.pool.modems().some((m) => m.sentence.includes('in use already')));
    await b.settle(1);
    expect(b.rig.pool.sims()).toHaveLength(1);
    const kept = b.rig.pool.modems().find((m) => m.state === 'ready');
    b.live.get(kept?.port ?? '')?.unplug();
    b.rig.open = (port) => (port === kept?.port ? Promise.reject(new Error('gone')) : undefined);
    b.stir();
    await b.rig.until(() => b.rig.pool.modems().some((m) => m.state === 'ready' && m.port !== kept?.port), 60_000);
  });

  test('a name that leads to another device is opened anew, after the segment that is on its way', async () => {
    const b = bench([{ port: '/dev/modem' }], false);
    b.links.set('/dev/modem', '/dev/ttyUSB0');
    b.plug('1-1', [['/dev/ttyUSB0', A]]);
    b.plug('1-2', [['/dev/ttyUSB1', B]]);
    b.rig.pool.start();
    await b.settle(1);
    const old = b.rig.fake('/dev/modem');
    old.outcome = () => null;
    const sending = b.rig.pool.send(A.iccid, HELLO);
    await b.rig.clock.advance(1_000);
    b.links.set('/dev/modem', '/dev/ttyUSB1');
    b.stir();
    await b.rig.clock.advance(5_000);
    old.say('+CMGS: 41', 'OK');
    await b.rig.clock.advance(1_000);
    expect(await sending).toEqual({ kind: 'ok', mr: 41 });
    await b.settle(1);
    expect(views(b, 'port', 'imei', 'sim')).toEqual([['/dev/modem', B.imei, B.iccid]]);
    expect(await b.rig.pool.send(A.iccid, HELLO)).toMatchObject({ kind: 'not-sent' });
  });
});

test('M05: another program that opens our port is named within ten seconds, and no more when it is gone', async () => {
  const b = bench();
  b.plug('1-1', [['/dev/ttyUSB0', A]]);
  b.rig.pool.start();
  await b.settle(1);
  b.others.set('/dev/ttyUSB0', ['minicom (process 1234)']);
  await b.rig.clock.advance(10_000);
  expect(b.rig.pool.modems()[0]).toMatchObject({
    sentence: 'Ready. Also minicom (process 1234) has its port open, so answers may get lost.',
    nextStep: expect.stringContaining('Close the other program'),
  });
  b.others.clear();
  await b.rig.clock.advance(10_000);
  expect(b.rig.pool.modems()[0]).toMatchObject({ sentence: 'Ready.', nextStep: null });
});

/** Four modems come back in each: 500 re-enumerations, and 4,000 in the full run. */
const ROUNDS = Number(process.env.SIMPOST_TEST_FULL === '1' ? 1_000 : 125);

test(`M03, M12: ${ROUNDS} shuffles of sockets, ttys and SIMs: no segment leaves from a wrong SIM, and nothing is left behind`, {
  timeout: 600_000,
}, async () => {
  const seed = Number(process.env.SIMPOST_TEST_SEED ?? 20_261_122);
  const random = seededRandom(seed);
  const pick = (n: number): number => Math.floor(random.float() * n);
  const b = bench();
  const bodies = [1, 2, 3, 4].map(body);
  /** Whose TPDUs went where: by body, the SIM that was meant. */
  const wrong: string[] = [];
  let taken = 0;
  let sent = 0;
  b.rig.pool.start();
  const place = (): void => {
    const ttys = [...Array(8).keys()].toSorted(() => random.float() - 0.5);
    for (const [n, one] of bodies.entries()) {
      const silent: PortOfBench = [`/dev/ttyUSB${ttys[2 * n]}`, undefined];
      const speaking: PortOfBench = [`/dev/ttyUSB${ttys[2 * n + 1]}`, one];
      b.plug(`1-1.${n}`, pick(2) === 0 ? [silent, speaking] : [speaking, silent]);
    }
  };
  place();
  await b.settle(4);
  let timers = 0;
  let memory = 0;
  const listeners = (): number => process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  const listening = listeners();
  for (let round = 0; round < ROUNDS; round += 1) {
    // Some are pulled out, a SIM or two changes hands, everything comes back under other names.
    const sending = bodies.map(({ iccid }) => ({ iccid, outcome: b.rig.pool.send(iccid, { ...HELLO, text: iccid.slice(-8) }) }));
    if (pick(2) === 0) await b.rig.clock.advance(pick(40));
    for (const n of bodies.keys()) b.unplug(`1-1.${n}`);
    const [x, y] = [bodies[pick(4)], bodies[pick(4)]];
    if (x && y) [x.iccid, y.iccid] = [y.iccid, x.iccid];
    bodies.sort(() => random.float() - 0.5);
    if (pick(2) === 0) await b.rig.clock.advance(pick(2_000));
    place();
    for (const { iccid } of bodies) void b.rig.pool.send(iccid, { ...HELLO, text: iccid.slice(-8) });
    await b.settle(4);
    await Promise.all(sending.map(({ outcome }) => outcome));
    for (const { iccid } of bodies) {
      const outcome = await send(b, iccid);
      expect(outcome, `seed ${seed}, round ${round}`).toMatchObject({ kind: 'ok' });
      sent += 1;
    }
    for (const fake of b.every.splice(0)) {
      taken += fake.taken.length;
      for (const pdu of fake.taken) if (!pdu.endsWith(textOf(fake.iccid))) wrong.push(`${fake.iccid} ${pdu}`);
    }
    if (round === 9) {
      timers = b.rig.clock.timers;
      memory = heldMegabytes();
    }
  }
  expect(wrong, `seed ${seed}`).toEqual([]);
  expect(sent).toBe(4 * ROUNDS);
  expect(taken).toBeGreaterThanOrEqual(sent);
  expect(b.rig.clock.timers).toBeLessThanOrEqual(timers + 4);
  expect(b.rig.pool.modems()).toHaveLength(4);
  expect(heldMegabytes() - memory).toBeLessThanOrEqual(10);
  expect(listeners()).toBe(listening);
});

/** The last octets of the TPDU that carries these eight digits in the default alphabet: 7 octets of septets. */
function textOf(iccid: string): string {
  const septets = [...iccid.slice(-8)].map((c) => c.charCodeAt(0));
  const bits = septets.reduce((sum, septet, i) => sum + (BigInt(septet) << BigInt(7 * i)), 0n);
  return [...Array(7).keys()]
    .map((i) =>
      Number((bits >> BigInt(8 * i)) & 0xffn)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')
    .toUpperCase();
}

test('of the modems on one hub no more send at a time than may; the others wait, and are not ready meanwhile', async () => {
  const b = new UsbBench([], true, false, { transmissionsPerHub: 1 });
  benches.push(b);
  for (const n of [1, 2]) b.plug(`1-1.${n}`, [[`/dev/ttyUSB${n}`, body(n)]]);
  b.plug('1-2', [['/dev/ttyUSB3', body(3)]]);
  b.rig.pool.start();
  await b.settle(3);
  const waits = (): unknown[] => b.rig.pool.sims().map((sim) => sim.waitsForHub);
  for (const fake of b.live.values()) fake.outcome = () => null;
  const first = b.rig.pool.send(A.iccid, HELLO);
  await b.rig.clock.advance(1_000);
  expect(waits()).toEqual([false, true, false]);
  const second = b.rig.pool.send(B.iccid, HELLO);
  const elsewhere = b.rig.pool.send(body(3).iccid, HELLO);
  await b.rig.clock.advance(1_000);
  const said = (n: number): boolean => b.live.get(`/dev/ttyUSB${n}`)?.heard.some((line) => line.startsWith('PDU:')) ?? false;
  expect([said(1), said(2), said(3)]).toEqual([true, false, true]);
  for (const n of [1, 3]) b.live.get(`/dev/ttyUSB${n}`)?.say('+CMGS: 1', 'OK');
  await b.rig.clock.advance(1_000);
  b.live.get('/dev/ttyUSB2')?.say('+CMGS: 2', 'OK');
  await b.rig.clock.advance(1_000);
  expect(await Promise.all([first, second, elsewhere])).toEqual([
    { kind: 'ok', mr: 1 },
    { kind: 'ok', mr: 2 },
    { kind: 'ok', mr: 1 },
  ]);
  expect(waits()).toEqual([false, false, false]);
});
