import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { openersOf, whoHolds } from '../../src/serial/openers.ts';
import { watchPorts } from '../../src/serial/port-watch.ts';
import { alike, sticksOf } from '../../src/serial/sticks.ts';
import { usbPorts } from '../../src/serial/usb-ports.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { MINICOM, MODEM_MANAGER, PPPD, runsIn } from '../support/other-programs.ts';
import { UsbTree } from '../support/usb-tree.ts';

const AT: ReadonlyMap<string, readonly number[]> = new Map([['12d1:1506', [2, 0]]]);

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

function tree(): UsbTree {
  const usb = new UsbTree();
  cleanups.push(() => usb.remove());
  return usb;
}

const sticksIn = async (usb: UsbTree) =>
  sticksOf(await usbPorts(usb.root), AT).map(({ usbPath, otherNames, kind, ports }) => ({
    usbPath,
    otherNames,
    kind,
    ports: ports.map(({ port }) => port.slice(realpathSync(usb.root).length).replace(/^\/?/, '/')),
  }));

describe('which modems are plugged in', () => {
  test('a stick is one modem, and its ports that speak AT come in the order of its profile', async () => {
    const usb = tree();
    for (const [name, interfaceNumber] of [
      ['ttyUSB0', 0],
      ['ttyUSB1', 1],
      ['ttyUSB2', 2],
    ] as const) {
      usb.plug(name, '1-1.4', { id: '12d1:1506', interfaceNumber });
    }
    expect(await sticksIn(usb)).toEqual([{ usbPath: '1-1.4', otherNames: [], kind: 'modem', ports: ['/dev/ttyUSB2', '/dev/ttyUSB0'] }]);
  });

  test('a stick that no profile knows is asked on all ports, by interface number', async () => {
    const usb = tree();
    usb.plug('ttyUSB9', '1-1.10', { id: '1234:5678', interfaceNumber: 0 });
    usb.plug('ttyUSB1', '1-1.10', { id: '1234:5678', interfaceNumber: 3 });
    usb.plug('ttyUSB4', '1-1.9', { id: '1234:5678', interfaceNumber: 1 });
    expect((await sticksIn(usb)).map((s) => [s.usbPath, s.ports])).toEqual([
      ['1-1.9', ['/dev/ttyUSB4']],
      ['1-1.10', ['/dev/ttyUSB9', '/dev/ttyUSB1']],
    ]);
  });

  test('each port of an adapter with four may have a modem of its own, and none is taken for a modem unasked', async () => {
    const usb = tree();
    for (const n of [0, 1]) usb.plug(`ttyUSB${n}`, '1-2', { id: '0403:6011', interfaceNumber: n, driver: 'ftdi_sio' });
    usb.plug('ttyUSB5', '1-3', { id: '067b:2303', driver: 'pl2303' });
    expect((await sticksIn(usb)).map((s) => [s.usbPath, s.kind])).toEqual([
      ['1-2:0', 'adapter'],
      ['1-2:1', 'adapter'],
      ['1-3', 'adapter'],
    ]);
  });

  test('a name by serial number counts only where the number is nobody else’s; otherwise the name by socket does', async () => {
    const usb = tree();
    const byPath = (socket: string) => `by-path/pci-0000:00:14.0-usb-0:${socket}:1.0-port0`;
    usb.plug('ttyUSB0', '1-1', { id: '12d1:1506', serialNumber: 'A1', links: ['by-id/usb-HUAWEI_A1-if00-port0', byPath('1')] });
    usb.plug('ttyUSB1', '1-2', { id: '1e0e:9001', serialNumber: '0123456789ABCDEF', links: ['by-id/usb-SIMCOM-if00-port0', byPath('2')] });
    usb.plug('ttyUSB2', '1-3', { id: '1e0e:9001', serialNumber: '0123456789ABCDEF', links: [byPath('3')] });
    usb.plug('ttyUSB3', '1-4', { id: '067b:2303', driver: 'pl2303', links: ['by-id/usb-Prolific-if00-port0', byPath('4')] });
    const sticks = await sticksIn(usb);
    expect(sticks.flatMap((s) => s.ports)).toEqual([
      '/dev/serial/by-id/usb-HUAWEI_A1-if00-port0',
      `/dev/serial/${byPath('2')}`,
      `/dev/serial/${byPath('3')}`,
      `/dev/serial/${byPath('4')}`,
    ]);
    expect(sticks.map((s) => s.otherNames)).toContainEqual(['pci-0000:00:14.0-usb-0:1']);
    expect(alike(await usbPorts(usb.root)).map(({ id, sockets, names }) => [id, sockets, names.length])).toEqual([
      ['1e0e:9001', ['1-2', '1-3'], 1],
    ]);
  });

  test('what is no USB port, and what has half vanished, is left out', async () => {
    const usb = tree();
    usb.plug('ttyUSB0', '1-1', { id: '12d1:1506' });
    usb.plug('ttyUSB1', '1-2', { id: '12d1:1506' });
    mkdirSync(join(usb.root, 'sys/devices/platform/serial8250/tty/ttyS0'), { recursive: true });
    symlinkSync(join(usb.root, 'sys/devices/platform/serial8250/tty/ttyS0'), join(usb.root, 'sys/class/tty/ttyS0'));
    symlinkSync('/nowhere', join(usb.root, 'sys/class/tty/ttyUSB7'));
    usb.unplug('ttyUSB1');
    expect((await usbPorts(usb.root)).map((p) => p.socket)).toEqual(['1-1']);
    usb.remove();
    expect(await usbPorts(usb.root)).toEqual([]);
  });
});

describe('ports that come and go', () => {
  test('are told of by an event, long before the slow look', async () => {
    const usb = tree();
    const seen = new Promise<number>((resolve) => {
      const from = systemClock.monotonic();
      const watch = watchPorts({ root: usb.root, named: [], clock: systemClock, changed: () => resolve(systemClock.monotonic() - from) });
      cleanups.push(() => watch.cancel());
    });
    usb.plug('ttyUSB0', '1-1', { id: '12d1:1506' });
    expect(await seen).toBeLessThan(5_000);
  });

  test('are looked for every ten seconds without any event, and no timer stays behind', async () => {
    const clock = new FakeClock();
    let looks = 0;
    const watch = watchPorts({ root: '/nowhere', named: ['tcp://127.0.0.1:1'], clock, changed: () => (looks += 1) });
    await clock.advance(9_999);
    expect(looks).toBe(0);
    await clock.advance(20_001);
    expect(looks).toBe(3);
    watch.cancel();
    expect(clock.timers).toBe(0);
  });
});

describe('M05: who else has a port open', () => {
  test('is named with its process, by open files and by lock files', async () => {
    const usb = tree();
    runsIn(usb.root, MINICOM, 'minicom', ['/dev/null', '/dev/ttyUSB0']);
    runsIn(usb.root, PPPD, 'pppd', []);
    mkdirSync(join(usb.root, 'run/lock'), { recursive: true });
    writeFileSync(join(usb.root, 'run/lock/LCK..ttyUSB1'), `   ${PPPD}\n`);
    writeFileSync(join(usb.root, 'run/lock/LCK..ttyUSB2'), ' 2147483646\n');
    const openers = await openersOf(new Set(['/dev/ttyUSB0', '/dev/ttyUSB1', '/dev/ttyUSB2']), usb.root);
    expect([...openers]).toEqual([
      ['/dev/ttyUSB0', [`minicom (process ${MINICOM})`]],
      ['/dev/ttyUSB1', [`pppd (process ${PPPD})`]],
    ]);
  });

  test('is guessed from what runs where it cannot be seen', async () => {
    const usb = tree();
    runsIn(usb.root, MODEM_MANAGER, 'ModemManager', []);
    expect(await whoHolds('/dev/ttyUSB0', usb.root)).toBe('another program, perhaps ModemManager, which runs here');
    expect(await whoHolds('/dev/ttyUSB0', '/nowhere')).toContain('sudo fuser -v /dev/ttyUSB0');
  });
});
