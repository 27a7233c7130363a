import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UsbStick } from './usb-sticks.ts';

/** A namespace of mounts of one's own, in which /sys can be ours; as root without one of users. */
const UNSHARE = process.getuid?.() === 0 ? ['-m'] : ['-rm'];

/** Whether this machine has udev and lets us show it a /sys of our own. */
export const hasRealUdev = (): boolean =>
  spawnSync('udevadm', ['--version']).status === 0 && spawnSync('unshare', [...UNSHARE, 'true']).status === 0;

/**
 * What systemd's own udev does with the interfaces of sticks, by the given rules: each is added, given its driver where it is still
 * authorized, as the kernel does, and told of again.
 * @param lines of all rules files, in their order
 * @returns for each stick the numbers of the interfaces that are still authorized
 */
export function realUdev(lines: readonly string[], sticks: readonly UsbStick[]): number[][] {
  const root = mkdtempSync(join(tmpdir(), 'simpost-udev-'));
  try {
    sticks.forEach((stick, n) => {
      plug(join(root, 'sys'), n, stick);
    });
    mkdirSync(join(root, 'rules'));
    // What 50-udev-default.rules has of it.
    const first = 'SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", IMPORT{builtin}="usb_id"';
    writeFileSync(join(root, 'rules/50-all.rules'), `${[first, ...lines].join('\n')}\n`);
    const said = execFileSync('unshare', [...UNSHARE, 'sh', '-ec', SCRIPT, 'sh', root], { encoding: 'utf8' });
    const kept = [...said.matchAll(/^kept (\d+) (\d+)$/gm)].map(([, stick, number]) => ({ stick: Number(stick), number: Number(number) }));
    return sticks.map((_, n) => kept.filter(({ stick }) => stick === n).map(({ number }) => number));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const SCRIPT = `
cd "$1"
mount --bind sys /sys
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /usr/lib/udev/rules.d
mkdir -p /run/udev/data /run/udev/rules.d
cp rules/* /run/udev/rules.d
export SYSTEMD_DEVICE_VERIFY_SYSFS=0
# From systemd 257 on a test writes no files, and says so.
tell() {
  said=$(udevadm test --action="$1" "$2" 2>&1)
  if echo "$said" | grep -q 'skipping writing ATTR{.*authorized}="0"'; then echo 0 >"$2/authorized"; fi
}
for device in /sys/devices/usb1/1-*; do
  tell add "$device"
  echo "$said" | sed -n 's/^ *ID_USB_INTERFACES=/E:&/p' | tr -d ' ' >"/run/udev/data/+usb:\${device##*/}"
  for one in "$device"/*:*; do
    tell add "$one"
    if [ "$(cat "$one/authorized")" = 1 ] && [ -s "$one/wants" ]; then
      ln -s "/sys/bus/usb/drivers/$(cat "$one/wants")" "$one/driver"
      tell bind "$one"
    fi
    if [ "$(cat "$one/authorized")" = 1 ]; then echo "kept \${device##*/1-} \${one##*.}"; fi
  done
done
`;

/** A stick in socket 1-n. */
function plug(sys: string, n: number, { id, interfaces }: UsbStick): void {
  const [vendor = '', product = ''] = id.split(':');
  const device = join(sys, 'devices/usb1', `1-${n}`);
  const codesOf = (codes: string): number[] => [...Buffer.from(codes, 'hex')];
  const put = (folder: string, files: Readonly<Record<string, string | Uint8Array>>): void => {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    mkdirSync(join(sys, 'bus/usb'), { recursive: true });
    symlinkSync('/sys/bus/usb', join(folder, 'subsystem'));
  };
  // USB 2.0, 9.6: the device, a configuration, and each interface with its number and class, and an endpoint.
  const descriptors = [
    [18, 1, 0, 2, 0, 0, 0, 64, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1],
    [9, 2, 0, 0, interfaces.length, 1, 0, 0x80, 250],
    ...interfaces.map(({ codes }, number) => [9, 4, number, 0, 1, ...codesOf(codes), 0, 7, 5, 0x81, 2, 64, 0, 0]),
  ];
  put(device, {
    uevent: 'DEVTYPE=usb_device\n',
    idVendor: vendor,
    idProduct: product,
    descriptors: Uint8Array.from(descriptors.flat()),
  });
  interfaces.forEach(({ codes, driver }, number) => {
    const [kind = '', sub = '', protocol = ''] = codes.match(/../g) ?? [];
    put(join(device, `1-${n}:1.${number}`), {
      uevent: `DEVTYPE=usb_interface\nMODALIAS=${modalias(id, codes, number)}\n`,
      bInterfaceClass: kind,
      bInterfaceSubClass: sub,
      bInterfaceProtocol: protocol,
      authorized: '1\n',
      wants: driver,
    });
    if (driver !== '') mkdirSync(join(sys, 'bus/usb/drivers', driver), { recursive: true });
  });
}

/** What the kernel calls an interface, for whoever looks for its driver. */
export function modalias(id: string, codes: string, number: number): string {
  const [vendor = '', product = ''] = id.toUpperCase().split(':');
  const [kind = '', sub = '', protocol = ''] = codes.toUpperCase().match(/../g) ?? [];
  return `usb:v${vendor}p${product}d0000dc00dsc00dp00ic${kind}isc${sub}ip${protocol}in${number.toString(16).padStart(2, '0').toUpperCase()}`;
}
