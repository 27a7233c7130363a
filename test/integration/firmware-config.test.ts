import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadProfiles, profilesFolder } from '../../src/modem/profile-files.ts';
import { readRule } from '../support/udev-reader.ts';
import { atPortRules } from '../support/udev-rules.ts';

const folder = new URL('../../firmware-config/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8');
const { profiles } = loadProfiles(profilesFolder());
const usbIds = [...new Set(profiles.others.flatMap((profile) => profile.usb.map(({ id }) => id)))];
const rulesFiles = readdirSync(new URL('udev/', folder));

/** What udev would not understand in a line, silently. */
function mistakeIn(line: string): string | undefined {
  try {
    readRule(line);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

describe.each(rulesFiles)('udev: %s', (file) => {
  const lines = read(`udev/${file}`).split('\n');

  it('has no line that udev does not understand', () => {
    expect(lines.filter((line) => mistakeIn(line) !== undefined)).toEqual([]);
    expect(['ENV="x"', 'ATTR{a}+="b"', 'IMPORT="b"', 'SYMLINK="x"', 'ENV{A}="x" GOTO="y"', 'ENV{A}="x'].map(mistakeIn)).not.toContain(
      undefined,
    );
  });

  it('jumps only forward, to labels that are its own', () => {
    for (const [n, line] of lines.entries()) {
      const label = /GOTO="(\w+)"/.exec(line)?.[1];
      if (label) expect(lines.indexOf(`LABEL="${label}"`), line).toBeGreaterThan(n);
    }
  });

  it('sorts after the rules that it builds on', () => {
    expect(file > '60-serial.rules').toBe(true);
    expect(file).toMatch(/^6\d-simpost[a-z-]*\.rules$/);
  });
});

it('the AT ports of the rules are those of the profiles', async () => {
  await expect(atPortRules(profiles.others)).toMatchFileSnapshot('../../firmware-config/udev/61-simpost-ports.rules');
});

it('each USB id of a profile is in the rules, and ModemManager keeps away from its maker', () => {
  const ports = read('udev/61-simpost-ports.rules');
  const ignored = read('udev/60-simpost.rules');
  expect(usbIds.length).toBeGreaterThan(15);
  for (const id of usbIds) {
    const [vendor, product] = id.split(':');
    expect(ports, id).toContain(`ATTRS{idVendor}=="${vendor}", ATTRS{idProduct}=="${product}"`);
    expect(ignored, id).toContain(`SUBSYSTEMS=="usb", ATTRS{idVendor}=="${vendor}", ENV{ID_MM_DEVICE_IGNORE}="1"`);
  }
});

describe('usb_modeswitch', () => {
  const entries = readdirSync(new URL('usb-modeswitch/', folder));
  const before = [...new Set(profiles.others.flatMap((profile) => profile.usbBefore))];

  it('has an entry for each stick that comes up as a CD-ROM, and for no other', () => {
    expect(entries.toSorted()).toEqual(before.toSorted());
  });

  it.each(entries)('%s becomes a modem of a profile', (id) => {
    const lines = read(`usb-modeswitch/${id}`)
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const values = new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    expect([...values.keys()]).toEqual(['TargetVendor', 'TargetProductList', id.startsWith('12d1') ? 'HuaweiNewMode' : 'StandardEject']);
    expect(values.get('TargetVendor')).toBe(`0x${id.slice(0, 4)}`);
    const products = values.get('TargetProductList')?.replaceAll('"', '').split(',') ?? [];
    expect(products.length).toBeGreaterThan(0);
    for (const product of products) expect(usbIds, product).toContain(`${id.slice(0, 4)}:${product}`);
  });
});

it('the README names each profile', () => {
  for (const { name } of profiles.others) expect(read('README.md')).toContain(`\`${name}\``);
});
