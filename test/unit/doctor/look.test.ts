import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { deviceOf, lookAtFolder, lookAtPorts, processes, readSynchronized, readThrottled, unlisted } from '../../../src/doctor/look.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'simpost-look-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const file = (path: string, text = ''): void => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
};
const link = (path: string, target: string): void => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  symlinkSync(target, join(root, path));
};

it('finds who has a port open, its other names and its group', async () => {
  file('dev/ttyUSB0');
  link('dev/serial/by-id/usb-HUAWEI-if00-port0', '../../ttyUSB0');
  file('proc/812/comm', 'gammu-smsd\n');
  link('proc/812/fd/0', '/dev/null');
  link('proc/812/fd/5', '/dev/ttyUSB0');
  file('proc/7/comm', 'node\n');
  link('proc/7/fd/3', '/dev/ttyUSB0');
  file('proc/9/comm', 'somebody else whose fd may not be seen\n');
  file('proc/self/comm', 'no process number');
  const { gid } = statSync(join(root, 'dev/ttyUSB0'));
  file('etc/group', `adm:x:99999:\ndialout:x:${gid}:olena\n`);
  const running = await processes(root);
  expect(running.map((p) => p.pid).sort()).toEqual([7, 812, 9]);
  const listed = [{ path: '/dev/ttyUSB0', manufacturer: 'HUAWEI', vendorId: '12d1', productId: '1506' }, unlisted('/dev/ttyAMA0')];
  expect(await lookAtPorts(root, listed, running, 7)).toEqual([
    {
      path: '/dev/ttyUSB0',
      names: ['/dev/serial/by-id/usb-HUAWEI-if00-port0'],
      what: 'HUAWEI 12d1:1506',
      usable: true,
      group: 'dialout',
      holders: [{ pid: 812, name: 'gammu-smsd' }],
    },
    { path: '/dev/ttyAMA0', names: [], what: 'a port of the board', usable: false, group: null, holders: [] },
  ]);
  expect(await deviceOf(root, '/dev/serial/by-id/usb-HUAWEI-if00-port0')).toBe('/dev/ttyUSB0');
  expect(await deviceOf(root, '/dev/ttyUSB0')).toBe('/dev/ttyUSB0');
});

it('looks at the data folder, and at the disk of one that is not there yet', async () => {
  expect(await lookAtFolder(root)).toMatchObject({ state: 'writable' });
  const missing = await lookAtFolder(join(root, 'a/b/c'));
  expect(missing.state).toBe('missing');
  expect(missing.freeMegabytes).toBeGreaterThan(0);
  file('a-file');
  expect((await lookAtFolder(join(root, 'a-file/x'))).state).toBe('missing');
});

it.each([
  ['throttled=0x0\n', 0],
  ['throttled=0x50005\n', 0x50005],
  ['VCHI initialization failed', null],
  [undefined, null],
])('reads %j of vcgencmd', (said, is) => expect(readThrottled(said)).toBe(is));

it.each([
  ['yes\n', true],
  ['no\n', false],
  ['', null],
  [undefined, null],
])('reads %j of timedatectl', (said, is) => expect(readSynchronized(said)).toBe(is));
