import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { UsbHelper } from '../../src/serial/usb-helper.ts';
import { MINICOM, runsIn } from '../support/other-programs.ts';

const PROGRAM = resolve(import.meta.dirname, '../../dist/usb-helper.js');
const SOCKET = '1-1.4';

/** A file system with two sticks in sockets of one hub, and programs that write down what they were called with. */
let root: string;
let path: string;
let called: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'simpost-usb-'));
  path = join(root, 'helper.sock');
  called = join(root, 'called');
  for (const socket of [SOCKET, '1-2.3']) {
    const folder = join(root, 'sys/bus/usb/devices', socket);
    mkdirSync(join(folder, `${socket}:1.0`, 'ttyUSB0'), { recursive: true });
    for (const [name, value] of Object.entries({ bDeviceClass: '00', busnum: '1', devnum: '23', authorized: '1' }))
      writeFileSync(join(folder, name), `${value}\n`);
  }
  put('usr/bin/usbreset', 'exit 0');
  // As uhubctl does: it knows its hubs, and says what it does not know.
  put('usr/sbin/uhubctl', 'case "$2" in 1-1) exit 0 ;; *) echo "No compatible devices detected at location $2!" >&2; exit 1 ;; esac');
  runsIn(root, MINICOM, 'minicom', ['/dev/ttyUSB0']);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let running: ChildProcess | undefined;
beforeEach(() => writeFileSync(called, ''));
afterEach(end);

/** It takes its socket away, so the next one begins after that. */
async function end(): Promise<void> {
  const child = running;
  running = undefined;
  if (child?.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  expect(await ended).toEqual([0, null]);
}

/** Whether somebody listens at the socket, which is there a moment earlier. */
const isHeard = (): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path, () => resolve(true)).on('error', () => resolve(false));
    socket.end();
  });

function put(program: string, ends: string): void {
  const file = join(root, program);
  mkdirSync(resolve(file, '..'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho "\${0##*/} $*" >> ${called}\n${ends}\n`);
  chmodSync(file, 0o755);
}

const calls = (): string[] => readFileSync(called, 'utf8').split('\n').filter(Boolean);

/** The built program, as its unit runs it, and the daemon's side of the socket. */
async function start(...options: string[]): Promise<UsbHelper> {
  rmSync(path, { force: true });
  running = spawn(process.execPath, [PROGRAM, '--root', root, '--socket', path, ...options], { stdio: 'ignore' });
  await expect.poll(isHeard).toBe(true);
  return new UsbHelper(path, systemClock);
}

it('M02: the program resets a stick by usbreset and switches its power by uhubctl, each as often as it may be', async () => {
  const helper = await start('--hub', '1-1');
  expect(helper.able()).toEqual(['usbReset', 'powerCycle']);
  expect([await helper.apply('usbReset', SOCKET), await helper.apply('usbReset', SOCKET)]).toEqual([undefined, undefined]);
  expect(await helper.apply('usbReset', SOCKET)).toContain('2 times');
  for (let n = 0; n < 3; n += 1) expect(await helper.apply('powerCycle', SOCKET)).toBeUndefined();
  expect(await helper.apply('powerCycle', SOCKET)).toContain('3 times');
  expect(calls()).toEqual([
    ...Array.from({ length: 2 }, () => 'usbreset 001/023'),
    ...Array.from({ length: 3 }, () => 'uhubctl -l 1-1 -p 4 -a cycle -d 10'),
  ]);
});

it('M02: power is switched only at a hub that was named or where all may be, and what uhubctl does not know is told', async () => {
  const strict = await start();
  expect(await strict.apply('powerCycle', SOCKET)).toContain('--hub 1-1');
  expect(calls()).toEqual([]);
  await end();
  const ganged = await start('--allow-ganged');
  expect(await ganged.apply('powerCycle', '1-2.3')).toContain('No compatible devices detected at location 1-2!');
  expect(await ganged.apply('usbReset', '1-7')).toBe('There is no serial device in socket 1-7.');
  expect(calls()).toEqual(['uhubctl -l 1-2 -p 3 -a cycle -d 10']);
});

it('M02: with --authorized the stick is let go and taken up again by the kernel, and no program runs', async () => {
  const helper = await start('--authorized');
  const file = join(root, 'sys/bus/usb/devices', SOCKET, 'authorized');
  const done = helper.apply('usbReset', SOCKET);
  await expect.poll(() => readFileSync(file, 'utf8').trim()).toBe('0');
  expect(await done).toBeUndefined();
  expect([readFileSync(file, 'utf8').trim(), calls()]).toEqual(['1', []]);
});

it('M05: it says who has a port open, whoever that belongs to', async () => {
  const helper = await start();
  expect(await helper.openersOf(new Set(['/dev/ttyUSB0', '/dev/ttyUSB1']))).toEqual(
    new Map([['/dev/ttyUSB0', [`minicom (process ${MINICOM})`]]]),
  );
});

it('X27: it takes the socket that systemd hands over, and without one it says what is missing', async () => {
  rmSync(path, { force: true });
  const handOver =
    'import os, socket, sys\ns = socket.socket(socket.AF_UNIX)\ns.bind(sys.argv[1])\ns.listen()\nos.dup2(s.fileno(), 3)\nos.set_inheritable(3, True)\nos.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")\nos.execv(sys.argv[2], sys.argv[2:])';
  running = spawn('python3', ['-c', handOver, path, process.execPath, PROGRAM, '--root', root], { stdio: 'ignore' });
  await expect.poll(() => existsSync(path)).toBe(true);
  expect(await new UsbHelper(path, systemClock).apply('usbReset', SOCKET)).toBeUndefined();
  expect(calls()).toEqual(['usbreset 001/023']);
  const alone = spawn(process.execPath, [PROGRAM], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  alone.stderr.on('data', (data) => {
    said += String(data);
  });
  expect(await once(alone, 'close')).toEqual([64, null]);
  expect(said).toContain('--socket PATH');
});
