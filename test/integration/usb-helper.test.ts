import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { hubOf } from '../../src/base/usb-path.ts';
import { SystemPorts } from '../../src/serial/system-ports.ts';
import { UsbHelper } from '../../src/serial/usb-helper.ts';
import { LONGEST_REQUEST, readUsbRequest, writeUsbRequest } from '../../src/serial/usb-request.ts';
import { helperServer } from '../../src/usb-helper/server.ts';
import { type HelperRules, Verbs } from '../../src/usb-helper/verbs.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { MINICOM, runsIn } from '../support/other-programs.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

const RULES: HelperRules = { hubs: new Set(['1-1', '2']), allowGanged: false, authorized: false };

/** `/sys` with a stick, a CDC modem, a disk and a hub, and programs that only say what they were called with. */
function machine(rules: Partial<HelperRules> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'simpost-helper-'));
  cleanups.push(() => rmSync(root, { recursive: true }));
  const put = (socket: string, bDeviceClass: string, inside: string): string => {
    const folder = join(root, 'sys/bus/usb/devices', socket);
    mkdirSync(join(folder, `${socket}:1.0`, inside), { recursive: true });
    for (const [name, value] of Object.entries({ bDeviceClass, busnum: '1', devnum: '23', authorized: '1' }))
      writeFileSync(join(folder, name), `${value}\n`);
    return folder;
  };
  const stick = put('1-1.4', '00', 'ttyUSB0');
  put('2-3', '02', 'tty');
  put('1-1.2', '00', 'host6');
  put('1-1', '09', 'ttyUSB9');
  const clock = new FakeClock();
  const ran: (readonly string[])[] = [];
  const verbs = new Verbs({
    rules: { ...RULES, ...rules },
    clock,
    root,
    run: (program, args) => {
      ran.push([program, ...args]);
      return program === '/usr/sbin/uhubctl' && args[1] === '2' ? Promise.reject(new Error('No compatible devices')) : Promise.resolve();
    },
  });
  return { root, stick, clock, ran, verbs };
}

describe('the grammar (X27)', () => {
  test.each([
    ['usb-reset 1-1.4', { verb: 'usb-reset', socket: '1-1.4' }],
    ['port-power 3-12', { verb: 'port-power', socket: '3-12' }],
    ['who-holds /dev/ttyUSB0 /dev/ttyACM12', { verb: 'who-holds', devices: ['/dev/ttyUSB0', '/dev/ttyACM12'] }],
  ])('%s', (line, request) => {
    expect(readUsbRequest(line)).toEqual(request);
  });

  test.each([
    '',
    'usb-reset',
    'usb-reset ',
    'usb-reset 1-1.4 1-1.5',
    'usb-reset  1-1.4',
    ' usb-reset 1-1.4',
    'usb-reset 1-1.4\r',
    'USB-RESET 1-1.4',
    'usb-reset usb1',
    'usb-reset 1-0',
    'usb-reset 01-1',
    'usb-reset 1-1.',
    'usb-reset 1-1.1.1.1.1.1.1',
    'usb-reset ../../../etc',
    'usb-reset 1-1.4/../1-1.5',
    'usb-reset 1-1.4;reboot',
    'port-power -a',
    'port-power 1-1 4',
    'who-holds',
    'who-holds /dev/sda',
    'who-holds /etc/shadow',
    'who-holds /dev/ttyUSB0/../sda',
    'who-holds /dev/tty1',
    `who-holds ${Array.from({ length: 65 }, (_, n) => `/dev/ttyUSB${n}`).join(' ')}`,
    'reboot',
    'usb-reset\n1-1.4',
  ])('%j is no request', (line) => {
    expect(readUsbRequest(line)).toBeUndefined();
  });

  test('whatever is written, only sockets and serial devices come through, and no line becomes two', () => {
    // Mostly right, so that some get through: of random characters none would.
    const verb = fc.constantFrom('usb-reset', 'port-power', 'who-holds', 'reboot');
    const argument = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('1-1.4', '3-12', '/dev/ttyUSB0', '/dev/ttyACM12') },
      fc.constantFrom('-', '/', '..', '1-1.4\n', '/dev/sda'),
      fc.string(),
    );
    const gap = fc.oneof({ weight: 9, arbitrary: fc.constant(' ') }, fc.constantFrom('', '  ', '\n', '\t'));
    let through = 0;
    fc.assert(
      fc.property(verb, fc.array(fc.tuple(gap, argument), { maxLength: 4 }), (said, rest) => {
        const line = [said, ...rest.flat()].join('');
        const request = readUsbRequest(line);
        if (!request) return;
        through += 1;
        expect(line).toMatch(/^(?:(?:usb-reset|port-power) \d+-\d+(?:\.\d+)*|who-holds(?: \/dev\/tty(?:USB|ACM)\d+)+)$/);
        expect(writeUsbRequest(request)).toBe(line);
      }),
      { numRuns: 10_000 },
    );
    expect(through).toBeGreaterThan(500);
  });

  test.each([
    ['1-1.4', '1-1', '4'],
    ['1-4', '1', '4'],
    ['3-2.1.7', '3-2.1', '7'],
    ['1-1.2:0.1', '1-1', '2'],
  ])('socket %s is at hub %s, port %s', (socket, hub, port) => {
    expect(hubOf(socket)).toEqual({ hub, port });
  });
});

describe('what it does (X27, M02)', () => {
  test('it resets what has a serial port, by its bus and number, and nothing else', async () => {
    const { verbs, ran } = machine();
    expect(await verbs.answer({ verb: 'usb-reset', socket: '1-1.4' })).toEqual({ ok: true });
    expect(await verbs.answer({ verb: 'usb-reset', socket: '2-3' })).toEqual({ ok: true });
    for (const socket of ['1-1.2', '1-1', '1-7']) {
      expect(await verbs.answer({ verb: 'usb-reset', socket })).toEqual({
        ok: false,
        why: `There is no serial device in socket ${socket}.`,
      });
    }
    expect(ran).toEqual([
      ['/usr/bin/usbreset', '001/023'],
      ['/usr/bin/usbreset', '001/023'],
    ]);
  });

  test('it switches power at hubs that are named, or at all of them where that is allowed', async () => {
    const { verbs, ran } = machine();
    expect(await verbs.answer({ verb: 'port-power', socket: '1-1.4' })).toEqual({ ok: true });
    expect(ran).toEqual([['/usr/sbin/uhubctl', '-l', '1-1', '-p', '4', '-a', 'cycle', '-d', '10']]);
    expect(await verbs.answer({ verb: 'port-power', socket: '2-3' })).toEqual({ ok: false, why: 'No compatible devices' });
    const strict = machine({ hubs: new Set() });
    expect(await strict.verbs.answer({ verb: 'port-power', socket: '1-1.4' })).toMatchObject({
      ok: false,
      why: expect.stringContaining('--hub 1-1'),
    });
    expect(strict.ran).toEqual([]);
    const ganged = machine({ hubs: new Set(), allowGanged: true });
    expect(await ganged.verbs.answer({ verb: 'port-power', socket: '1-1.4' })).toEqual({ ok: true });
    expect(await ganged.verbs.answer({ verb: 'port-power', socket: '1-1.2' })).toMatchObject({ ok: false });
  });

  test('twice an hour, three times a day, whoever asks', async () => {
    const { verbs, ran, clock } = machine();
    for (let minute = 0; minute < 24 * 60; minute += 10) {
      await verbs.answer({ verb: 'usb-reset', socket: '1-1.4' });
      await verbs.answer({ verb: 'port-power', socket: '1-1.4' });
      await clock.advance(600_000);
    }
    expect(ran.filter(([program]) => program === '/usr/bin/usbreset')).toHaveLength(48);
    expect(ran.filter(([program]) => program === '/usr/sbin/uhubctl')).toHaveLength(3);
  });

  test('"authorized" is switched only where that was chosen', async () => {
    const { verbs, ran, stick, clock } = machine({ authorized: true });
    const done = verbs.answer({ verb: 'usb-reset', socket: '1-1.4' });
    await expect.poll(() => readFileSync(join(stick, 'authorized'), 'utf8')).toBe('0');
    await expect.poll(() => clock.timers).toBe(1);
    await clock.advance(1_000);
    expect(await done).toEqual({ ok: true });
    expect(readFileSync(join(stick, 'authorized'), 'utf8')).toBe('1');
    expect(ran).toEqual([]);
  });
});

describe('over its socket', () => {
  async function served() {
    const { root, verbs, ran } = machine();
    const server = helperServer({ clock: systemClock, answer: (request) => verbs.answer(request) });
    const path = join(root, 'helper.sock');
    await new Promise<void>((resolve) => server.listen(path, resolve));
    cleanups.push(() => server.close());
    return { root, path, ran, helper: new UsbHelper(path, systemClock) };
  }

  function raw(path: string, octets: string): Promise<string> {
    return new Promise((resolve) => {
      let heard = '';
      const socket = createConnection(path, () => socket.write(octets));
      socket.on('data', (data) => {
        heard += data.toString();
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(heard));
    });
  }

  test('the daemon asks, and is told in words what was refused', async () => {
    const { helper, ran } = await served();
    expect(helper.able()).toEqual(['usbReset', 'powerCycle']);
    expect(await helper.apply('usbReset', '1-1.4')).toBeUndefined();
    expect(await helper.apply('powerCycle', '1-9')).toBe('Hub 1 is not among those whose power may be switched (--hub 1).');
    expect(await helper.apply('usbReset', '1-1.4; reboot')).toBe('That cannot be asked of the USB helper.');
    expect(ran).toHaveLength(1);
  });

  test('it says who holds a port, also what the daemon itself cannot see', async () => {
    const { helper, root } = await served();
    runsIn(root, MINICOM, 'minicom', ['/dev/ttyUSB0']);
    const ports = new SystemPorts({ at: new Map(), clock: systemClock, helper });
    expect(await ports.openersOf(new Set(['/dev/ttyUSB0', '/dev/ttyUSB1']))).toEqual(
      new Map([['/dev/ttyUSB0', [`minicom (process ${MINICOM})`]]]),
    );
  });

  test('what is no request is answered and cut off; two on one connection are one', async () => {
    const { path, ran } = await served();
    const no = '{"ok":false,"why":"That is no request."}\n';
    expect(await raw(path, 'rm -rf /\n')).toBe(no);
    expect(await raw(path, 'x'.repeat(LONGEST_REQUEST + 1))).toBe(no);
    expect(await raw(path, 'usb-reset 1-1.4\nusb-reset 2-3\n')).toBe('{"ok":true}\n');
    expect(ran).toHaveLength(1);
  });

  test('who closes its side after the request gets its answer, and who says nothing is let go', async () => {
    const { path } = await served();
    const said = (octets: string): Promise<string> =>
      new Promise((resolve) => {
        let heard = '';
        const socket = createConnection(path, () => socket.end(octets));
        socket.on('data', (data) => {
          heard += data.toString();
        });
        socket.on('close', () => resolve(heard));
      });
    expect(await said('who-holds /dev/ttyUSB9\n')).toBe('{"ok":true,"holders":{}}\n');
    expect(await said('')).toBe('');
  });

  test('where it is not set up nothing can be done, and that is no mistake', async () => {
    const helper = new UsbHelper('/nowhere/simpost-usb.sock', systemClock);
    expect(helper.able()).toEqual([]);
    expect(await helper.openersOf(new Set(['/dev/ttyUSB0']))).toBeUndefined();
    expect(await helper.apply('usbReset', '1-1.4')).toBe('The USB helper cannot be reached: it does not run.');
  });
});
