import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasRealUdev, modalias, realUdev } from '../support/real-udev.ts';
import { followRules } from '../support/udev-reader.ts';
import { OTHERS, TAKEN_OVER, USB_STICKS, type UsbStick } from '../support/usb-sticks.ts';

const folder = new URL('../../firmware-config/udev/', import.meta.url);
const files = readdirSync(folder).sort();
const linesOf = (names: readonly string[]): string[] => names.flatMap((name) => readFileSync(new URL(name, folder), 'utf8').split('\n'));
const OURS = linesOf(files);
const WITHOUT = linesOf(files.filter((name) => !name.includes('only-serial')));
/** Our own line in the rules file, with what it is an example of. */
const exampleOf = (mark: string): string => {
  const line = OURS.find((text) => text.startsWith('#SUBSYSTEM') && text.includes(mark));
  if (line === undefined) throw new Error(`no example of ${mark}`);
  return line.slice(1);
};

const all = ({ interfaces }: UsbStick): number[] => interfaces.map((_, number) => number);
/** An interface that no driver wants harms nobody: it counts as kept where its class is let through. */
const used = (stick: UsbStick, numbers: readonly number[]): number[] => numbers.filter((number) => stick.interfaces[number]?.driver !== '');

/** The numbers of the interfaces that are still authorized when the kernel and the rules are through with a stick in a socket. */
function kept(lines: readonly string[], { id, interfaces }: UsbStick, socket = '1-4'): number[] {
  const [idVendor = '', idProduct = ''] = id.split(':');
  const codes = [...new Set(interfaces.map((one) => one.codes))];
  return interfaces.flatMap(({ codes: own, driver }, number) => {
    const [bInterfaceClass = '', bInterfaceSubClass = '', bInterfaceProtocol = ''] = own.match(/../g) ?? [];
    const tell = (action: string, bound: string): boolean =>
      followRules(lines, {
        action,
        subsystem: 'usb',
        kernel: `${socket}:1.${number}`,
        driver: bound,
        attributes: { bInterfaceClass, bInterfaceSubClass, bInterfaceProtocol },
        above: { idVendor, idProduct },
        properties: { DEVTYPE: 'usb_interface', MODALIAS: modalias(id, own, number) },
        parent: { ID_USB_INTERFACES: `:${codes.join(':')}:` },
      }).authorized !== '0';
    return tell('add', '') && (driver === '' || tell('bind', driver)) ? [number] : [];
  });
}

describe('of what is plugged in, only what is serial comes up (X03)', () => {
  it.each([...USB_STICKS, ...TAKEN_OVER])('$what, $id', (stick) => {
    expect(used(stick, kept(OURS, stick))).toEqual(stick.kept ?? all(stick));
    expect(kept(WITHOUT, stick)).toEqual(all(stick));
  });

  it('is no affair of other makers, unless their socket is named', () => {
    for (const other of OTHERS) expect(kept(OURS, other)).toEqual(all(other));
    const named = [exampleOf('SIMPOST_ONLY_SERIAL'), ...OURS];
    const still = [...OTHERS, ...USB_STICKS, ...TAKEN_OVER].flatMap((one) => {
      const numbers = kept(named, one, '1-1.4');
      return used(one, numbers).map((number) => one.interfaces[number]?.driver);
    });
    expect([...new Set(still)].sort()).toEqual(['cdc_acm', 'ftdi_sio', 'hso', 'hub', 'option']);
    expect(OTHERS.map((other) => kept(named, other, '1-2'))).toEqual(OTHERS.map(all));
  });

  it('leaves a stick alone that is named as the way to the internet', () => {
    const [huawei, , zte] = USB_STICKS;
    if (!huawei || !zte) throw new Error('no sticks');
    const named = [exampleOf('SIMPOST_UPLINK'), ...OURS];
    expect(kept(named, huawei)).toEqual(all(huawei));
    expect(used(zte, kept(named, zte))).toEqual(zte.kept);
  });

  it.skipIf(!hasRealUdev())('by the udev of this machine too', () => {
    const sticks = [...USB_STICKS, ...TAKEN_OVER, ...OTHERS];
    expect(realUdev(OURS, sticks)).toEqual(sticks.map((stick) => kept(OURS, stick)));
    const uplink = exampleOf('SIMPOST_UPLINK');
    const named = [uplink, exampleOf('SIMPOST_ONLY_SERIAL').replace('1-1.*', '1-*'), ...OURS];
    const few = sticks.filter(({ id }) => /^(12d1:1506|19d2:0031|046d|0403|05e3)/.test(id));
    expect(realUdev(named, few)).toEqual(few.map((stick) => kept(named, stick)));
  });
});

describe('the package, on a machine whose way to the internet may be a modem (X03)', () => {
  /** @param routes devices of default routes @param cards USB ids of network cards on USB, by name */
  function installed(routes: readonly string[], cards: Readonly<Record<string, string>>): string | undefined {
    const root = mkdtempSync(join(tmpdir(), 'simpost-uplink-'));
    const put = (path: string, text: string): void => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    put('usr/lib/udev/rules.d/62-simpost-only-serial.rules', linesOf(['62-simpost-only-serial.rules']).join('\n'));
    const route = (name: string): string => `${name}\t00000000\t0100A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n`;
    put(
      'proc/net/route',
      `Iface\tDestination\tGateway\n${routes.map(route).join('')}eth0\t0000A8C0\t00000000\t1\t0\t0\t0\t00FFFFFF\t0\t0\t0\n`,
    );
    put(
      'proc/net/ipv6_route',
      `${'0'.repeat(32)} 00 ${'0'.repeat(32)} 00 ${'0'.repeat(32)} ffffffff 00000001 00000000 00200200       lo\n`,
    );
    for (const [name, id] of Object.entries(cards)) {
      const [vendor = '', product = ''] = id.split(':');
      put(`sys/devices/usb1/${name}/idVendor`, `${vendor}\n`);
      put(`sys/devices/usb1/${name}/idProduct`, `${product}\n`);
      mkdirSync(join(root, `sys/devices/usb1/${name}/${name}:1.0`));
      mkdirSync(join(root, 'sys/class/net', name), { recursive: true });
      symlinkSync(join(root, `sys/devices/usb1/${name}/${name}:1.0`), join(root, 'sys/class/net', name, 'device'));
    }
    execFileSync('sh', [new URL('../../packaging/deb/keep-uplink', import.meta.url).pathname, root]);
    const own = join(root, 'etc/udev/rules.d/59-simpost-uplink.rules');
    const text = existsSync(own) ? readFileSync(own, 'utf8') : undefined;
    rmSync(root, { recursive: true, force: true });
    return text;
  }
  const [huawei, , zte] = USB_STICKS;
  if (!huawei || !zte) throw new Error('no sticks');

  it('names the stick that is its only way, which then stays as it is, and no other', () => {
    const named = installed(['wwan0'], { wwan0: huawei.id, usb0: zte.id });
    const lines = [...(named ?? '').split('\n'), ...OURS];
    expect(kept(lines, huawei)).toEqual(all(huawei));
    expect(used(zte, kept(lines, zte))).toEqual(zte.kept);
  });

  it('names none where there is another way, or none at all', () => {
    const cards = { wwan0: huawei.id, usb0: '0bda:8153' };
    for (const routes of [['wwan0', 'eth0'], ['wwan0', 'usb0'], ['wwan0', 'ppp0'], ['eth0'], []]) {
      expect(installed(routes, cards), routes.join()).toBeUndefined();
    }
  });
});

it('the makers are those whose modems ModemManager is kept from', () => {
  const ignored = linesOf(['60-simpost.rules']);
  const modems = ignored.slice(
    0,
    ignored.findIndex((line) => line.startsWith('# Serial adapters')),
  );
  const makers = modems.flatMap((line) => /^SUBSYSTEMS=="usb", ATTRS\{idVendor\}=="(\w+)"/.exec(line)?.[1] ?? []);
  const meant = linesOf(['62-simpost-only-serial.rules']).flatMap((line) =>
    [...line.matchAll(/usb:v([0-9A-F]{4})\*/g)].map(([, vendor = '']) => vendor.toLowerCase()),
  );
  expect(meant.toSorted()).toEqual(makers.toSorted());
});
