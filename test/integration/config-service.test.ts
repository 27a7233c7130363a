import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { DEFAULT_CONFIG_FILE } from '../../src/config/file.ts';
import { OPTIONS } from '../../src/config/options.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const read = (name: string): string => readFileSync(path(name), 'utf8');

/** All values of a directive of the unit; comments do not count. */
function directive(name: string): string[] {
  return [...read('systemd/simpost.service').matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map((match) => match[1] ?? '');
}

test('the service starts with the file and in the folder that are the defaults', () => {
  expect(directive('ExecStart')[0]).toMatch(new RegExp(` serve --config ${DEFAULT_CONFIG_FILE}$`));
  expect(`/var/lib/${directive('StateDirectory')[0]}`).toBe(OPTIONS.options.store.options.path.default);
  expect(directive('StateDirectoryMode')).toEqual(['0700']);
  const [user] = directive('User');
  expect(read('systemd/sysusers.conf')).toMatch(new RegExp(`^u ${user} .*\nm ${user} dialout$`, 'm'));
  expect(read('systemd/tmpfiles.conf')).toMatch(new RegExp(`^d /var/lib/simpost 0700 ${user} ${user} -$`, 'm'));
});

test('D04 a stop waits longer than the answer to a segment may take', () => {
  const answerLimit = OPTIONS.options.delivery.options.answerLimit.default;
  expect(directive('TimeoutStopSec').map(Number)).toEqual([150]);
  expect(150).toBeGreaterThanOrEqual(answerLimit + 10);
  expect(directive('KillMode')).toEqual(['mixed']);
});

test('X27 the service reaches serial ports and no other device, and V8 may compile', () => {
  expect(directive('DevicePolicy')).toEqual(['closed']);
  expect(directive('DeviceAllow')).toEqual(['char-ttyUSB rw', 'char-ttyACM rw', 'char-ttyAMA rw', 'char-ttyS rw']);
  expect(directive('MemoryDenyWriteExecute')).toEqual(['no']);
  expect(directive('CapabilityBoundingSet')).toEqual(['']);
  expect(directive('ProtectSystem')).toEqual(['strict']);
  expect(directive('NoNewPrivileges')).toEqual(['yes']);
  const modules = read('systemd/modules-load.conf').split('\n');
  expect(modules).toEqual(expect.arrayContaining(['usbserial', 'cdc_acm']));
});

/** Whether systemd is here to be asked; on a machine without it these are skipped, and CI has it. */
const systemd = spawnSync('systemd-analyze', ['--version']).status === 0;

test.skipIf(!systemd)('X27 no service is exposed by more than 2.0, as systemd itself measures it', () => {
  for (const [unit, most] of [
    ['simpost.service', 2],
    ['simpost-backup.service', 2],
  ] as const) {
    const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', '--no-pager', path(`systemd/${unit}`)], {
      encoding: 'utf8',
    });
    const exposure = Number(/Overall exposure level for .*: ([\d.]+)/.exec(stdout)?.[1]);
    expect(exposure, stdout.slice(-300)).toBeGreaterThan(0);
    expect(exposure, unit).toBeLessThanOrEqual(most);
  }
});

test('a stop, a start and a hang of the service are told to systemd and by it', () => {
  expect(directive('Type')).toEqual(['notify']);
  expect(directive('NotifyAccess')).toEqual(['all']);
  expect(directive('WatchdogSec')).toEqual(['120']);
  expect(directive('Restart')).toEqual(['always']);
});

test('X27 the helper runs as root without its powers, and only the daemon may ask it', () => {
  const unit = read('systemd/simpost-usb.service');
  const socket = read('systemd/simpost-usb.socket');
  expect(socket).toMatch(new RegExp(`^ListenStream=${OPTIONS.options.modems.options.usbHelper.default}$`, 'm'));
  expect(socket).toMatch(/^SocketGroup=simpost\nSocketMode=0660$/m);
  expect(unit).toMatch(/^ExecStart=\/usr\/bin\/node \/opt\/simpost\/dist\/usb-helper\.js$/m);
  expect(unit).toMatch(/^CapabilityBoundingSet=CAP_SYS_PTRACE CAP_DAC_READ_SEARCH$/m);
  expect([...unit.matchAll(/^DeviceAllow=(.*)$/gm)].map((match) => match[1])).toEqual(['char-usb_device rw']);
  expect(read('build.mjs')).toContain("'usb-helper': 'src/usb-helper/main.ts'");
});

test('the udev rules come after those that they build on, and every jump has its label', () => {
  const rules = read('firmware-config/udev/60-simpost.rules');
  expect('60-simpost.rules' > '60-serial.rules').toBe(true);
  const jumps = new Set([...rules.matchAll(/GOTO="(\w+)"/g)].map((match) => match[1]));
  expect(jumps).toEqual(new Set([...rules.matchAll(/^LABEL="(\w+)"/gm)].map((match) => match[1])));
  const ignored = [...rules.matchAll(/^SUBSYSTEMS=="usb", ATTRS\{idVendor\}=="([0-9a-f]{4})", ENV\{ID_MM_DEVICE_IGNORE\}="1"$/gm)].map(
    (m) => m[1],
  );
  expect(ignored).toEqual(expect.arrayContaining(['12d1', '19d2', '2c7c', '1e0e']));
  expect(new Set(ignored).size).toBe(ignored.length);
  // Every other line is a comment, a jump or one of ours: a rule with a typing error is silently nothing.
  const shape = /^(#.*|LABEL="\w+"|([A-Z]+(\{[\w.]+\})?(==|!=|=|\+=)"[^"]*"(, )?)+)?$/;
  expect(rules.split('\n').filter((line) => !shape.test(line))).toEqual([]);
});
